package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Keys of the spec SM2, which KMS has in the China Regions only. */
class Sm2ContractTest {
    private static final String SPEC = "SM2";
    private static final String ALGORITHM = "SM2DSA";
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    // AlgorithmIdentifier with the named curve 1.2.156.10197.1.301, and an uncompressed point
    private static final String SPKI_PREFIX = "3059301306072a8648ce3d020106082a811ccf5501822d03420004";
    // a, b, xG and yG of the curve, GB/T 32918.5
    private static final String CURVE = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
            + "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
            + "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
            + "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0";

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();
    private static final SigningKeys KEYS = new SigningKeys(SERVICE);

    @BeforeAll
    static void assumeSm2() {
        SERVICE.assumeSm2();
    }

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    @ParameterizedTest
    @CsvSource({"SIGN_VERIFY, SM2DSA", "ENCRYPT_DECRYPT, SM2PKE", "KEY_AGREEMENT, ECDH"})
    void createKey_everyUsage_listsItsAlgorithm(String usage, String algorithm) {
        String key = SERVICE.createKey(SPEC, usage);
        KeyMetadata metadata =
                SERVICE.client().describeKey(request -> request.keyId(key)).keyMetadata();
        GetPublicKeyResponse publicKey = SERVICE.client().getPublicKey(request -> request.keyId(key));

        List<String> listed = new ArrayList<>(publicKey.signingAlgorithmsAsStrings());
        listed.addAll(publicKey.encryptionAlgorithmsAsStrings());
        listed.addAll(publicKey.keyAgreementAlgorithmsAsStrings());
        assertEquals(List.of(algorithm), listed);
        assertEquals(SPEC, metadata.keySpecAsString());
        assertEquals(usage, metadata.keyUsageAsString());
        assertEquals(SPEC, publicKey.keySpecAsString());
        assertEquals(metadata.signingAlgorithmsAsStrings(), publicKey.signingAlgorithmsAsStrings());
        assertEquals(metadata.encryptionAlgorithmsAsStrings(), publicKey.encryptionAlgorithmsAsStrings());
        assertEquals(metadata.keyAgreementAlgorithmsAsStrings(), publicKey.keyAgreementAlgorithmsAsStrings());
    }

    @Test
    void getPublicKey_isSpkiWithNamedCurve() {
        byte[] spki = KEYS.publicKey(SPEC);
        assertEquals(91, spki.length);
        assertTrue(HexFormat.of().formatHex(spki).startsWith(SPKI_PREFIX));
    }

    @Test
    void sign_rawAndDigest_areValidForTheSameMessage() throws GeneralSecurityException {
        byte[] digest = digest(IDENTITY);
        byte[] raw = KEYS.sign(SPEC, ALGORITHM, "RAW", MESSAGE);
        byte[] digested = KEYS.sign(SPEC, ALGORITHM, "DIGEST", digest);
        for (byte[] signature : new byte[][] {raw, digested}) {
            assertTrue(SoftwareVerifier.isValid(ALGORITHM, publicKey(), MESSAGE, signature));
            KEYS.assertValid(SPEC, ALGORITHM, "RAW", MESSAGE, signature);
            KEYS.assertValid(SPEC, ALGORITHM, "DIGEST", digest, signature);
            // the digest as a RAW message is a different message
            KEYS.assertInvalid(SPEC, ALGORITHM, "RAW", digest, signature);
        }
    }

