package io.github.kmsjca.conformance.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.secret.Subject.Row;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsPrivateKey;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Tests RSAES-OAEP (RFC 8017 §7.1). Our provider decrypts ciphertexts of other providers with KMS, and KMS decrypts our
 * provider's ciphertexts.
 */
class CipherSuiteTest {
    private static final String SHA_1 = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final String SHA_256 = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";
    private static final String HASH_BY_PARAMETERS = "RSA/ECB/OAEPPadding";
    private static final List<Provider> OTHERS = List.of(Security.getProvider("SunJCE"), Subject.BOUNCY_CASTLE);

    static Stream<Row> rows() {
        // RefusedNamesTest tests the transformation with PKCS1Padding, which can only sign
        return Subject.rows("Cipher").filter(row -> !row.usage().equals("SIGN_VERIFY"));
    }

    private static TargetKey key() {
        return Subject.TARGET.key("RSA_2048", "ENCRYPT_DECRYPT");
    }

    private static PublicKey publicKey() {
        return publicKey(key());
    }

    /**
     * Returns the public key of a handle. With this key object, our provider uses the OAEP parameters that KMS uses.
     */
    private static PublicKey publicKey(TargetKey key) {
        return ((KmsPrivateKey) key.handle()).publicKey();
    }

    /**
     * Returns OAEP parameters whose MGF1 uses the same hash as OAEP, as KMS does (KMS API Encrypt). A name without a
     * hash means SHA-1 (RFC 8017 §A.2.1).
     */
    private static OAEPParameterSpec parameters(String algorithm) {
        return oaep(isSha256(algorithm) ? "SHA-256" : "SHA-1");
    }

    private static boolean isSha256(String algorithm) {
        return algorithm.contains("256");
    }

    private static OAEPParameterSpec oaep(String digest) {
        return new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
    }

