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
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that other code in the JVM cannot redirect the calls of a registered provider that is in use. Before the first
 * use, {@code configure} still applies.
 */
class ReconfigurationTest {
    private static final String ALIASES = "{\"Aliases\":[],\"Truncated\":false}";
    private static final String RANDOM =
            "{\"Plaintext\":\"" + Base64.getEncoder().encodeToString(new byte[1024]) + "\"}";

    @AutoClose
    private static final HostileKms OPERATOR_KMS =
            HostileKms.start().answer("ListAliases", request -> ALIASES).answer("GenerateRandom", request -> RANDOM);

    @AutoClose
    private static final HostileKms ATTACKER_KMS =
            HostileKms.start().answer("ListAliases", request -> ALIASES).answer("GenerateRandom", request -> RANDOM);

    private static final String OPERATOR_SETTINGS = "region=us-east-1;endpoint=" + OPERATOR_KMS.endpoint();
    private static final String ATTACKER_SETTINGS = "region=us-east-1;endpoint=" + ATTACKER_KMS.endpoint();

    @BeforeEach
    void forget() {
        OPERATOR_KMS.forget();
        ATTACKER_KMS.forget();
    }

    /** Lists the aliases of the account. */
    private static void list(Provider provider) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(null, null);
        store.aliases();
    }

    private static Provider registeredProvider() {
        return Security.getProvider(KmsProvider.NAME);
    }

    static Stream<String> otherSettings() {
        return Stream.of(ATTACKER_SETTINGS, ATTACKER_SETTINGS + ";profile=other", "attempts=2");
    }

    @ParameterizedTest
    @MethodSource("otherSettings")
    void configure_afterUse_isRefused(String otherSettings) throws GeneralSecurityException, IOException {
        try (Installed installed = Installed.at(Installed.Position.LAST, OPERATOR_SETTINGS)) {
            list(installed.provider());
            SettingsException refused = assertThrows(
                    SettingsException.class, () -> registeredProvider().configure(otherSettings));
            assertEquals(
                    "this provider is in use or comes from KmsProvider.builder(), so its settings can no longer"
                            + " change; build another provider with KmsProvider.builder(), or give a KeyStore its own"
                            + " settings with KmsLoadStoreParameter",
                    refused.getMessage());
            list(registeredProvider());
            SecureRandom.getInstance(KmsProvider.NAME, registeredProvider()).nextBytes(new byte[8]);
        }
        assertEquals(List.of("ListAliases", "GenerateRandom"), OPERATOR_KMS.operations());
        assertEquals(List.of(), ATTACKER_KMS.requests());
    }

    /** Generators and SecureRandom need no KeyStore. Using them also makes the settings final. */
    @Test
    void configure_afterRandomNumbers_isRefused() throws GeneralSecurityException {
        try (Installed installed = Installed.at(Installed.Position.LAST, OPERATOR_SETTINGS)) {
            SecureRandom random = SecureRandom.getInstance(KmsProvider.NAME, installed.provider());
            random.nextBytes(new byte[8]);
            assertThrows(SettingsException.class, () -> registeredProvider().configure(ATTACKER_SETTINGS));
            // more bytes than the engine keeps in memory, so it calls KMS again
            random.nextBytes(new byte[2048]);
        }
        assertEquals(Set.of("GenerateRandom"), Set.copyOf(OPERATOR_KMS.operations()));
        assertTrue(OPERATOR_KMS.operations().size() > 1);
        assertEquals(List.of(), ATTACKER_KMS.requests());
    }

    @Test
    void configure_beforeUse_isApplied() throws GeneralSecurityException, IOException {
        try (Installed installed = Installed.at(Installed.Position.LAST, ATTACKER_SETTINGS)) {
            assertSame(installed.provider(), registeredProvider().configure(OPERATOR_SETTINGS));
            list(installed.provider());
            // a tool that runs twice in one JVM passes the same argument again
            assertSame(installed.provider(), registeredProvider().configure(OPERATOR_SETTINGS));
        }
        assertEquals(List.of("ListAliases"), OPERATOR_KMS.operations());
        assertEquals(List.of(), ATTACKER_KMS.requests());
    }
}
