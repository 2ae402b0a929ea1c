package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.KeyFamily;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.handle.CurveDomain;
import io.github.kmsjca.testing.TestKms;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BouncyCastleVerifierTest {
    private static final int DIGEST_LENGTH = 32;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                // a number, without a sequence
                "020105",
                // sequences of no number, of one number, and of two octet strings
                "3000",
                "3003020105",
                "3006040105040105",
                // a byte after the sequence
                "300602010502010509",
                // r is 0
                "3006020100020105",
                // an indefinite length, and a length of 2^31 - 1
                "3080",
                "30847fffffff"
            })
    void verify_malformedEcdsaSignature_isFalse(String signature) {
        assertFalse(verify(
                SignatureAlgorithm.SHA256_ECDSA,
                KeySpec.ECC_NIST_P256,
                TestKms.publicKey("ECC_NIST_P256"),
                HexFormat.of().parseHex(signature)));
    }

    /** Bouncy Castle 1.79 to 1.83 recurses for each level. */
    @ParameterizedTest
    @CsvSource({
        "SHA256_ECDSA, ECC_NIST_P256",
        "SHA256_ECDSA, ECC_NIST_P384",
        "SHA256_ECDSA, ECC_NIST_P521",
        "SHA256_ECDSA, ECC_SECG_P256K1",
        "SM3_SM2,      SM2"
    })
    void verify_nestedSignature_isFalse(SignatureAlgorithm row, KeySpec spec) {
        // sequences of indefinite length, each in the one before
        byte[] nested = HexFormat.of().parseHex("3080".repeat(25_000) + "0000".repeat(25_000));
        assertFalse(verify(row, spec, TestKms.publicKey(spec.name()), nested));
        BigInteger order = CurveDomain.order(spec);
        SignatureException refusal =
                assertThrows(SignatureException.class, () -> EcdsaConversion.numbers(nested, order));
        assertNull(refusal.getCause(), "Bouncy Castle must not get a signature that is too long");
    }

    @Test
    void verify_zerosAsRsaSignature_isFalse() {
        PublicKey key = TestKms.publicKey("RSA_2048");
        for (int length : new int[] {0, 1, 255, 256, 257, 1000}) {
            assertFalse(verify(SignatureAlgorithm.SHA256_RSA, KeySpec.RSA_2048, key, new byte[length]));
            assertFalse(verify(SignatureAlgorithm.SHA256_PSS, KeySpec.RSA_2048, key, new byte[length]));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ED25519,   ECC_NIST_EDWARDS25519, 64",
        "ML_DSA_44, ML_DSA_44,             2420",
        "ML_DSA_65, ML_DSA_65,             3309",
        "ML_DSA_87, ML_DSA_87,             4627",
        "SM3_SM2,   SM2,                   70"
    })
    void verify_zerosAsSignature_isFalse(SignatureAlgorithm row, KeySpec spec, int validLength) {
        PublicKey key = TestKms.publicKey(spec.name());
        for (int length : new int[] {0, 1, validLength - 1, validLength, validLength + 1, 2 * validLength}) {
            assertFalse(verify(row, spec, key, new byte[length]));
        }
    }

    @Test
    void verify_pointOffTheCurve_isFalse() throws GeneralSecurityException {
        ECPublicKey valid = (ECPublicKey) TestKms.publicKey("ECC_NIST_P256");
        ECPoint off = new ECPoint(valid.getW().getAffineX(), BigInteger.ONE);
        PublicKey invalid = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(off, valid.getParams()));
        byte[] signature = HexFormat.of().parseHex("3006020105020105");
        assertFalse(verify(SignatureAlgorithm.SHA256_ECDSA, KeySpec.ECC_NIST_P256, invalid, signature));
    }

    /** RFC 4055 §1.2: a key with the PSS identifier can be used for PSS only. */
    @Test
    void initVerify_keyRestrictedToPss_isRefusedForPkcs1() throws GeneralSecurityException {
        RSAPublicKey key = (RSAPublicKey) TestKms.publicKey("RSA_2048");
        PublicKey restricted = KeyFactory.getInstance("RSASSA-PSS")
                .generatePublic(new RSAPublicKeySpec(
                        key.getModulus(), key.getPublicExponent(), PssParameters.of(Digest.SHA_256)));
        Signature engine = Signature.getInstance("SHA256withRSA", TestKms.sharedProvider());
        assertThrows(InvalidKeyException.class, () -> engine.initVerify(restricted));
    }

    private static boolean verify(SignatureAlgorithm row, KeySpec spec, PublicKey key, byte[] signature) {
        byte[] digest = new byte[spec.family() == KeyFamily.ML_DSA ? MessageType.MU_LENGTH : DIGEST_LENGTH];
        return BouncyCastleVerifier.verify(new PreparedMessage(SigningPlan.local(row, spec, key), digest), signature);
    }
}
