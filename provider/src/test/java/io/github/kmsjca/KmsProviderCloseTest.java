package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestKms;
import io.github.kmsjca.testing.Waiting;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Tests what {@code close} ends, and what it leaves open. */
class KmsProviderCloseTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String CLOSED =
            "the provider is closed; build another provider, and get keys and engines from it";

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static byte[] sign(KmsProvider provider, PrivateKey key) throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), key, new byte[1]);
    }

    private static void assertClosed(SignatureException failure) {
        assertEquals(CLOSED, failure.getMessage());
        KmsException cause = assertInstanceOf(KmsException.class, failure.getCause());
        assertEquals("CLOSED", cause.code());
        assertFalse(cause.isRetryable());
    }

    /**
     * Two calls have a connection and wait for the answer, and the others wait for a connection. The time limits are
     * longer than any test, so only {@code close} ends the calls.
     */
    @Test
    void close_callsInProgress_allFail() throws Exception {
        KmsProvider provider =
                TestKms.provider("call-timeout=60m", "attempt-timeout=60m", "attempts=1", "max-connections=2");
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        TestKms.emulator().faults().add(Fault.on("Sign").always().rewrite(answer -> {
            arrived.countDown();
            Waiting.until(released);
            return answer;
        }));
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            List<Future<byte[]>> calls = new ArrayList<>();
            for (int caller = 0; caller < 5; caller++) {
                calls.add(callers.submit(() -> sign(provider, key)));
            }
            Waiting.until(arrived);
            provider.close();
            for (Future<byte[]> call : calls) {
                ExecutionException failure =
                        assertThrows(ExecutionException.class, () -> call.get(Waiting.LIMIT, TimeUnit.SECONDS));
                assertClosed(assertInstanceOf(SignatureException.class, failure.getCause()));
            }
        } finally {
            released.countDown();
            callers.shutdownNow();
        }
    }

    @Test
    void close_registeredAfterwards_stillRefusesToSign() throws GeneralSecurityException {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        provider.close();
        Security.addProvider(provider);
        try {
            assertClosed(assertThrows(SignatureException.class, () -> sign(provider, key)));
        } finally {
            Security.removeProvider(KmsProvider.NAME);
        }
    }

    @Test
    void close_credentialsOfTheProgram_stayOpen() throws GeneralSecurityException {
        ClosableCredentials credentials = new ClosableCredentials();
        KmsProvider provider = KmsProvider.builder()
                .setting("endpoint", TestKms.emulator().endpoint().toString())
                .setting("region", TestKms.emulator().region())
                .credentials(credentials)
                .build();
        sign(provider, TestKms.key(provider, TestKms.arn(P256)));
        provider.close();
        assertFalse(credentials.closed);
    }

    private static final class ClosableCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
        private volatile boolean closed;

        @Override
        public AwsCredentials resolveCredentials() {
            return AwsBasicCredentials.create("any", "any");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
