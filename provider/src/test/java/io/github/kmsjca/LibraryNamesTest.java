package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests algorithm names that libraries use, above all those that the JDK does not have. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class LibraryNamesTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair RSA = rsa();
    private static final PrivateKey KEY = TestKms.key("RSA_2048");
    private static final PublicKey PUBLIC = TestKms.publicKey("RSA_2048");

    private static KeyPair rsa() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Where our provider is in the list: first or last, with only the JDK's providers ({@code FIRST}, {@code LAST}) or
     * with Bouncy Castle too.
     */
    enum Order {
        FIRST,
        LAST,
        BEFORE_BOUNCY_CASTLE,
        AFTER_BOUNCY_CASTLE;

        boolean hasBouncyCastle() {
            return this == BEFORE_BOUNCY_CASTLE || this == AFTER_BOUNCY_CASTLE;
        }

        /** Runs a test with this list of providers. */
        void run(Action action) throws GeneralSecurityException {
            if (hasBouncyCastle()) {
                try (InstalledProvider bouncyCastle = InstalledProvider.first(new BouncyCastleProvider());
                        InstalledProvider installed = ours()) {
                    action.run();
                }
            } else {
                try (InstalledProvider installed = ours()) {
                    action.run();
                }
            }
        }

        private InstalledProvider ours() {
            return this == FIRST || this == BEFORE_BOUNCY_CASTLE
                    ? InstalledProvider.first(TestKms.sharedProvider())
                    : InstalledProvider.last(TestKms.sharedProvider());
        }
    }

    interface Action {
        void run() throws GeneralSecurityException;
    }

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static byte[] digest(String hash) throws GeneralSecurityException {
        return MessageDigest.getInstance(hash).digest(MESSAGE);
    }

    private static Stream<String> rawPssNames() {
        return Stream.of("NONEwithRSASSA-PSS", "NONEwithRSAandMGF1", "RAWRSASSA-PSS");
    }

    @ParameterizedTest
    @MethodSource("rawPssNames")
    void rawPss_callersDigest_isSignedWithAnyOrderOfProviders(String name) throws GeneralSecurityException {
        for (Order order : Order.values()) {
            for (String hash : List.of("SHA-256", "SHA-384", "SHA-512")) {
                PSSParameterSpec pss = IndependentVerifier.pss(hash, digest(hash).length);
                TestKms.reset();
                order.run(() -> {
                    Signature engine = Signature.getInstance(name);
                    engine.initSign(KEY);
                    engine.setParameter(pss);
                    engine.update(digest(hash));
                    byte[] signature = engine.sign();
                    assertTrue(IndependentVerifier.accepts("RSASSA-PSS", pss, PUBLIC, MESSAGE, signature));
                });
                assertEquals(List.of("Sign"), TestKms.operations());
            }
        }
    }

    @Test
    void rawPss_digestOfAnotherLengthOrParametersWithSha1_areRefusedBeforeTheRequest() throws GeneralSecurityException {
        Signature engine = Signature.getInstance("NONEwithRSASSA-PSS", TestKms.sharedProvider());
        engine.setParameter(IndependentVerifier.pss("SHA-384", 48));
        engine.initSign(KEY);
        engine.update(digest("SHA-256"));
        assertEquals(
                "NONEwithRSASSA-PSS with SHA-384 takes a digest of 48 bytes, not 32; set the parameters of the hash"
                        + " that made the digest",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        engine.update(new byte[100]);
        assertEquals(
                "NONEwithRSASSA-PSS with SHA-384 takes a digest of 48 bytes, not 100; hash the message first, or use an"
                        + " algorithm that hashes it",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> engine.setParameter(IndependentVerifier.pss("SHA-1", 20)));
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @EnumSource
    void rawPss_foreignPublicKey_verifiesWithoutRequest(Order order) throws GeneralSecurityException {
        PSSParameterSpec pss = IndependentVerifier.pss("SHA-256", 32);
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.initSign(RSA.getPrivate());
        signer.setParameter(pss);
        signer.update(MESSAGE);
        byte[] signature = signer.sign();
        order.run(() -> {
            for (Signature engine : List.of(
                    Signature.getInstance("NONEwithRSASSA-PSS"),
                    Signature.getInstance("NONEwithRSASSA-PSS", TestKms.sharedProvider()))) {
                engine.setParameter(pss);
                engine.initVerify(RSA.getPublic());
                engine.update(digest("SHA-256"));
                assertTrue(engine.verify(signature));
                // another digest of the right length
                engine.update(digest("SHA-384"), 0, 32);
                assertFalse(engine.verify(signature));
            }
        });
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @EnumSource
    void rawPss_parametersAfterInitVerify_verifies(Order order) throws GeneralSecurityException {
        PSSParameterSpec pss = IndependentVerifier.pss("SHA-256", 32);
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(pss);
        byte[] signature = TestKms.sign(signer, RSA.getPrivate(), MESSAGE);
        order.run(() -> {
            Signature engine = Signature.getInstance("NONEwithRSASSA-PSS", TestKms.sharedProvider());
            engine.initVerify(RSA.getPublic());
            engine.setParameter(pss);
            engine.update(digest("SHA-256"));
            assertTrue(engine.verify(signature));
        });
    }

    @Test
    void rawPss_updateWithoutParameters_saysWhatToCall() throws GeneralSecurityException {
        Signature engine = Signature.getInstance("NONEwithRSASSA-PSS", TestKms.sharedProvider());
        engine.initVerify(PUBLIC);
        assertEquals(
                "NONEwithRSASSA-PSS needs parameters: call setParameter first",
                assertThrows(SignatureException.class, () -> engine.update((byte) 0))
                        .getMessage());
    }

    @Test
    void rawPss_foreignPrivateKey_signsOnlyWithBouncyCastle() throws GeneralSecurityException {
        PSSParameterSpec pss = IndependentVerifier.pss("SHA-256", 32);
        Signature engine = Signature.getInstance("NONEwithRSASSA-PSS", TestKms.sharedProvider());
        engine.setParameter(pss);
        assertThrows(InvalidKeyException.class, () -> engine.initSign(RSA.getPrivate()));
        try (InstalledProvider bouncyCastle = InstalledProvider.last(new BouncyCastleProvider())) {
            engine.initSign(RSA.getPrivate());
            engine.update(digest("SHA-256"));
            assertTrue(IndependentVerifier.accepts("RSASSA-PSS", pss, RSA.getPublic(), MESSAGE, engine.sign()));
        }
    }

    /** Bouncy Castle's builders ask a named provider for the digests. Our provider has them, but does not list them. */
    @ParameterizedTest
    @ValueSource(strings = {"SHA256", "SHA384", "SHA512"})
    void messageDigest_fromOurProvider_comesFromTheFirstOtherProviderAndIsNotListed(String name)
            throws GeneralSecurityException {
        for (Order order : Order.values()) {
            String expected = order.hasBouncyCastle() ? "BC" : "SUN";
            order.run(() -> {
                MessageDigest named = MessageDigest.getInstance(name, TestKms.sharedProvider());
                assertEquals(expected, named.getProvider().getName());
                assertEquals(
                        expected, MessageDigest.getInstance(name).getProvider().getName());
                assertArrayEquals(digest(name.replace("SHA", "SHA-")), named.digest(MESSAGE));
            });
        }
        assertEquals(
                List.of(),
                TestKms.sharedProvider().getServices().stream()
                        .filter(service -> service.getType().equals("MessageDigest"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA/PSS, SHA-256",
        "SHA384withRSA/PSS, SHA-384",
        "SHA512withRSA/PSS, SHA-512",
        "SHA256withRSAandMGF1, SHA-256",
        "SHA512withRSASSA-PSS, SHA-512"
    })
    void pssWithAHash_foreignPublicKey_verifiesWithBouncyCastleOrElseWithUs(String name, String hash)
            throws GeneralSecurityException {
        PSSParameterSpec pss = IndependentVerifier.pss(hash, digest(hash).length);
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(pss);
        byte[] signature = TestKms.sign(signer, RSA.getPrivate(), MESSAGE);
        for (Order order : Order.values()) {
            order.run(() -> {
                Signature engine = Signature.getInstance(name);
                engine.initVerify(RSA.getPublic());
                engine.update(MESSAGE);
                assertTrue(engine.verify(signature));
                assertEquals(
                        order.hasBouncyCastle() ? "BC" : "AWSKMS",
                        engine.getProvider().getName());
                byte[] changed = signature.clone();
                changed[9] ^= 1;
                engine.update(MESSAGE);
                assertFalse(engine.verify(changed));
            });
        }
    }

    private static Stream<String> cipherNames() {
        return Stream.of(
                "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
                "RSA/None/OAEPWithSHA-1AndMGF1Padding",
                "RSA/None/OAEPWithSHA1AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA256AndMGF1Padding",
                "RSA/None/OAEPWithSHA-256AndMGF1Padding",
                "RSA/None/OAEPWithSHA256AndMGF1Padding",
                "RSA/ECB/OAEPPadding",
                "RSA/None/OAEPPadding");
    }

    @ParameterizedTest
    @MethodSource("cipherNames")
    void cipher_anyNameWithoutProvider_decrypts(String name) throws GeneralSecurityException {
        PrivateKey key =
                TestKms.key(TestKms.sharedProvider(), TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT"));
        Cipher encryption = Cipher.getInstance(name, TestKms.sharedProvider());
        encryption.init(Cipher.ENCRYPT_MODE, TestKms.publicKey(key));
        byte[] ciphertext = encryption.doFinal(MESSAGE);
        for (Order order : Order.values()) {
            order.run(() -> {
                Cipher cipher = Cipher.getInstance(name);
                cipher.init(Cipher.DECRYPT_MODE, key);
                assertArrayEquals(MESSAGE, cipher.doFinal(ciphertext));
                assertEquals("AWSKMS", cipher.getProvider().getName());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("cipherNames")
    void cipher_settingSignatures_isNotFound(String name) {
        KmsProvider onlySignatures = TestKms.provider("services=signatures");
        assertThrows(GeneralSecurityException.class, () -> Cipher.getInstance(name, onlySignatures));
    }
}
