package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests when the provider stops repeating a request that uses a new key. */
class NewKeyTest {
    private static KmsException failure(String code) {
        return new KmsException("not yet", KmsException.Failure.of(code), new IllegalStateException());
    }

    /** Callers that name the new key in the error text catch KmsException, but not InterruptedException. */
    @Test
    void await_interrupted_throwsKmsException() {
        KmsException failure = assertThrows(
                KmsException.class,
                () -> NewKey.await(Duration.ofMinutes(1), delay -> Thread.sleep(delay.toMillis()), () -> {
                    Thread.currentThread().interrupt();
                    throw failure("NotFoundException");
                }));
        assertTrue(Thread.interrupted());
        assertEquals("interrupted while waiting until KMS knows the new key", failure.getMessage());
    }

    @Test
    void await_otherFailure_isThrownWithoutAPause() {
        KmsException denied = failure("AccessDeniedException");
        assertEquals(
                denied,
                assertThrows(
                        KmsException.class,
                        () -> NewKey.await(Duration.ofMinutes(1), delay -> fail("paused for " + delay), () -> {
                            throw denied;
                        })));
    }

    @Test
    void untilKnown_providerIsClosed_endsTheWait() {
        Transport transport = new Transport();
        KmsSettings settings = new Configuration(Map.of("call-timeout", "60m"), false).settings();
        RegionalClients clients = new RegionalClients(
                ClientOptions.of(settings), ClientSource.BY_SETTINGS, transport, ClientLog.withoutFailedCalls());
        Requests requests = new Requests(settings, clients);
        KmsException failure = assertThrows(
                KmsException.class,
                () -> requests.untilKnown(() -> {
                    transport.close();
                    throw failure("NotFoundException");
                }));
        assertEquals("CLOSED", failure.code());
    }
}
