package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that keys, key pair generators and KeyStores of other providers work as usual while our provider is installed,
 * that signatures with these keys also work if the program names our provider, and that Java selects our provider for
 * our keys.
 */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class CoexistenceTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair RSA = pair("RSA");
    private static final KeyPair EC = pair("EC");
    private static final AlgorithmParameterSpec PSS = IndependentVerifier.pss("SHA-256", 32);

    @TempDir
    private Path folder;

    enum Place {
        FIRST,
        LAST;

        InstalledProvider install(Provider provider) {
            return this == FIRST ? InstalledProvider.first(provider) : InstalledProvider.last(provider);
        }
    }

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @EnumSource
    void softwareKeys_withoutNamedProvider_signWithTheJdkAndVerify(Place place) throws GeneralSecurityException {
        try (InstalledProvider installed = place.install(TestKms.sharedProvider())) {
            for (String algorithm : List.of("SHA256withRSA", "SHA384withECDSA")) {
                KeyPair keys = algorithm.endsWith("RSA") ? RSA : EC;
                Signature engine = Signature.getInstance(algorithm);
                byte[] signature = TestKms.sign(engine, keys.getPrivate(), MESSAGE);
                assertTrue(engine.getProvider().getName().startsWith("Sun"));
                assertVerified(Signature.getInstance(algorithm), keys.getPublic(), signature);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void softwareKeys_parametersBeforeInit_signAndVerify(Place place) throws GeneralSecurityException {
        try (InstalledProvider installed = place.install(TestKms.sharedProvider())) {
            Signature signer = Signature.getInstance("RSASSA-PSS");
            signer.setParameter(PSS);
            byte[] signature = TestKms.sign(signer, RSA.getPrivate(), MESSAGE);
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(PSS);
            assertVerified(verifier, RSA.getPublic(), signature);
        }
    }

    @ParameterizedTest
    @EnumSource
    void softwareKeys_parametersAfterInit_signAndVerify(Place place) throws GeneralSecurityException {
        try (InstalledProvider installed = place.install(TestKms.sharedProvider())) {
            Signature engine = Signature.getInstance("RSASSA-PSS");
            engine.initSign(RSA.getPrivate());
            engine.setParameter(PSS);
            engine.update(MESSAGE);
            assertTrue(IndependentVerifier.accepts("RSASSA-PSS", PSS, RSA.getPublic(), MESSAGE, engine.sign()));
        }
    }

    /** PSSParameterSpec uses SHA-1 by default. Keys of other providers support PSS with SHA-1, but KMS does not. */
    @Test
    void softwareKeys_pssParametersThatKmsLacks_sign() throws GeneralSecurityException {
        AlgorithmParameterSpec salt20 = new PSSParameterSpec(20);
        Signature engine = Signature.getInstance("RSASSA-PSS", TestKms.sharedProvider());
        engine.setParameter(salt20);
        byte[] signature = TestKms.sign(engine, RSA.getPrivate(), MESSAGE);
        assertTrue(IndependentVerifier.accepts("RSASSA-PSS", salt20, RSA.getPublic(), MESSAGE, signature));
    }

    @ParameterizedTest
    @EnumSource
    void softwareKeys_getProviderBeforeInit_signAndVerify(Place place) throws GeneralSecurityException {
        try (InstalledProvider installed = place.install(TestKms.sharedProvider())) {
            Signature engine = Signature.getInstance("SHA256withECDSA");
            assertNotNull(engine.getProvider());
            byte[] signature = TestKms.sign(engine, EC.getPrivate(), MESSAGE);
            assertVerified(engine, EC.getPublic(), signature);
        }
    }

    /** Before init, getProvider selects the first provider for good. That provider must then handle all keys. */
    @ParameterizedTest
    @MethodSource("softwareRows")
    void softwareKeys_getProviderBeforeInitWithUsFirst_signAndVerify(String algorithm, KeyPair keys)
            throws GeneralSecurityException {
        try (InstalledProvider installed = InstalledProvider.first(TestKms.sharedProvider())) {
            Signature engine = Signature.getInstance(algorithm);
            assertEquals(KmsProvider.NAME, engine.getProvider().getName());
            if (algorithm.equals("RSASSA-PSS")) {
                engine.setParameter(PSS);
            }
            byte[] signature = TestKms.sign(engine, keys.getPrivate(), MESSAGE);
            assertEquals(KmsProvider.NAME, engine.getProvider().getName());
            assertVerified(engine, keys.getPublic(), signature);
        }
    }

    static Stream<Arguments> softwareRows() {
        KeyPair edDsa = pair("Ed25519");
        return Stream.of(
                Arguments.of("SHA512withRSA", RSA),
                Arguments.of("NONEwithRSA", RSA),
                Arguments.of("RSASSA-PSS", RSA),
                Arguments.of("SHA384withRSA/PSS", RSA),
                Arguments.of("SHA224withECDSA", EC),
                Arguments.of("NONEwithECDSA", EC),
                Arguments.of("SHA3-512withECDSAinP1363Format", EC),
                Arguments.of("Ed25519", edDsa),
                Arguments.of("EdDSA", edDsa));
    }

    @Test
    void softwareKeys_ourProviderNamed_signAndVerify() throws GeneralSecurityException {
        for (String algorithm : List.of("SHA512withRSA", "SHA256withRSA/PSS", "SHA256withECDSA")) {
            KeyPair keys = algorithm.endsWith("ECDSA") ? EC : RSA;
            Signature engine = Signature.getInstance(algorithm, TestKms.sharedProvider());
            byte[] signature = TestKms.sign(engine, keys.getPrivate(), MESSAGE);
            assertTrue(IndependentVerifier.accepts(algorithm, keys.getPublic(), MESSAGE, signature));
            assertVerified(engine, keys.getPublic(), signature);
        }
    }

    @Test
    void softwareKeys_ofTheWrongFamily_areRefused() throws GeneralSecurityException {
        Signature ours = Signature.getInstance("SHA256withECDSA", TestKms.sharedProvider());
        assertThrows(InvalidKeyException.class, () -> ours.initSign(RSA.getPrivate()));
        assertThrows(InvalidKeyException.class, () -> ours.initVerify(RSA.getPublic()));
    }

    @Test
    void softwareKeys_signAndVerify_makeNoRequest() throws GeneralSecurityException {
        TestKms.reset();
        softwareKeys_withoutNamedProvider_signWithTheJdkAndVerify(Place.FIRST);
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @EnumSource
    void ourKeys_withoutNamedProvider_selectOurProvider(Place place) throws GeneralSecurityException {
        try (InstalledProvider installed = place.install(TestKms.sharedProvider())) {
            assertOursSigns("SHA256withECDSA", "ECC_NIST_P256");
            assertOursSigns("SHA256withRSA", "RSA_2048");
        }
    }

    @Test
    void ourKeys_parametersBeforeInitWithUsFirst_selectOurProvider() throws GeneralSecurityException {
        try (InstalledProvider installed = InstalledProvider.first(TestKms.sharedProvider())) {
            Signature engine = Signature.getInstance("RSASSA-PSS");
            engine.setParameter(PSS);
            byte[] signature = TestKms.sign(engine, TestKms.key("RSA_2048"), MESSAGE);
            assertEquals(KmsProvider.NAME, engine.getProvider().getName());
            assertTrue(
                    IndependentVerifier.accepts("RSASSA-PSS", PSS, TestKms.publicKey("RSA_2048"), MESSAGE, signature));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourKeys_besideBouncyCastle_selectOurProvider(Place place) throws GeneralSecurityException {
        try (InstalledProvider ours = InstalledProvider.last(TestKms.sharedProvider());
                InstalledProvider bouncyCastle = place.install(new BouncyCastleProvider())) {
            assertOursSigns("SHA256withECDSA", "ECC_NIST_P256");
            assertOursSigns("SHA384withRSA", "RSA_2048");
            assertOursSigns("SHA256withRSAandMGF1", "RSA_2048");
        }
    }

    @ParameterizedTest
    @EnumSource
    void softwareKeys_besideBouncyCastle_signAndVerify(Place place) throws GeneralSecurityException {
        try (InstalledProvider ours = InstalledProvider.first(TestKms.sharedProvider());
                InstalledProvider bouncyCastle = place.install(new BouncyCastleProvider())) {
            for (String algorithm : List.of("SHA256withRSA", "SHA256withECDSA", "SHA256withRSAandMGF1")) {
                KeyPair keys = algorithm.endsWith("ECDSA") ? EC : RSA;
                byte[] signature = TestKms.sign(Signature.getInstance(algorithm), keys.getPrivate(), MESSAGE);
                assertVerified(Signature.getInstance(algorithm), keys.getPublic(), signature);
            }
        }
    }

    @Test
    void keysOfBouncyCastle_ourProviderNamed_signAndVerify() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        Signature engine = Signature.getInstance("SHA256withECDSA", TestKms.sharedProvider());
        byte[] signature = TestKms.sign(engine, keys.getPrivate(), MESSAGE);
        assertVerified(engine, keys.getPublic(), signature);
    }

    @Test
    void keyPairGenerators_withUsFirstWithoutAdoptOrCreate_makeKeysInMemory() throws GeneralSecurityException {
        try (InstalledProvider installed = InstalledProvider.first(TestKms.sharedProvider())) {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(1024);
            assertEquals(
                    1024,
                    ((RSAPublicKey) rsa.generateKeyPair().getPublic())
                            .getModulus()
                            .bitLength());
            PrivateKey ec = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
            assertEquals("PKCS#8", ec.getFormat());
            assertEquals(List.of(), TestKms.operations());
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherKeyStores_besideOurs_areRecognizedAndLoaded(Place place) throws GeneralSecurityException, IOException {
        try (InstalledProvider installed = place.install(TestKms.sharedProvider())) {
            Path file = folder.resolve("other.p12");
            KeyStore written = KeyStore.getInstance("PKCS12");
            written.load(null, null);
            written.setCertificateEntry("ca", TestKms.certificate(EC.getPublic()));
            try (OutputStream out = Files.newOutputStream(file)) {
                written.store(out, "changeit".toCharArray());
            }
            KeyStore read = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
            assertEquals("PKCS12", read.getType().toUpperCase(Locale.ROOT));
            assertTrue(read.containsAlias("ca"));
        }
    }

    private static void assertOursSigns(String algorithm, String spec) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm);
        byte[] signature = TestKms.sign(engine, TestKms.key(spec), MESSAGE);
        assertEquals(KmsProvider.NAME, engine.getProvider().getName());
        assertTrue(IndependentVerifier.accepts(algorithm, TestKms.publicKey(spec), MESSAGE, signature));
    }

    private static void assertVerified(Signature engine, PublicKey key, byte[] signature)
            throws InvalidKeyException, SignatureException {
        engine.initVerify(key);
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
