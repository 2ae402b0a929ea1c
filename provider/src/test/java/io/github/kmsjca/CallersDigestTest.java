package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.HexFormat;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests RSA and ECDSA algorithms whose input is a digest that the caller computed. {@link LibraryNamesTest} tests the
 * one with PSS.
 */
class CallersDigestTest {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @CsvSource({"SHA-256, SHA256withRSA", "SHA-384, SHA384withRSA", "SHA-512, SHA512withRSA"})
    void noneWithRsa_digestInfo_signatureIsValidForTheMessage(String hash, String name)
            throws GeneralSecurityException {
        byte[] signature = sign("NONEwithRSA", "RSA_2048", digestInfo(hash, MESSAGE));
        assertTrue(IndependentVerifier.accepts(name, TestKms.publicKey("RSA_2048"), MESSAGE, signature));
        String sent = TestKms.requests("Sign").get(0).parameters();
        assertTrue(sent.contains("RSASSA_PKCS1_V1_5_SHA_" + hash.substring(4)) && sent.contains("DIGEST"), sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty",
                "one byte",
                "of SHA-1",
                "only the digest",
                "200 bytes",
                "with a byte appended",
                "without NULL"
            })
    void noneWithRsa_notADigestInfoOfSha2_isRefusedBeforeAnyCallAndStartsFresh(String kind)
            throws GeneralSecurityException {
        byte[] input = switch (kind) {
            case "empty" -> new byte[0];
            case "one byte" -> new byte[1];
            case "of SHA-1" -> digestInfo("SHA-1", MESSAGE);
            case "only the digest" -> MessageDigest.getInstance("SHA-256").digest(MESSAGE);
            case "200 bytes" -> new byte[200];
            case "with a byte appended" -> Arrays.append(digestInfo("SHA-256", MESSAGE), (byte) 0);
            case "without NULL" ->
                Arrays.concatenate(HexFormat.of().parseHex("302f300b06096086480165030402010420"), new byte[32]);
            default -> throw new IllegalArgumentException(kind);
        };
        Signature engine = Signature.getInstance("NONEwithRSA", TestKms.sharedProvider());
        engine.initSign(TestKms.key("RSA_2048"));
        engine.update(input);
        String refusal = String.valueOf(
                assertThrows(SignatureException.class, engine::sign).getMessage());
        assertTrue(refusal.contains("DigestInfo of SHA-256, SHA-384, SHA-512"), refusal);
        assertEquals(0, TestKms.requests("Sign").size());
        engine.update(digestInfo("SHA-256", MESSAGE));
        assertTrue(IndependentVerifier.accepts("SHA256withRSA", TestKms.publicKey("RSA_2048"), MESSAGE, engine.sign()));
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_P256, SHA-256, SHA256withECDSA",
        "ECC_NIST_P256, SHA-512, SHA512withECDSA",
        "ECC_NIST_P384, SHA-256, SHA256withECDSA",
        "ECC_NIST_P521, SHA-384, SHA384withECDSA",
        "ECC_NIST_P521, SHA3-512, SHA3-512withECDSA",
        "ECC_SECG_P256K1, SHA-256, SHA256withECDSA"
    })
    void noneWithEcdsa_digest_signatureIsValidForTheMessage(String spec, String hash, String name)
            throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance(hash).digest(MESSAGE);
        assertTrue(IndependentVerifier.accepts(
                name, TestKms.publicKey(spec), MESSAGE, sign("NONEwithECDSA", spec, digest)));
    }

    @Test
    void noneWithEcdsaInP1363Format_digest_signatureIsValidForTheMessage() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-384").digest(MESSAGE);
        byte[] signature = sign("NONEwithECDSAinP1363Format", "ECC_NIST_P384", digest);
        assertEquals(96, signature.length);
        assertTrue(IndependentVerifier.accepts(
                "SHA384withECDSAinP1363Format", TestKms.publicKey("ECC_NIST_P384"), MESSAGE, signature));
    }

    @Test
    void noneWithRsa_digestTooShortForItsHash_namesBothLengths() throws GeneralSecurityException {
        byte[] prefix = HexFormat.of().parseHex("3025300d060960864801650304020105000414");
        Signature engine = Signature.getInstance("NONEwithRSA", TestKms.sharedProvider());
        engine.initSign(TestKms.key("RSA_2048"));
        engine.update(Arrays.concatenate(prefix, new byte[20]));
        assertEquals(
                "NONEwithRSA with a KMS key takes a DigestInfo of SHA-256, SHA-384, SHA-512, but the digest in this"
                        + " DigestInfo has 20 bytes instead of 32; pass the DER encoding of such a DigestInfo, or pass"
                        + " the message to an algorithm such as SHA256withRSA",
                assertThrows(SignatureException.class, engine::sign).getMessage());
    }

    /** The engine throws only a SignatureException, never an exception of the DER reader. */
    @Test
    void noneWithRsa_cutDigestInfoOrChangedPrefix_isRefused() throws GeneralSecurityException {
        byte[] good = digestInfo("SHA-256", MESSAGE);
        Signature engine = Signature.getInstance("NONEwithRSA", TestKms.sharedProvider());
        engine.initSign(TestKms.key("RSA_2048"));
        int prefixLength = good.length - 32;
        for (int length = 0; length < good.length; length++) {
            engine.update(good, 0, length);
            assertThrows(SignatureException.class, engine::sign);
        }
        for (int index = 0; index < prefixLength; index++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = good.clone();
                changed[index] ^= (byte) (1 << bit);
                engine.update(changed);
                assertThrows(SignatureException.class, engine::sign);
            }
        }
        assertEquals(0, TestKms.requests("Sign").size());
    }

    @ParameterizedTest
    @CsvSource({"NONEwithRSA, RSA_2048", "NONEwithECDSA, ECC_NIST_P256"})
    void initSign_callersDigestWithMessageRaw_isRefused(String name, String spec) throws GeneralSecurityException {
        Provider provider = TestKms.provider("message=raw");
        PrivateKey key = TestKms.key(provider, TestKms.arn(spec));
        Signature engine = Signature.getInstance(name, provider);
        assertEquals(
                key + " cannot be used with " + name + " while message=raw is set: the input of " + name
                        + " is already a digest; use an algorithm that hashes the message, or remove the setting",
                assertThrows(InvalidKeyException.class, () -> engine.initSign(key))
                        .getMessage());
    }

    @Test
    void noneWithEcdsa_strict_acceptsOnlyTheDigestLengthOfKms() throws GeneralSecurityException {
        Provider provider = TestKms.provider("ecdsa=strict");
        Signature engine = Signature.getInstance("NONEwithECDSA", provider);
        engine.initSign(TestKms.key(provider, TestKms.arn("ECC_NIST_P256")));
        engine.update(new byte[48]);
        assertEquals(
                "with ecdsa=strict, NONEwithECDSA with an ECC_NIST_P256 key needs a digest of 32 bytes, but this digest"
                        + " has 48; use a 32-byte hash, or remove ecdsa=strict",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        engine.update(MessageDigest.getInstance("SHA-256").digest(MESSAGE));
        assertTrue(IndependentVerifier.accepts(
                "SHA256withECDSA", TestKms.publicKey("ECC_NIST_P256"), MESSAGE, engine.sign()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65, 4096})
    void noneWithEcdsa_wrongDigestLength_isRefusedBeforeAnyCall(int length) throws GeneralSecurityException {
        Signature engine = Signature.getInstance("NONEwithECDSA", TestKms.sharedProvider());
        engine.initSign(TestKms.key("ECC_NIST_P256"));
        engine.update(new byte[length]);
        String refusal = String.valueOf(
                assertThrows(SignatureException.class, engine::sign).getMessage());
        assertTrue(refusal.contains("a digest of 1 to 64 bytes, not " + length), refusal);
        assertEquals(0, TestKms.requests("Sign").size());
    }

    @ParameterizedTest
    @CsvSource({"NONEwithRSA, RSA_2048", "NONEwithECDSA, ECC_NIST_P256", "NONEwithECDSA, ECC_SECG_P256K1"})
    void verify_callersDigest_isTrueOnlyForTheSignedDigest(String algorithm, String spec)
            throws GeneralSecurityException {
        byte[] input = algorithm.endsWith("RSA")
                ? digestInfo("SHA-256", MESSAGE)
                : MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        byte[] signature = sign(algorithm, spec, input);
        Signature engine = Signature.getInstance(algorithm, TestKms.sharedProvider());
        engine.initVerify(TestKms.publicKey(spec));
        engine.update(input);
        assertTrue(engine.verify(signature));
        input[input.length - 1] ^= 1;
        engine.update(input);
        assertFalse(engine.verify(signature));
    }

    private static byte[] sign(String algorithm, String spec, byte[] input) throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance(algorithm, TestKms.sharedProvider()), TestKms.key(spec), input);
    }

    /** Returns the DigestInfo of a message (RFC 8017 §9.2, note 1). */
    private static byte[] digestInfo(String hash, byte[] message) throws GeneralSecurityException {
        String prefix = switch (hash) {
            case "SHA-1" -> "3021300906052b0e03021a05000414";
            case "SHA-256" -> "3031300d060960864801650304020105000420";
            case "SHA-384" -> "3041300d060960864801650304020205000430";
            case "SHA-512" -> "3051300d060960864801650304020305000440";
            default -> throw new IllegalArgumentException(hash);
        };
        return Arrays.concatenate(
                HexFormat.of().parseHex(prefix), MessageDigest.getInstance(hash).digest(message));
    }
}
