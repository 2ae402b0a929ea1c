package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KmsProviderTest {
    private final KmsProvider provider = new KmsProvider();

    @Test
    void serviceLoader_findsTheProvider() {
        assertTrue(ServiceLoader.load(Provider.class).stream().anyMatch(found -> found.type() == KmsProvider.class));
    }

    @Test
    void services_settingSignatures_areNotFromJavaxCrypto() {
        assertEquals(
                Set.of("Signature", "KeyStore", "KeyPairGenerator"),
                types(new KmsProvider().configure("services=signatures")));
    }

    @Test
    void services_withoutSetting_areAlsoFromJavaxCrypto() {
        assertEquals(
                Set.of(
                        "Signature",
                        "KeyStore",
                        "KeyPairGenerator",
                        "Cipher",
                        "KeyAgreement",
                        "KeyGenerator",
                        "KEM",
                        "Mac"),
                types(provider));
    }

    private static Set<String> types(Provider from) {
        return from.getServices().stream().map(Provider.Service::getType).collect(Collectors.toSet());
    }

    /**
     * If the file java.security registers the provider without an argument, Java can read the services before a tool
     * configures the provider. Until then, only a system property or an environment variable can limit the services.
     */
    @Test
    void services_systemProperty_appliesUntilTheArgumentSetsTheServices() {
        System.setProperty("awskms.services", "signatures");
        try {
            KmsProvider listed = new KmsProvider();
            assertEquals(Set.of("Signature", "KeyStore", "KeyPairGenerator"), types(listed));
            listed.configure("region=eu-west-1");
            assertEquals(Set.of("Signature", "KeyStore", "KeyPairGenerator"), types(listed));
            listed.configure("services=all");
            assertTrue(types(listed).contains("Cipher"));
        } finally {
            System.clearProperty("awskms.services");
        }
    }

    @Test
    void configure_unknownServices_isRefused() {
        assertThrows(SettingsException.class, () -> provider.configure("services=some"));
    }

    @Test
    void services_everyEngine_isCreated() throws Exception {
        for (Provider.Service service : provider.getServices()) {
            assertNotNull(service.newInstance(null), service::toString);
        }
    }

    @Test
    void configure_returnsTheSameProvider() {
        assertSame(provider, provider.configure("region=eu-west-1"));
    }

    @Test
    void configure_unknownSetting_suggestsTheNearest() {
        assertEquals(
                "provider argument: unknown setting 'regoin'; did you mean 'region'?",
                assertThrows(SettingsException.class, () -> provider.configure("regoin=eu-west-1"))
                        .getMessage());
    }

    @Test
    void writeObject_provider_isRefused() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(provider));
        }
    }

    @Test
    void supportsParameter_ofEcdsa_isTrueOnlyForOurKeys() throws Exception {
        Provider.Service ecdsa = Objects.requireNonNull(provider.getService("Signature", "SHA256withECDSA"));
        assertTrue(ecdsa.supportsParameter(TestKms.key("ECC_NIST_P256")));
        // true for every private KMS key: the engine refuses those that do not fit, and says what they can do
        assertTrue(ecdsa.supportsParameter(TestKms.key("RSA_2048")));
        assertFalse(ecdsa.supportsParameter(TestKms.publicKey("RSA_2048")));
        assertTrue(ecdsa.supportsParameter(TestKms.publicKey("ECC_NIST_P256")));
        // an equal public key that is not ours
        assertFalse(ecdsa.supportsParameter(KmsPublicKey.plain(TestKms.publicKey("ECC_NIST_P256"))));
        assertFalse(ecdsa.supportsParameter(
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate()));
        assertFalse(ecdsa.supportsParameter(null));
    }

    @Test
    void getInstance_unknownAlgorithm_isRefused() {
        for (String name : Set.of("SHA256withDSA", "NONEwithDSA", "Ed448")) {
            assertThrows(NoSuchAlgorithmException.class, () -> Signature.getInstance(name, provider));
        }
    }
}
