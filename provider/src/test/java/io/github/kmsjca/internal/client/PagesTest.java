package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;

/** Tests the limits of lists of several pages. */
class PagesTest {
    private static final Duration LIMIT = Duration.ofSeconds(150);

    @AutoClose
    private final Transport transport = new Transport();

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();

    private static KmsSettings settings() {
        // a loaded machine must not reach the limits
        return settings("5m");
    }

    private static KmsSettings settings(String timeout) {
        return new Configuration(
                        Map.of("region", "us-east-1", "call-timeout", timeout, "attempt-timeout", timeout), false)
                .settings();
    }

    private RegionalClients clients(ClientSource source) {
        return new RegionalClients(ClientOptions.of(settings()), source, transport, ClientLog.withoutFailedCalls());
    }

    private <T> List<T> read(int maxPages, BiFunction<KmsClient, @Nullable String, Pages.Page<T>> server) {
        return new Requests(settings(), clients(ClientSource.BY_SETTINGS))
                .listOfAccount("ListAliases", new Pages(LIMIT, maxPages, "raise the limit", now::get), server);
    }

    /** Returns the next page, with one item. It has a new marker, or none if it is the page {@code lastPage}. */
    private Pages.Page<Integer> page(int lastPage) {
        int number = requests.incrementAndGet();
        return new Pages.Page<>(List.of(number), number < lastPage ? "marker " + number : null);
    }

    @Test
    void list_asManyPagesAsAllowed_hasTheItemsOfAllPages() {
        assertEquals(List.of(1, 2, 3), read(3, (client, marker) -> page(3)));
    }

    @Test
    void list_tooManyPages_didNotComeFromKms() {
        KmsException failure = assertThrows(KmsException.class, () -> read(3, (client, marker) -> page(4)));
        assertEquals("GARBLED", failure.code());
        assertEquals(
                "KMS ListAliases for the account failed: the answer did not come from KMS; check the endpoint and the"
                        + " proxies on the way to it (the answer's list has more than 3 pages)",
                failure.getMessage());
        assertEquals(3, requests.get());
    }

    @Test
    void aliases_endlessPagesWithNewMarkers_areRefusedAfterTenThousand() {
        KmsCalls calls =
                new KmsCalls(settings(), clients(new ClientSource(null, region -> new EndlessAliases())), false);
        KmsException failure = assertThrows(KmsException.class, calls::aliases);
        assertEquals("GARBLED", failure.code());
        assertTrue(
                String.valueOf(failure.getMessage()).endsWith(" (the answer's list has more than 10000 pages)"),
                failure::getMessage);
        assertEquals(10_000, requests.get());
    }

    /** A program with its own clients cannot set call-timeout, so it could not raise a time limit. */
    @Test
    void aliases_clientsOfTheProgram_haveNoTimeLimit() {
        KmsCalls calls =
                new KmsCalls(settings("1ms"), clients(new ClientSource(null, region -> new EndlessAliases())), false);
        assertEquals("GARBLED", assertThrows(KmsException.class, calls::aliases).code());
        assertEquals(10_000, requests.get());
    }

    /** A client whose list never ends: each page has a new marker. Uses no network, because there are many pages. */
    private final class EndlessAliases implements KmsClient {
        @Override
        public ListAliasesResponse listAliases(ListAliasesRequest request) {
            return ListAliasesResponse.builder()
                    .aliases(List.of())
                    .truncated(true)
                    .nextMarker("marker " + requests.incrementAndGet())
                    .build();
        }

        @Override
        public String serviceName() {
            return "kms";
        }

        @Override
        public void close() {}
    }

    /** The third page arrives one nanosecond after the limit, and the list has a fourth page. */
    @Test
    void list_morePagesAfterTheTimeLimit_endsAsATimeout() {
        KmsException failure = assertThrows(
                KmsException.class,
                () -> read(10, (client, marker) -> {
                    now.set(requests.get() < 2 ? LIMIT.toNanos() : LIMIT.toNanos() + 1);
                    return page(4);
                }));
        assertEquals("TIMEOUT", failure.code());
        assertEquals(
                "KMS ListAliases for the account failed: the list has more pages, but its time limit of 150 s is"
                        + " reached; raise the limit",
                failure.getMessage());
        assertEquals(3, requests.get());
    }

    @Test
    void list_limitOfFractionsOfASecond_isNamedInMilliseconds() {
        Pages pages = new Pages(Duration.ofMillis(150), 10, "raise the limit", now::get);
        OutOfTimeException failure = assertThrows(
                OutOfTimeException.class,
                () -> pages.read(marker -> {
                    now.addAndGet(LIMIT.toNanos());
                    return page(2);
                }));
        assertEquals(
                "the list has more pages, but its time limit of 150 ms is reached; raise the limit",
                failure.getMessage());
    }

    @Test
    void list_lastPageAfterTheTimeLimit_isComplete() {
        assertEquals(List.of(1, 2), read(10, (client, marker) -> {
            now.addAndGet(LIMIT.toNanos());
            return page(2);
        }));
    }
}
