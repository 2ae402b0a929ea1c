package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Tests attempts whose time limit ends before they send a request. On a busy machine, loading the first classes can
 * take that long.
 */
class LateRequestTest {
    private static final Duration LIMIT = Duration.ofMillis(1);

    /** Uses up the time limit of the attempt, and then fails like an aborted request. */
    private static final class Slow implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin <= LIMIT.toNanos()) {
                Thread.onSpinWait();
            }
            throw SdkClientException.create("the request was aborted");
        }
    }

    private static KmsException failure(ClientSource source) {
        try (Transport transport = new Transport()) {
            KmsSettings settings = new Configuration(
                            Map.of("region", "us-east-1", "attempts", "1", "attempt-timeout", LIMIT.toMillis() + "ms"),
                            false)
                    .settings();
            RegionalClients clients = new RegionalClients(
                    ClientOptions.of(settings),
                    source.with(builder -> builder.addExecutionInterceptor(new Slow())),
                    transport,
                    ClientLog.withoutFailedCalls());
            KmsCalls calls = new KmsCalls(settings, new Requests(settings, clients), false);
            return assertThrows(
                    KmsException.class, () -> calls.publicKey(KeyReference.of(KeyId.parse("alias/release"))));
        }
    }

    /** The provider finds these credentials before the attempt, so they are not the reason. */
    @Test
    void publicKey_credentialsOfTheSettings_failsWithTimeout() {
        assertEquals("TIMEOUT", failure(ClientSource.BY_SETTINGS).code());
    }

    /**
     * The SDK asks the program for credentials inside the attempt. The provider cannot see which step was slow, so it
     * blames the credentials.
     */
    @Test
    void publicKey_credentialsOfTheProgram_blamesTheCredentials() {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
        assertEquals(
                "SLOW_CREDENTIALS", failure(new ClientSource(credentials, null)).code());
    }
}
