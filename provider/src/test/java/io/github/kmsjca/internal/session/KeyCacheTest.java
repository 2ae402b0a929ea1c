package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.client.ClientSource;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.SharedClients;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.testing.TestKms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KeyCacheTest {
    /** With this lifetime, each alias has expired as soon as it was fetched. */
    private static final Duration EXPIRED = Duration.ofNanos(-1);

    @AutoClose
    private final SharedClients clients = new SharedClients(() -> ClientSource.BY_SETTINGS);

    @Test
    void exists_expiredAliasThatKmsRefuses_asksOnce() {
        Map<String, String> settings = Map.of(
                "endpoint",
                TestKms.emulator().endpoint().toString(),
                "region",
                TestKms.emulator().region());
        Connection connection = new Connection(new Configuration(settings, false).settings(), clients);
        KeyCache keys = new KeyCache(connection, new AliasList(connection, LogTopic.KEYSTORE.warnings()), EXPIRED);
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
}
