package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.config.SettingLine;
import io.github.kmsjca.key.SettingsException;
import java.security.Security;
import java.util.AbstractList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedProviderTest {
    private static final SettingLine ATTEMPTS = new SettingLine("property awskms.attempts", 0, "attempts", "2");

    @AfterEach
    void removeProvider() {
        System.clearProperty("awskms.attempts");
        Security.removeProvider(KmsProvider.NAME);
    }

    @Test
    void use_whileAnotherThreadRegistersAProvider_refusesSettingsThatAreNotInForce() {
        Registering lines = new Registering();
        assertThrows(SettingsException.class, () -> SharedProvider.use(lines));
        assertSame(lines.registered, Security.getProvider(KmsProvider.NAME));
    }

    @Test
    void release_ofAProviderThatAnotherThreadRegistered_leavesItOpen() {
        System.setProperty("awskms.attempts", "2");
        Registering lines = new Registering();
        SharedProvider.use(lines).release();
        assertSame(lines.registered, Security.getProvider(KmsProvider.NAME));
    }

    /** A list with one setting. Reading it registers a provider, as another thread could do at the same moment. */
    private static final class Registering extends AbstractList<SettingLine> {
        private final KmsProvider registered = new KmsProvider();

        @Override
        public SettingLine get(int index) {
            Security.addProvider(registered);
            return ATTEMPTS;
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
