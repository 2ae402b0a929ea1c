package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.Waiting;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Tests what the KeyStores of a provider keep about sessions that they no longer use, and what they log about unusable
 * keys.
 */
class KmsStoresTest {
    /** The number of sessions that {@link KmsSessions} itself keeps. A test cannot expect fewer. */
    private static final int KEPT_BY_SESSIONS = 100;

    @AutoClose
    private final KmsSessions sessions = new KmsSessions();

    private Instant now = Instant.EPOCH;

    /** Returns the session of a grant token. Each number has its own token, and so its own session. */
    private KmsSession withToken(int number) {
        return sessions.of(new Configuration(Map.of("grant-tokens", "token" + number), false).settings());
    }

    @Test
    void certificates_manySessions_forgetsMostOfThem() {
        KmsStores stores = new KmsStores(new Configuration(), sessions);
        List<WeakReference<KmsSession>> used = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            KmsSession session = withToken(number);
            assertSame(session, stores.certificates(session).session());
            used.add(new WeakReference<>(session));
        }
        assertTrue(Waiting.leftAfterCollection(used, KEPT_BY_SESSIONS) <= KEPT_BY_SESSIONS);
    }

    @Test
    void orSkip_manySessions_forgetsThoseThatFailedAMinuteAgo() {
        UnusableKeys unusable = new UnusableKeys(new LoggedTexts(new ArrayList<>()), () -> now);
        List<WeakReference<KmsSession>> failed = new ArrayList<>();
        for (int number = 0; number < 3 * KEPT_BY_SESSIONS; number++) {
            KmsSession session = withToken(number);
            assertEquals("skipped", unusable.orSkip(entries(session), "alias", KmsStoresTest::fail, "skipped"));
            failed.add(new WeakReference<>(session));
            now = now.plus(UnusableKeys.LIFETIME);
        }
        assertTrue(Waiting.leftAfterCollection(failed, KEPT_BY_SESSIONS) <= KEPT_BY_SESSIONS);
    }

    @Test
    void unusableKey_logSaysWhetherItIsSkippedOrCountsAsAKeyPair() {
        List<String> log = new ArrayList<>();
        UnusableKeys unusable = new UnusableKeys(new LoggedTexts(log), () -> now);
        Entries entries = entries(withToken(0));
        assertEquals("skipped", unusable.orSkip(entries, "a", KmsStoresTest::fail, "skipped"));
        assertEquals(Optional.empty(), unusable.orEmpty(entries, "b", () -> Optional.of(fail())));
        assertEquals(
                List.of(
                        "entry 'a' is skipped: the key is disabled",
                        "entry 'b' counts as a key pair, because its type is unknown: the key is disabled"),
                log);
    }

    @Test
    void orSkip_clockSetBackAfterAFailure_asksAgain() {
        UnusableKeys unusable = new UnusableKeys(new LoggedTexts(new ArrayList<>()), () -> now);
        Entries entries = entries(withToken(0));
        assertEquals("skipped", unusable.orSkip(entries, "a", KmsStoresTest::fail, "skipped"));
        assertEquals("skipped", unusable.orSkip(entries, "a", () -> "found", "skipped"));
        now = now.minus(Duration.ofDays(1));
        assertEquals("found", unusable.orSkip(entries, "a", () -> "found", "skipped"));
    }

    private static Entries entries(KmsSession session) {
        return Entries.of(KeystoreFile.empty(), KeyCertificates.of(session));
    }

    private static String fail() {
        throw KmsErrors.unusable("the key is disabled");
    }
}
