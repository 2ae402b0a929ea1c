package io.github.kmsjca.internal.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    /** Sequences of indefinite length, each in the one before. Bouncy Castle 1.79 to 1.83 recurses for each level. */
    private static final String NESTED = "3080".repeat(50_000) + "0000".repeat(50_000);

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] info(ASN1ObjectIdentifier algorithm, byte[] content) throws IOException {
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), content).getEncoded();
    }

    @Test
    void initVerify_nestedKey_isRefused() throws IOException, GeneralSecurityException {
        Signature engine = Signature.getInstance("Ed25519", TestKms.sharedProvider());
        for (byte[] encoded : List.of(hex(NESTED), info(ED25519, hex(NESTED)))) {
            PublicKey key = new EncodedPublicKey("Ed25519", encoded);
            String text = assertThrows(InvalidKeyException.class, () -> engine.initVerify(key))
                    .getMessage();
            assertEquals("the encoding of the public key is not valid", text);
        }
    }

    @Test
    void raw_nestedKey_isRefused() throws IOException {
        PublicKey key = new EncodedPublicKey("Ed25519", info(ED25519, hex(NESTED)));
        assertThrows(ExceededBoundException.class, () -> PublicKeys.raw(key));
    }

    /** The byte after the set hides the content of the set from a check of the whole encoding. */
    @Test
    void spec_nestedRsaNumbers_areRefused() throws IOException {
        byte[] encoded = info(PKCSObjectIdentifiers.rsaEncryption, hex("3183030d40" + NESTED + "00"));
        assertThrows(ExceededBoundException.class, () -> PublicKeys.spec(encoded));
        assertEquals(Optional.empty(), PublicKeys.spec(new EncodedPublicKey("RSA", encoded)));
    }

    /** Nothing, NULL and a number. Bouncy Castle up to 1.84 does not report them as IllegalArgumentException. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0500", "020101"})
    void parse_valueOfAnotherType_isRefused(String value) throws IOException {
        assertNotAKey(KeySpec.ECC_NIST_P256, hex(value));
        assertNotAKey(KeySpec.RSA_2048, info(PKCSObjectIdentifiers.rsaEncryption, hex(value)));
    }

    private static void assertNotAKey(KeySpec spec, byte[] encoded) {
        assertThrows(IllegalArgumentException.class, () -> PublicKeys.parse(spec, encoded));
        assertThrows(IllegalArgumentException.class, () -> PublicKeys.spec(encoded));
        assertEquals(Optional.empty(), PublicKeys.spec(new EncodedPublicKey("key", encoded)));
    }

    @Test
    void spec_emptyKey_isRefusedWithTheReason() throws IOException {
        for (byte[] encoded : List.of(new byte[0], info(PKCSObjectIdentifiers.rsaEncryption, new byte[0]))) {
            String text = assertThrows(IllegalArgumentException.class, () -> PublicKeys.spec(encoded))
                    .getMessage();
            assertEquals("the public key is empty", text);
        }
    }

    /** Bouncy Castle 1.84 reads such keys, and throws ArrayIndexOutOfBoundsException when it uses them. */
    @ParameterizedTest
    @CsvSource({"ML_DSA_44, 1312", "ML_DSA_65, 1952", "ML_DSA_87, 2592"})
    void initVerify_mlDsaKeyOfAnotherLength_isRefused(KeySpec spec, int length)
            throws IOException, GeneralSecurityException {
        SubjectPublicKeyInfo valid =
                SubjectPublicKeyInfo.getInstance(TestKms.publicKey(spec.name()).getEncoded());
        byte[] raw = valid.getPublicKeyData().getOctets();
        assertEquals(length, raw.length);
        Signature engine = Signature.getInstance("ML-DSA", TestKms.sharedProvider());
        for (int wrong : new int[] {33, 100, length - 1, length + 1}) {
            byte[] encoded = new SubjectPublicKeyInfo(valid.getAlgorithm(), Arrays.copyOf(raw, wrong)).getEncoded();
            String text = assertThrows(IllegalArgumentException.class, () -> PublicKeys.parse(spec, encoded))
                    .getMessage();
            assertEquals("the public key has " + wrong + " bytes, and an " + spec + " key has " + length, text);
            PublicKey key = new EncodedPublicKey("ML-DSA", encoded);
            assertThrows(InvalidKeyException.class, () -> engine.initVerify(key));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0500", "020101"})
    void isWellFormed_valueOfAnotherType_isFalse(String value) {
        PublicKey key = new EncodedPublicKey("key", hex(value));
        assertFalse(PublicKeys.isWellFormed(key));
        assertThrows(IllegalArgumentException.class, () -> PublicKeys.raw(key));
    }
}
