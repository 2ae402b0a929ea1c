package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;

/** Tests which clients are shared and kept, and that {@code close} closes all of them. */
class SharedClientsTest {
    private static final String EAST = "us-east-1";

    /** The number of {@link ClientOptions} whose clients are kept. */
    private static final int KEPT = 100;

    private final SharedClients shared = shared(System.getLogger("test"));

    private static SharedClients shared(System.Logger logger) {
        ClientSource source =
                new ClientSource(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")), null);
        return new SharedClients(() -> source, ClientLog.of(logger, logger));
    }

    private static KmsSettings settings(Map<String, String> settings) {
        return new Configuration(settings, false).settings();
    }

    /** Returns settings that need other clients for each number. */
    private static KmsSettings numbered(int number) {
        return settings(Map.of("call-timeout", number + "ms"));
    }

    private static void assertClosed(RegionalClients clients) {
        assertEquals(
                "CLOSED",
                assertThrows(KmsException.class, () -> clients.in(EAST)).code());
    }

    private static void assertClosed(RegionalClient client) {
        String text = String.valueOf(
                assertThrows(SdkClientException.class, () -> client.client().listAliases())
                        .getMessage());
        assertTrue(text.startsWith("the provider is closed"), text);
    }

    @Test
    void of_settingsThatDoNotConcernClients_returnsTheSameClients() {
        assertSame(
                shared.of(settings(Map.of("grant-tokens", "one", "attempts", "2"))),
                shared.of(settings(Map.of("grant-tokens", "two"))));
    }

    @Test
    void of_manyOptions_keepsTheClientsThatWereUsedLast() {
        RegionalClients often = shared.of(numbered(1));
        List<WeakReference<RegionalClients>> all = new ArrayList<>();
        for (int number = 2; number <= 10 * KEPT; number++) {
            all.add(new WeakReference<>(shared.of(numbered(number))));
            assertSame(often, shared.of(numbered(1)));
        }
        // the clients that are used often are kept too, and are not in this list
        assertTrue(Waiting.leftAfterCollection(all, KEPT - 1) <= KEPT - 1);
        assertSame(all.get(all.size() - 1).get(), shared.of(numbered(10 * KEPT)));
    }

    @Test
    void of_forgottenClientsInUse_stayOpenUntilClose() {
        RegionalClients used = shared.of(numbered(1));
        RegionalClient client = used.in(EAST);
        assertNotNull(client.client());
        for (int number = 2; number <= 2 * KEPT; number++) {
            shared.of(numbered(number));
        }
        assertNotSame(used, shared.of(numbered(1)));
        assertSame(client, used.in(EAST));
        shared.close();
        assertClosed(used);
        assertClosed(client);
    }

    @Test
    void of_afterClose_returnsClosedClients() {
        shared.close();
        assertClosed(shared.of(numbered(1)));
    }

    /** The endpoint has no TLS, so building a client logs a warning. The test blocks the build at this warning. */
    @Test
    void close_whileAClientIsBuilt_closesTheClientToo() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch complete = new CountDownLatch(1);
        SharedClients blocked = shared(new ActionLogger(() -> {
            building.countDown();
            Waiting.until(complete);
        }));
        RegionalClients clients = blocked.of(settings(Map.of("endpoint", "http://kms.invalid")));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<KmsClient> built = threads.submit(() -> clients.in(EAST).client());
            Waiting.until(building);
            Thread closing = new Thread(blocked::close);
            closing.start();
            Waiting.until(() -> closing.getState() == Thread.State.BLOCKED || !closing.isAlive());
            complete.countDown();
            Waiting.untilEnded(closing);
            KmsClient client = built.get(Waiting.LIMIT, TimeUnit.SECONDS);
            String text = String.valueOf(
                    assertThrows(SdkClientException.class, client::listAliases).getMessage());
            assertTrue(text.contains("closed"), text);
            assertClosed(clients);
        } finally {
            threads.shutdownNow();
        }
    }

    /** A logger that runs an action for each message. */
    private record ActionLogger(Runnable action) implements System.Logger {
        @Override
        public String getName() {
            return "listener";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            action.run();
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object... parameters) {
            action.run();
        }
    }
}
