package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureEncoding;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests algorithm names that KMS or the key does not support, and the Cipher that signs. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class RefusedNamesTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final String PKCS1 = "RSA/ECB/PKCS1Padding";
    private static final PrivateKey KEY = TestKms.key("RSA_2048");
    private static final PublicKey PUBLIC = TestKms.publicKey("RSA_2048");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static Stream<SignatureAlgorithm> refusedRows() {
        return Arrays.stream(SignatureAlgorithm.values()).filter(row -> !row.isSupported());
    }

    private static PrivateKey keyFor(SignatureAlgorithm row) {
        return TestKms.key(
                switch (row.scheme()) {
                    case RSA_PKCS1, RSA_PSS -> "RSA_2048";
                    case ECDSA -> "ECC_NIST_P256";
                    default -> throw new AssertionError(row);
                });
    }

    private static void assertRefused(SignatureAlgorithm row, Signature engine) {
        String possible =
                row.scheme().name().startsWith("RSA") ? "SHA256withRSA, " : "SHA224withECDSA, SHA256withECDSA, ";
        String text = String.valueOf(assertThrows(InvalidKeyException.class, () -> engine.initSign(keyFor(row)))
                .getMessage());
        String expected = keyFor(row) + " cannot be used with " + row.jcaName() + "; possible algorithms: " + possible;
        assertTrue(text.startsWith(expected), text);
    }

    @ParameterizedTest
    @MethodSource("refusedRows")
    void initSign_nameThatKmsLacks_saysWhatTheKeyCanDo(SignatureAlgorithm row) throws GeneralSecurityException {
        // the first use of a key makes KMS calls, which the test must not count
        keyFor(row);
        TestKms.reset();
        for (String name : Stream.concat(
                        row.aliases().stream(), Stream.concat(Stream.of(row.jcaName()), row.oid().stream()))
                .toList()) {
            assertRefused(row, Signature.getInstance(name, TestKms.sharedProvider()));
            try (InstalledProvider installed = InstalledProvider.first(TestKms.sharedProvider())) {
                assertRefused(row, Signature.getInstance(name));
            }
            if (row.encoding() == SignatureEncoding.P1363) {
                // for these names, the JCA also tries SunEC with every key, and throws the error of the first provider
                continue;
            }
            try (InstalledProvider installed = InstalledProvider.last(TestKms.sharedProvider())) {
                assertRefused(row, Signature.getInstance(name));
            }
            try (InstalledProvider bouncyCastle = InstalledProvider.first(new BouncyCastleProvider());
                    InstalledProvider installed = InstalledProvider.last(TestKms.sharedProvider())) {
                assertRefused(row, Signature.getInstance(name));
            }
        }
        assertEquals(List.of(), TestKms.operations());
    }

    /** The error is the same as for a name that KMS does not support. */
    @Test
    void initSign_nameForAnotherTypeOfKey_saysWhatTheKeyCanDo() throws GeneralSecurityException {
        try (InstalledProvider installed = InstalledProvider.last(TestKms.sharedProvider())) {
            assertTrue(assertThrows(
                            InvalidKeyException.class,
                            () -> Signature.getInstance("SHA256withECDSA").initSign(KEY))
                    .toString()
                    .contains("possible algorithms: SHA256withRSA"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withRSA", "SHA224withRSA", "MD5withRSA"})
    void refusedName_keyOfAnotherProvider_signsAndVerifies(String name) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        try (InstalledProvider installed = InstalledProvider.first(TestKms.sharedProvider())) {
            Signature jdk = Signature.getInstance(name);
            byte[] signature = TestKms.sign(jdk, pair.getPrivate(), MESSAGE);
            assertEquals("SunRsaSign", jdk.getProvider().getName());
            Signature ours = Signature.getInstance(name);
            assertEquals("AWSKMS", ours.getProvider().getName());
            assertArrayEquals(signature, TestKms.sign(ours, pair.getPrivate(), MESSAGE));
            ours.initVerify(pair.getPublic());
            ours.update(MESSAGE);
            assertTrue(ours.verify(signature));
            // the public key of a KMS key also goes to the JDK, because no KMS key fits the name
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(PUBLIC);
            assertEquals("SunRsaSign", verifier.getProvider().getName());
        }
    }

    private static byte[] digestInfo() throws Exception {
        return new DigestInfo(
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
                        MessageDigest.getInstance("SHA-256").digest(MESSAGE))
                .getEncoded();
    }

    enum Place {
        NAMED,
        FIRST,
        LAST;

        /** Returns a Cipher of our provider. If no provider is named, Java selects the provider in init. */
        Cipher cipher() throws GeneralSecurityException {
            if (this == NAMED) {
                return Cipher.getInstance(PKCS1, TestKms.sharedProvider());
            }
            try (InstalledProvider installed = this == FIRST
                    ? InstalledProvider.first(TestKms.sharedProvider())
                    : InstalledProvider.last(TestKms.sharedProvider())) {
                Cipher cipher = Cipher.getInstance(PKCS1);
                cipher.init(Cipher.ENCRYPT_MODE, KEY);
                return cipher;
            }
        }
    }

    /** Apache POI signs documents in this way. */
    @ParameterizedTest
    @EnumSource
    void pkcs1Cipher_encryptionWithASigningKey_signsOnlyADigestInfo(Place place) throws Exception {
        Cipher cipher = place.cipher();
        cipher.init(Cipher.ENCRYPT_MODE, KEY);
        cipher.update(digestInfo(), 0, 7);
        byte[] signature = cipher.doFinal(digestInfo(), 7, digestInfo().length - 7);
        assertTrue(IndependentVerifier.accepts("SHA256withRSA", PUBLIC, MESSAGE, signature));
        byte[] output = new byte[300];
        assertEquals(256, cipher.doFinal(digestInfo(), 0, digestInfo().length, output, 1));
        assertArrayEquals(signature, Arrays.copyOfRange(output, 1, 257));
        assertEquals(List.of("Sign", "Sign"), TestKms.operations());
        assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(MESSAGE));
        assertEquals(2, TestKms.operations().size());
    }

    private static String failure(Cipher cipher, byte[] input) {
        return String.valueOf(assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(input))
                .getMessage());
    }

    @Test
    void pkcs1Cipher_refusedInput_errorSaysThatTheCipherSigns() throws Exception {
        Cipher cipher = Cipher.getInstance(PKCS1, TestKms.sharedProvider());
        cipher.init(Cipher.ENCRYPT_MODE, KEY);
        for (byte[] input : List.of(MESSAGE, new byte[200])) {
            String text = failure(cipher, input);
            assertTrue(text.startsWith(PKCS1 + " signs as NONEwithRSA does: NONEwithRSA with a KMS key takes"), text);
        }
    }

    @Test
    void pkcs1Cipher_rejectedSignature_errorIsAboutTheSignatureOnly() throws Exception {
        Cipher cipher = Cipher.getInstance(PKCS1, TestKms.sharedProvider());
        cipher.init(Cipher.ENCRYPT_MODE, KEY);
        TestKms.emulator()
                .faults()
                .add(Fault.on("Sign")
                        .rewrite(body -> body.replaceAll("\"Signature\":\"[^\"]*\"", "\"Signature\":\"AAAA\"")));
        String text = failure(cipher, digestInfo());
        assertTrue(text.startsWith("the KMS answer for key " + TestKms.arn("RSA_2048") + " is not a signature"), text);
    }

    @Test
    void pkcs1Cipher_otherModesOfASigningKey_areRefused() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(PKCS1, TestKms.sharedProvider());
        for (int mode : List.of(Cipher.DECRYPT_MODE, Cipher.WRAP_MODE, Cipher.UNWRAP_MODE)) {
            assertTrue(assertThrows(InvalidKeyException.class, () -> cipher.init(mode, KEY))
                    .toString()
                    .contains("use encrypt mode with a DigestInfo"));
        }
    }

    @Test
    void pkcs1Cipher_decryptionKey_isRefusedWithoutRequest() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(PKCS1, TestKms.sharedProvider());
        PrivateKey decrypting =
                TestKms.key(TestKms.sharedProvider(), TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT"));
        TestKms.reset();
        assertTrue(assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.DECRYPT_MODE, decrypting))
                .toString()
                .contains("possible algorithms: RSA/ECB/OAEPWithSHA-1AndMGF1Padding,"
                        + " RSA/ECB/OAEPWithSHA-256AndMGF1Padding"));
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void pkcs1Cipher_publicKeysAndKeysInMemory_areUsedByTheNextProvider() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        try (InstalledProvider installed = InstalledProvider.first(TestKms.sharedProvider())) {
            Cipher ours = Cipher.getInstance(PKCS1);
            assertEquals("AWSKMS", ours.getProvider().getName());
            for (PublicKey key : List.of(pair.getPublic(), PUBLIC)) {
                ours.init(Cipher.ENCRYPT_MODE, key);
                int modulusLength = ((RSAPublicKey) key).getModulus().bitLength() / Byte.SIZE;
                assertEquals(modulusLength, ours.doFinal(MESSAGE).length);
            }
            ours.init(Cipher.ENCRYPT_MODE, pair.getPublic());
            byte[] ciphertext = ours.doFinal(MESSAGE);
            Cipher jdk = Cipher.getInstance(PKCS1);
            jdk.init(Cipher.DECRYPT_MODE, pair.getPrivate());
            assertEquals("SunJCE", jdk.getProvider().getName());
            assertArrayEquals(MESSAGE, jdk.doFinal(ciphertext));
        }
    }
}
