package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests discovery in an account with ten thousand aliases. Discovery makes one request for each hundred aliases, and no
 * request for a key that the caller does not use.
 */
class DiscoveryAtScaleTest {
    private static final int KEYS = 200;
    private static final int ALIASES_OF_KEY = 50;
    private static final int ALIASES = KEYS * ALIASES_OF_KEY;
    private static final int PAGE = 100;
    private static final int THREADS = 16;

    @AutoClose
    private static final Account ACCOUNT = Account.open();

    @BeforeAll
    static void fill() {
        for (int key = 0; key < KEYS; key++) {
            String prefix = "alias/key-" + key + "/";
            ACCOUNT.emulator()
                    .createAliases(
                            IntStream.range(0, ALIASES_OF_KEY)
                                    .mapToObj(i -> prefix + i)
                                    .toList(),
                            ACCOUNT.emulator().createKey("ECC_NIST_P256"));
        }
    }

    @BeforeEach
    void reset() {
        ACCOUNT.reset();
    }

    @Test
    void aliases_manyThreadsAtOnce_areRequestedOnce() throws Exception {
        KeyStore store = ACCOUNT.discovery();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> sizes = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            sizes.add(threads.submit(store::size));
        }
        for (Future<Integer> size : sizes) {
            assertEquals(ALIASES, size.get());
        }
        threads.shutdown();
        assertEquals(Collections.nCopies(ALIASES / PAGE, "ListAliases"), ACCOUNT.operations());
    }

    @Test
    void aliasesAndDates_everyAlias_requestNoKey() throws Exception {
        KeyStore store = ACCOUNT.discovery();
        for (String alias : Collections.list(store.aliases())) {
            assertTrue(store.containsAlias(alias) && store.isKeyEntry(alias));
            assertNotNull(store.getCreationDate(alias));
        }
        assertEquals(Collections.nCopies(ALIASES / PAGE, "ListAliases"), ACCOUNT.operations());
    }

    @Test
    void getKey_alias_makesOneRequestAndNoList() throws Exception {
        assertNotNull(ACCOUNT.discovery().getKey("alias/key-7/7", null));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }
}
