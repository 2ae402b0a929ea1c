package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.client.ClientSource;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.SharedClients;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestKms;
import io.github.kmsjca.testing.Waiting;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KeyCacheTest {
    /** With this lifetime, each alias has expired as soon as it was fetched. */
    private static final Duration EXPIRED = Duration.ofNanos(-1);

    /** A collection may leave a few objects, for example those of the last call. */
    private static final int MOST_LEFT = 100;

    @AutoClose
    private final SharedClients clients = new SharedClients(() -> ClientSource.BY_SETTINGS);

    /** Returns an empty cache whose aliases have expired as soon as they were fetched. */
    private KeyCache keys() {
        Map<String, String> settings = Map.of(
                "endpoint",
                TestKms.emulator().endpoint().toString(),
                "region",
                TestKms.emulator().region());
        Connection connection = new Connection(new Configuration(settings, false).settings(), clients);
        return new KeyCache(connection, new AliasList(connection, LogTopic.KEYSTORE.warnings()), EXPIRED);
    }

    @Test
    void exists_expiredAliasThatKmsRefuses_asksOnce() {
        KeyCache keys = keys();
        KeyId alias = KeyId.parse("alias/expired");
        TestKms.emulator().createAlias("alias/expired", TestKms.arn("ECC_NIST_P256"));
        keys.handle(alias);
        TestKms.reset();
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").always().accessDenied());
        assertTrue(keys.exists(alias));
        assertTrue(keys.exists(alias));
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
        TestKms.reset();
    }

    /** The names may come from outside, for example from keystore files. */
    @Test
    void handle_manyDeniedKeys_keepsNone() {
        KeyCache keys = keys();
        TestKms.reset();
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").always().accessDenied());
        List<WeakReference<KeyId>> denied = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            KeyId id = KeyId.parse("alias/denied" + number);
            assertThrows(KmsException.class, () -> keys.handle(id));
            denied.add(new WeakReference<>(id));
        }
        TestKms.reset();
        try {
            assertTrue(Waiting.leftAfterCollection(denied, MOST_LEFT) <= MOST_LEFT);
        } finally {
            Reference.reachabilityFence(keys);
        }
    }

    @Test
    void existing_deletedAlias_isForgotten() {
        KeyCache keys = keys();
        KeyId alias = KeyId.parse("alias/deleted");
        TestKms.emulator().createAlias("alias/deleted", TestKms.arn("ECC_NIST_P256"));
        assertTrue(keys.existing(alias).isPresent());
        TestKms.reset();
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").always().error("NotFoundException", 400, null));
        assertEquals(Optional.empty(), keys.existing(alias));
        assertEquals(Optional.empty(), keys.known(alias));
        assertTrue(keys.isMissing(alias));
        TestKms.reset();
    }
}
