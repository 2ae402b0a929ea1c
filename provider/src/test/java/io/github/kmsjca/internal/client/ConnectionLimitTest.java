package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the setting max-connections. */
class ConnectionLimitTest {
    private final KmsEmulator emulator = KmsEmulator.start();
    private final KeyReference key = KeyReference.of(KeyId.parse(emulator.createKey("ECC_NIST_P256")));
    private final KeyReference stuckKey = KeyReference.of(KeyId.parse(emulator.createKey("ECC_NIST_P256")));
    private final Transport transport = new Transport();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        transport.close();
        threads.shutdown();
        emulator.close();
    }

    private KmsSettings settings(String text) {
        Configuration configuration = new Configuration();
        configuration.configure("region=us-east-1;endpoint=" + emulator.endpoint() + ";" + text);
        return configuration.settings();
    }

    private RegionalClients clients(KmsSettings settings) {
        return new RegionalClients(
                ClientOptions.of(settings), ClientSource.BY_SETTINGS, transport, ClientLog.withoutFailedCalls());
    }

    @Test
    void call_allConnectionsInUse_failsWithoutAnAttempt() throws Exception {
        KmsSettings patient = settings("max-connections=1;call-timeout=10m;attempt-timeout=10m;attempts=1");
        RegionalClients clients = clients(patient);
        emulator.faults().add(Fault.onAny().key(stuckKey.toString()).silence());
        KmsCalls patientCalls = new KmsCalls(patient, clients, false);
        Future<KeyDescription> stuck = threads.submit(() -> patientCalls.describe(stuckKey));
        Waiting.until(() -> !emulator.requests().all().isEmpty());

        KmsCalls impatient = new KmsCalls(settings("max-connections=1;call-timeout=1s;attempts=4"), clients, false);
        KmsException failure = assertThrows(KmsException.class, () -> impatient.describe(key));

        assertEquals("NO_CONNECTION", failure.code());
        assertEquals(
                "KMS DescribeKey for key " + key
                        + " failed: all connections were in use until the time limit; run fewer"
                        + " operations at once, or raise the settings max-connections or call-timeout (Region us-east-1)",
                failure.getMessage());
        assertTrue(failure.isRetryable());
        // only the request for stuckKey
        assertEquals(1, emulator.requests().all().size());
        transport.close();
        assertThrows(ExecutionException.class, stuck::get);
    }

    /** The wait for a connection does not count towards the time limit of an attempt. */
    @Test
    void call_waitIsLongerThanAnAttempt_succeeds() throws Exception {
        KmsSettings settings = settings("max-connections=1;call-timeout=10m;attempt-timeout=1s;attempts=1");
        RegionalClients clients = clients(settings);
        KmsCalls calls = new KmsCalls(settings, clients, false);
        calls.describe(key);
        Semaphore connection = clients.in("us-east-1").connections().orElseThrow();
        connection.acquire();
        Future<KeyDescription> waiting = threads.submit(() -> calls.describe(key));
        Waiting.until(connection::hasQueuedThreads);
        // longer than the limit of an attempt
        assertThrows(TimeoutException.class, () -> waiting.get(2, TimeUnit.SECONDS));
        connection.release();
        assertEquals(
                "ECC_NIST_P256", waiting.get(Waiting.LIMIT, TimeUnit.SECONDS).keySpec());
    }

    @Test
    void call_moreThreadsThanConnections_allSucceed() throws Exception {
        KmsSettings settings = settings("max-connections=2;call-timeout=10m;attempt-timeout=1m;attempts=1");
        KmsCalls calls = new KmsCalls(settings, clients(settings), false);
        emulator.faults().add(Fault.onAny().always().delay(Duration.ofMillis(20)));
        List<Future<KeyDescription>> running = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            running.add(threads.submit(() -> calls.describe(key)));
        }
        for (Future<KeyDescription> call : running) {
            assertEquals("ECC_NIST_P256", call.get().keySpec());
        }
        assertEquals(50, emulator.requests().all().size());
    }
}