    @Test
    void sign_digestWithOtherIdentity_isValidOnlyForThatIdentity() throws GeneralSecurityException {
        byte[] identity = "someone@example.com".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = KEYS.sign(SPEC, ALGORITHM, "DIGEST", digest(identity));

        Signature verifier = Signature.getInstance("SM3withSM2", new BouncyCastleProvider());
        verifier.setParameter(new SM2ParameterSpec(identity));
        verifier.initVerify(publicKey());
        verifier.update(MESSAGE);
        assertTrue(verifier.verify(signature));
        KEYS.assertInvalid(SPEC, ALGORITHM, "RAW", MESSAGE, signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAW", "DIGEST"})
    void sign_twice_returnsDifferentSignatures(String type) {
        byte[] first = KEYS.sign(SPEC, ALGORITHM, type, new byte[32]);
        assertFalse(Arrays.equals(first, KEYS.sign(SPEC, ALGORITHM, type, new byte[32])));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096})
    void sign_shortestAndLongestMessage_areSigned(int length) throws GeneralSecurityException {
        byte[] message = new byte[length];
        byte[] signature = KEYS.sign(SPEC, ALGORITHM, "RAW", message);
        assertTrue(SoftwareVerifier.isValid(ALGORITHM, publicKey(), message, signature));
    }

    @ParameterizedTest
    @CsvSource({
        "0, greater than or equal to 1, RAW",
        "0, greater than or equal to 1, DIGEST",
        "4097, less than or equal to 4096, RAW",
        "4097, less than or equal to 4096, DIGEST"
    })
    void signAndVerify_emptyOrLongMessage_isValidationException(int length, String rule, String type) {
        String text = "1 validation error detected: Value at 'message' failed to satisfy constraint:"
                + " Member must have length " + rule;
        KEYS.assertBothRefuse("ValidationException", text, SPEC, ALGORITHM, type, new byte[length]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 33, 64})
    void signAndVerify_wrongDigestLength_isValidationException(int length) {
        KEYS.assertBothRefuse(
                "ValidationException",
                "Digest is invalid length for algorithm SM2DSA.",
                SPEC,
                ALGORITHM,
                "DIGEST",
                new byte[length]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void signAndVerify_externalMu_isValidationException(int length) {
        String text = "Message type EXTERNAL_MU is incompatible with key spec SM2.";
        KEYS.assertBothRefuse("ValidationException", text, SPEC, ALGORITHM, "EXTERNAL_MU", new byte[length]);
    }

    @ParameterizedTest
    @CsvSource({"SM2, ECDSA_SHA_256", "SM2, ED25519_SHA_512", "ECC_NIST_P256, SM2DSA", "ECC_SECG_P256K1, SM2DSA"})
    void signAndVerify_algorithmOfAnotherSpec_isInvalidKeyUsageException(String spec, String algorithm) {
        KEYS.assertIncompatible(spec, algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAW", "DIGEST"})
    void verify_wrongSignatureOrMessage_isInvalidSignatureExceptionWithoutMessage(String type) {
        byte[] message = new byte[32];
        byte[] good = KEYS.sign(SPEC, ALGORITHM, type, message);
        byte[] flipped = good.clone();
        flipped[flipped.length - 1] ^= 1;
        byte[] shorter = Arrays.copyOf(good, good.length - 1);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        // SEQUENCE { INTEGER 0, INTEGER 0 }, and the same with -1
        byte[] zeros = HexFormat.of().parseHex("3006020100020100");
        byte[] negative = HexFormat.of().parseHex("30060201ff0201ff");
        byte[] longest = new byte[SigningKeys.MAX_SIGNATURE_LENGTH];
        for (byte[] bad : new byte[][] {flipped, shorter, longer, zeros, negative, {1}, new byte[64], longest}) {
            KEYS.assertInvalid(SPEC, ALGORITHM, type, message, bad);
        }
        byte[] other = message.clone();
        other[31] = 1;
        KEYS.assertInvalid(SPEC, ALGORITHM, type, other, good);
    }

    /** GM/T 0009: a sequence of the coordinates of a point on the curve, the SM3 hash and the encrypted bytes. */
    @Test
    void encrypt_sm2_returnsADerSequence() {
        String key = SERVICE.createKey(SPEC, "ENCRYPT_DECRYPT");
        byte[] ciphertext = SERVICE.client()
                .encrypt(request ->
                        request.keyId(key).encryptionAlgorithm("SM2PKE").plaintext(SdkBytes.fromByteArray(MESSAGE)))
                .ciphertextBlob()
                .asByteArray();
        ASN1Sequence parts = ASN1Sequence.getInstance(ciphertext);
        assertEquals(4, parts.size());
        ECPoint point = GMNamedCurves.getByName("sm2p256v1")
                .getCurve()
                .createPoint(
                        ASN1Integer.getInstance(parts.getObjectAt(0)).getPositiveValue(),
                        ASN1Integer.getInstance(parts.getObjectAt(1)).getPositiveValue());
        assertTrue(point.isValid());
        assertEquals(32, ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets().length);
        assertEquals(
                MESSAGE.length,
                ASN1OctetString.getInstance(parts.getObjectAt(3)).getOctets().length);
    }

    /** The JCA cipher of Bouncy Castle returns point, encrypted bytes and hash, in this order and not as DER. */
    @Test
    void decrypt_derCiphertextOfAnotherParty_returnsThePlaintext() throws Exception {
        String key = SERVICE.createKey(SPEC, "ENCRYPT_DECRYPT");
        Cipher cipher = Cipher.getInstance("SM2", new BouncyCastleProvider());
        cipher.init(Cipher.ENCRYPT_MODE, SoftwareVerifier.publicKey(SPEC, spki(key)));
        byte[] raw = cipher.doFinal(MESSAGE);
        int hashStart = 65 + MESSAGE.length;
        byte[] der = new DERSequence(new ASN1Encodable[] {
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, 33))),
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 33, 65))),
                    new DEROctetString(Arrays.copyOfRange(raw, hashStart, raw.length)),
                    new DEROctetString(Arrays.copyOfRange(raw, 65, hashStart))
                })
                .getEncoded();
        assertArrayEquals(MESSAGE, decrypt(key, der));
        Refusals.assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(key, raw));
    }

    @Test
    void decrypt_ciphertextOfOpenssl_returnsThePlaintext(@TempDir Path folder) throws Exception {
        boolean hasOpenssl = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of(Path.of(path, "openssl"), Path.of(path, "openssl.exe")))
                .anyMatch(Files::isExecutable);
        assumeTrue(hasOpenssl, "NOT TESTED against OpenSSL: there is no 'openssl' on the path; install it");
        assumeTrue(
                openssl(folder, "ecparam -list_curves").contains("SM2"),
                "NOT TESTED against OpenSSL: this 'openssl' has no curve SM2; install one that has it");
        String key = SERVICE.createKey(SPEC, "ENCRYPT_DECRYPT");
        Files.write(folder.resolve("key.der"), spki(key));
        Files.write(folder.resolve("message"), MESSAGE);
        openssl(folder, "pkeyutl -encrypt -pubin -keyform DER -inkey key.der -in message -out ciphertext");
        assertArrayEquals(MESSAGE, decrypt(key, Files.readAllBytes(folder.resolve("ciphertext"))));
    }

    /** Runs OpenSSL in a folder, and returns its output. */
    private static String openssl(Path folder, String arguments) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(("openssl " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, openssl.waitFor(), output);
        return output;
    }

    private static byte[] spki(String key) {
        return SERVICE.client()
                .getPublicKey(request -> request.keyId(key))
                .publicKey()
                .asByteArray();
    }

    private static byte[] decrypt(String key, byte[] ciphertext) {
        return SERVICE.client()
                .decrypt(request -> request.keyId(key)
                        .encryptionAlgorithm("SM2PKE")
                        .ciphertextBlob(SdkBytes.fromByteArray(ciphertext)))
                .plaintext()
                .asByteArray();
    }

    private static PublicKey publicKey() throws GeneralSecurityException {
        return SoftwareVerifier.publicKey(SPEC, KEYS.publicKey(SPEC));
    }

    /**
     * Returns the digest of the message and the signer's identity as a client computes it. It is the value e in the
     * standard (GB/T 32918.2 §5.5 and §6.1).
     */
    private static byte[] digest(byte[] identity) {
        byte[] spki = KEYS.publicKey(SPEC);
        byte[] point = Arrays.copyOfRange(spki, spki.length - 64, spki.length);
        int bits = identity.length * 8;
        byte[] length = {(byte) (bits >> 8), (byte) bits};
        return sm3(sm3(length, identity, HexFormat.of().parseHex(CURVE), point), MESSAGE);
    }

    private static byte[] sm3(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }
}
