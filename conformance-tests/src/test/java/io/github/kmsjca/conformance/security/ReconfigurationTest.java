package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other code in the JVM cannot redirect the calls of a registered provider that is in use. */
class ReconfigurationTest {
    private static final String ALIASES = "{\"Aliases\":[],\"Truncated\":false}";
    private static final String RANDOM =
            "{\"Plaintext\":\"" + Base64.getEncoder().encodeToString(new byte[1024]) + "\"}";

    @AutoClose
    private static final HostileKms OPERATORS =
            HostileKms.start().answer("ListAliases", request -> ALIASES).answer("GenerateRandom", request -> RANDOM);

    @AutoClose
    private static final HostileKms ATTACKERS =
            HostileKms.start().answer("ListAliases", request -> ALIASES).answer("GenerateRandom", request -> RANDOM);

    private static final String USED = "region=us-east-1;endpoint=" + OPERATORS.endpoint();
    private static final String OTHER = "region=us-east-1;endpoint=" + ATTACKERS.endpoint();

    @BeforeEach
    void forget() {
        OPERATORS.forget();
        ATTACKERS.forget();
    }

    private static void list(Provider provider) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(null, null);
        store.aliases();
    }

    private static Provider registered() {
        return Security.getProvider(KmsProvider.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint", "endpoint with profile", "nothing"})
    void configure_afterUse_isRefused(String what) throws GeneralSecurityException, IOException {
        String argument = what.equals("nothing") ? "attempts=2" : OTHER;
        try (Installed installed = Installed.at(Installed.Position.LAST, USED)) {
            list(installed.provider());
            SettingsException refused = assertThrows(
                    SettingsException.class,
                    () -> registered().configure(what.contains("profile") ? argument + ";profile=other" : argument));
            assertEquals(
                    "this provider is already in use, so its settings can no longer change; build another provider with"
                            + " KmsProvider.builder(), or give a KeyStore its own settings with KmsLoadStoreParameter",
                    refused.getMessage());
            list(registered());
            SecureRandom.getInstance(KmsProvider.NAME, registered()).nextBytes(new byte[8]);
        }
        assertEquals(List.of("ListAliases", "GenerateRandom"), OPERATORS.operations());
        assertEquals(List.of(), ATTACKERS.requests());
    }

    /** Generators and SecureRandom need no KeyStore, and their use also ends the time for changes. */
    @Test
    void configure_afterRandomNumbers_isRefused() throws GeneralSecurityException {
        try (Installed installed = Installed.at(Installed.Position.LAST, USED)) {
            SecureRandom random = SecureRandom.getInstance(KmsProvider.NAME, installed.provider());
            random.nextBytes(new byte[8]);
            assertThrows(SettingsException.class, () -> registered().configure(OTHER));
            // more than the engine keeps in memory
            random.nextBytes(new byte[2048]);
        }
        assertEquals(Set.of("GenerateRandom"), Set.copyOf(OPERATORS.operations()));
        assertTrue(OPERATORS.operations().size() > 1);
        assertEquals(List.of(), ATTACKERS.requests());
    }

    @Test
    void configure_beforeUse_isApplied() throws GeneralSecurityException, IOException {
        try (Installed installed = Installed.at(Installed.Position.LAST, OTHER)) {
            assertSame(installed.provider(), registered().configure(USED));
            list(installed.provider());
            // tools do this twice in one JVM
            assertSame(installed.provider(), registered().configure(USED));
        }
        assertEquals(List.of("ListAliases"), OPERATORS.operations());
        assertEquals(List.of(), ATTACKERS.requests());
    }
}