    private static int maxPlaintextLength(Row row) {
        int hash = isSha256(row.algorithm()) ? 32 : 20;
        return ((RSAKey) row.key().handle()).getModulus().bitLength() / 8 - 2 * hash - 2;
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i + 1);
        }
        return message;
    }

    private static Cipher ours(String algorithm, int mode, Key key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(algorithm, Subject.OURS);
        cipher.init(mode, key);
        return cipher;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decrypt_ciphertextOfOthers_returnsTheMessageWithOneRequest(Row row) throws GeneralSecurityException {
        Cipher decrypting = ours(row.algorithm(), Cipher.DECRYPT_MODE, row.key().handle());
        for (int length : new int[] {1, 16, maxPlaintextLength(row)}) {
            for (Provider other : OTHERS) {
                Cipher encrypting = Cipher.getInstance(HASH_BY_PARAMETERS, other);
                encrypting.init(Cipher.ENCRYPT_MODE, publicKey(row.key()), parameters(row.algorithm()));
                byte[] ciphertext = encrypting.doFinal(message(length));
                Subject.forgetRequests();
                assertArrayEquals(message(length), decrypting.doFinal(ciphertext), () -> other + " " + length);
                Subject.assertRequests("Decrypt");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void encrypt_anyMessage_isDecryptedByKmsAndMakesNoRequest(Row row) throws GeneralSecurityException {
        TargetKey key = row.key();
        Subject.forgetRequests();
        Cipher encrypting = ours(row.algorithm(), Cipher.ENCRYPT_MODE, publicKey(key));
        for (int length : new int[] {1, 16, maxPlaintextLength(row)}) {
            byte[] ciphertext = encrypting.doFinal(message(length));
            Subject.assertNoRequests();
            String algorithm = isSha256(row.algorithm()) ? "RSAES_OAEP_SHA_256" : "RSAES_OAEP_SHA_1";
            assertArrayEquals(
                    message(length),
                    Subject.TARGET
                            .client()
                            .decrypt(request -> request.keyId(key.arn())
                                    .encryptionAlgorithm(algorithm)
                                    .ciphertextBlob(SdkBytes.fromByteArray(ciphertext)))
                            .plaintext()
                            .asByteArray());
            Subject.forgetRequests();
        }
        assertThrows(IllegalBlockSizeException.class, () -> encrypting.doFinal(message(maxPlaintextLength(row) + 1)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void encrypt_settingEncryptKms_makesOneRequestAndIsDecrypted(Row row) throws GeneralSecurityException {
        Provider provider = Subject.TARGET.provider("encrypt=kms");
        PrivateKey handle = Target.handle(provider, row.key().arn());
        Subject.forgetRequests();
        Cipher encrypting = Cipher.getInstance(row.algorithm(), provider);
        encrypting.init(Cipher.ENCRYPT_MODE, ((KmsPrivateKey) handle).publicKey());
        byte[] ciphertext = encrypting.doFinal(message(maxPlaintextLength(row)));
        Subject.assertRequests("Encrypt");
        Cipher decrypting = Cipher.getInstance(row.algorithm(), provider);
        decrypting.init(Cipher.DECRYPT_MODE, handle);
        assertArrayEquals(message(maxPlaintextLength(row)), decrypting.doFinal(ciphertext));
        Subject.forgetRequests();
        assertThrows(IllegalBlockSizeException.class, () -> encrypting.doFinal(message(maxPlaintextLength(row) + 1)));
        assertThrows(IllegalBlockSizeException.class, encrypting::doFinal);
        Subject.assertNoRequests();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void wrapAndUnwrap_keyOfAnyType_returnsTheKeyAndRefusesWrongKeys(Row row) throws GeneralSecurityException {
        SecretKey aes = KeyGenerator.getInstance("AES").generateKey();
        Cipher wrapping = ours(row.algorithm(), Cipher.WRAP_MODE, publicKey(row.key()));
        Cipher unwrapping = ours(row.algorithm(), Cipher.UNWRAP_MODE, row.key().handle());
        assertEquals(aes, unwrapping.unwrap(wrapping.wrap(aes), "AES", Cipher.SECRET_KEY));
        var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertEquals(pair.getPrivate(), unwrapping.unwrap(wrapping.wrap(pair.getPrivate()), "EC", Cipher.PRIVATE_KEY));
        assertEquals(pair.getPublic(), unwrapping.unwrap(wrapping.wrap(pair.getPublic()), "EC", Cipher.PUBLIC_KEY));
        assertThrows(InvalidKeyException.class, () -> unwrapping.unwrap(wrapping.wrap(aes), "EC", Cipher.PRIVATE_KEY));
        assertThrows(InvalidKeyException.class, () -> wrapping.wrap(row.key().handle()));
    }

    /**
     * If the public key object comes from another provider, our provider delegates to another provider, even if the
     * object equals the public key of a handle. The default hash of MGF1 shows that: it is the JDK's.
     */
    @Test
    void encrypt_equalKeyOfAnotherProvider_isDelegated() throws GeneralSecurityException {
        Provider provider = Subject.TARGET.provider("encrypt=kms");
        assertNotNull(Target.handle(provider, key().arn()));
        PublicKey equal = Subject.publicKey(key(), "RSA", Security.getProvider("SunRsaSign"));
        assertEquals(publicKey(), equal);
        Subject.forgetRequests();
        for (Provider ours : List.of(provider, Subject.OURS)) {
            Cipher encrypting = Cipher.getInstance(SHA_256, ours);
            encrypting.init(Cipher.ENCRYPT_MODE, equal);
            assertEquals(256, encrypting.doFinal(message(16)).length);
            MGF1ParameterSpec mask = (MGF1ParameterSpec) encrypting
                    .getParameters()
                    .getParameterSpec(OAEPParameterSpec.class)
                    .getMGFParameters();
            assertEquals("SHA-1", mask.getDigestAlgorithm());
        }
        Subject.assertNoRequests();
    }

    @Test
    void decrypt_parametersOfTheEncryption_returnsTheMessage() throws GeneralSecurityException {
        for (String digest : List.of("SHA-1", "SHA-256")) {
            Cipher encrypting = Cipher.getInstance(HASH_BY_PARAMETERS, Subject.OURS);
            encrypting.init(Cipher.ENCRYPT_MODE, publicKey(), oaep(digest));
            byte[] ciphertext = encrypting.doFinal(message(16));
            AlgorithmParameters encoded = encrypting.getParameters();
            Cipher decrypting = Cipher.getInstance(HASH_BY_PARAMETERS, Subject.OURS);
            decrypting.init(Cipher.DECRYPT_MODE, key().handle(), encoded);
            assertArrayEquals(message(16), decrypting.doFinal(ciphertext));
            assertEquals(
                    digest,
                    decrypting
                            .getParameters()
                            .getParameterSpec(OAEPParameterSpec.class)
                            .getDigestAlgorithm());
        }
    }

    @Test
    void init_parametersThatKmsDoesNotSupport_areRefusedBeforeAnyCall() throws GeneralSecurityException {
        PrivateKey handle = key().handle();
        Subject.forgetRequests();
        Cipher cipher = Cipher.getInstance(HASH_BY_PARAMETERS, Subject.OURS);
        for (OAEPParameterSpec unfit : List.of(
                oaep("SHA-512"),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT),
                new OAEPParameterSpec(
                        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(new byte[] {1})))) {
            assertTrue(Subject.text(assertThrows(
                            InvalidAlgorithmParameterException.class,
                            () -> cipher.init(Cipher.DECRYPT_MODE, handle, unfit)))
                    .startsWith(HASH_BY_PARAMETERS
                            + " with a KMS key needs the hash SHA-1 or SHA-256, MGF1 over the same hash, and an empty"
                            + " label; these parameters are SHA-"));
        }
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> Cipher.getInstance(SHA_1, Subject.OURS).init(Cipher.DECRYPT_MODE, handle, oaep("SHA-256")));
        Subject.assertNoRequests();
    }

    @Test
    void init_signingKeyOrPrivateKeyForEncryption_isRefusedBeforeAnyCall() throws GeneralSecurityException {
        TargetKey signing = Subject.TARGET.key("RSA_2048", "SIGN_VERIFY");
        Subject.forgetRequests();
        Cipher cipher = Cipher.getInstance(SHA_256, Subject.OURS);
        assertEquals(
                "KMS key " + signing.arn() + " (RSA_2048) has key usage SIGN_VERIFY, so it cannot be used with "
                        + SHA_256 + "; name a key whose key usage is ENCRYPT_DECRYPT",
                assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.DECRYPT_MODE, signing.handle()))
                        .getMessage());
        assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, key().handle()));
        Subject.assertNoRequests();
    }

    @Test
    void decrypt_wrongLength_isRefusedWithoutRequestAndStartsFresh() throws GeneralSecurityException {
        Cipher decrypting = ours(SHA_256, Cipher.DECRYPT_MODE, key().handle());
        byte[] good = ours(SHA_256, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(5));
        Subject.forgetRequests();
        for (int length : new int[] {0, 1, 255, 257, 100_000}) {
            assertThrows(IllegalBlockSizeException.class, () -> decrypting.doFinal(new byte[length]));
        }
        Subject.assertNoRequests();
        assertArrayEquals(message(5), decrypting.doFinal(good));
    }

    @Test
    void decrypt_ciphertextWithAnotherHash_isBadPaddingAndStartsFresh() throws GeneralSecurityException {
        Cipher decrypting = ours(SHA_256, Cipher.DECRYPT_MODE, key().handle());
        byte[] good = ours(SHA_256, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(5));
        byte[] other = ours(SHA_1, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(5));
        BadPaddingException refusal = assertThrows(BadPaddingException.class, () -> decrypting.doFinal(other));
        assertTrue(String.valueOf(refusal.getMessage()).contains("InvalidCiphertextException"), refusal.getMessage());
        assertFalse(refusal instanceof AEADBadTagException);
        assertArrayEquals(message(5), decrypting.doFinal(good));
    }

    @Test
    void decrypt_kmsFails_namesThePermissionAndStartsFresh() throws GeneralSecurityException {
        Cipher decrypting = ours(SHA_256, Cipher.DECRYPT_MODE, key().handle());
        byte[] good = ours(SHA_256, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(5));
        Subject.emulator().faults().add(Fault.on("Decrypt").accessDenied());
        assertTrue(Subject.text(assertThrows(ProviderException.class, () -> decrypting.doFinal(good)))
                .contains("allow kms:Decrypt"));
        assertArrayEquals(message(5), decrypting.doFinal(good));
    }

    /** OAEP with SHA-256 encrypts at most 190 bytes with RSA-2048 (RFC 8017 §7.1.1). */
    @Test
    void decrypt_plaintextThatTheKeyCannotEncrypt_isRefusedAndStartsFresh() throws GeneralSecurityException {
        Cipher decrypting = ours(SHA_256, Cipher.DECRYPT_MODE, key().handle());
        byte[] good = ours(SHA_256, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(190));
        String tooLong = Base64.getEncoder().encodeToString(message(191));
        Subject.emulator()
                .faults()
                .add(Fault.on("Decrypt")
                        .rewrite(body ->
                                body.replaceFirst("\"Plaintext\":\"[^\"]*\"", "\"Plaintext\":\"" + tooLong + "\"")));
        assertTrue(Subject.text(assertThrows(ProviderException.class, () -> decrypting.doFinal(good)))
                .contains("has 191 bytes, more than the key can encrypt"));
        assertArrayEquals(message(190), decrypting.doFinal(good));
    }

    @Test
    void decrypt_inputInPartsAndBuffers_returnsTheMessage() throws GeneralSecurityException {
        byte[] ciphertext = ours(SHA_256, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(100));
        Cipher decrypting = ours(SHA_256, Cipher.DECRYPT_MODE, key().handle());
        for (int i = 0; i < ciphertext.length; i++) {
            assertEquals(0, decrypting.update(ciphertext, i, 1).length);
        }
        assertArrayEquals(message(100), decrypting.doFinal());
        ByteBuffer output = ByteBuffer.allocate(decrypting.getOutputSize(ciphertext.length));
        decrypting.doFinal(ByteBuffer.wrap(ciphertext), output);
        assertArrayEquals(message(100), Arrays.copyOf(output.array(), output.position()));
        Subject.forgetRequests();
        assertThrows(ShortBufferException.class, () -> decrypting.doFinal(ciphertext, 0, 256, new byte[10], 0));
        Subject.assertNoRequests();
        byte[] larger = new byte[300];
        assertEquals(100, decrypting.doFinal(ciphertext, 0, 256, larger, 7));
        assertArrayEquals(message(100), Arrays.copyOfRange(larger, 7, 107));
    }

    /** For {@link #SHA_256}, the JDK uses MGF1 with SHA-1. For keys of other providers, our engine must do the same. */
    @Test
    void encryptAndDecrypt_keysOfAnotherProvider_areDelegated() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Cipher theirs = Cipher.getInstance(SHA_256, "SunJCE");
        theirs.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        assertArrayEquals(
                message(9),
                theirs.doFinal(
                        ours(SHA_256, Cipher.ENCRYPT_MODE, pair.getPublic()).doFinal(message(9))));
        theirs.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        assertArrayEquals(
                message(9),
                ours(SHA_256, Cipher.DECRYPT_MODE, pair.getPrivate()).doFinal(theirs.doFinal(message(9))));
    }

    @Test
    void init_ecOrNullKey_isRefused() throws GeneralSecurityException {
        var ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Cipher cipher = Cipher.getInstance(SHA_256, Subject.OURS);
        assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.DECRYPT_MODE, ec.getPrivate()));
        assertThrows(IllegalStateException.class, () -> cipher.doFinal(new byte[256]));
        assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.DECRYPT_MODE, (Key) null));
    }

    @Test
    void doFinal_afterFailedInit_isRefused() throws GeneralSecurityException {
        byte[] good = ours(SHA_256, Cipher.ENCRYPT_MODE, publicKey()).doFinal(message(5));
        Cipher cipher = ours(SHA_256, Cipher.DECRYPT_MODE, key().handle());
        cipher.update(good);
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> cipher.init(Cipher.DECRYPT_MODE, key().handle(), oaep("SHA-512")));
        assertThrows(IllegalStateException.class, cipher::doFinal);
        AlgorithmParameters ofAnotherKind = AlgorithmParameters.getInstance("EC");
        ofAnotherKind.init(new ECGenParameterSpec("secp256r1"));
        cipher.init(Cipher.DECRYPT_MODE, key().handle());
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> cipher.init(Cipher.DECRYPT_MODE, key().handle(), ofAnotherKind));
        assertThrows(IllegalStateException.class, cipher::doFinal);
    }

    @Test
    void encrypt_hashSpelledWithoutDash_isAccepted() throws GeneralSecurityException {
        Cipher encrypting = Cipher.getInstance(SHA_256, Subject.OURS);
        encrypting.init(Cipher.ENCRYPT_MODE, publicKey(), oaep("SHA256"));
        assertArrayEquals(
                message(5), ours(SHA_256, Cipher.DECRYPT_MODE, key().handle()).doFinal(encrypting.doFinal(message(5))));
    }

    @Test
    void unwrap_unknownKeyAlgorithm_isRefusedWithoutRequest() throws GeneralSecurityException {
        Cipher unwrapping = ours(SHA_256, Cipher.UNWRAP_MODE, key().handle());
        Subject.forgetRequests();
        assertThrows(
                NoSuchAlgorithmException.class, () -> unwrapping.unwrap(new byte[256], "Nothing", Cipher.PRIVATE_KEY));
        Subject.assertNoRequests();
    }
}
