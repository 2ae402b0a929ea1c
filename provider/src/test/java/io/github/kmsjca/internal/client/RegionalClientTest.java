package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.kmsjca.testing.Waiting;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class RegionalClientTest {
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** A client of the program. It makes no calls. */
    private final class ProgramClient implements KmsClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            isClosed.set(true);
        }
    }

    /** The program's function does not end before {@code close} ends. */
    @Test
    void close_whileTheProgramsFunctionRuns_doesNotWaitForIt() {
        KmsClient own = new ProgramClient();
        AtomicReference<Runnable> close = new AtomicReference<>(() -> {});
        RegionalClient client = new RegionalClient("us-east-1", Optional.empty(), () -> {
            Thread closing = new Thread(close.get());
            closing.start();
            Waiting.untilEnded(closing);
            return new RegionalClient.Built(own, Optional.empty());
        });
        close.set(client::close);
        assertSame(own, client.client());
        assertFalse(isClosed.get());
    }
}
