package io.github.kmsjca.internal.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the factories and the methods of the table rows. */
class TableRowsTest {
    @ParameterizedTest
    @EnumSource
    void curve_oidAndSize_matchBouncyCastle(Curve curve) {
        assertEquals(ECNamedCurveTable.getOID(curve.jcaName()).getId(), curve.oid());
        assertEquals(ECNamedCurveTable.getByName(curve.jcaName()).getCurve().getFieldSize(), curve.bits());
    }

    @Test
    void keyFacts_factories_setTheFactsOfTheFamily() {
        assertEquals(new KeyFacts(KeyFamily.RSA, 3072, null, null, 384, 0, null), KeyFacts.rsa(3072));
        assertEquals(
                new KeyFacts(KeyFamily.EC, 521, "secp521r1", "1.3.132.0.35", 0, 0, Curve.P521),
                KeyFacts.ec(Curve.P521));
        assertEquals(
                new KeyFacts(KeyFamily.SM2, 256, "sm2p256v1", "1.2.156.10197.1.301", 0, 0, Curve.SM2),
                KeyFacts.sm2(Curve.SM2));
        assertEquals(new KeyFacts(KeyFamily.EDDSA, 255, "Ed", "1.2", 64, 0, null), KeyFacts.edwards("Ed", "1.2", 255));
        assertEquals(new KeyFacts(KeyFamily.ML_DSA, 0, "set", "1.2", 9, 8, null), KeyFacts.mlDsa("set", "1.2", 9, 8));
        assertEquals(new KeyFacts(KeyFamily.ML_KEM, 0, "set", "1.2", 0, 0, null), KeyFacts.mlKem("set", "1.2"));
        assertEquals(new KeyFacts(KeyFamily.HMAC, 224, null, null, 0, 0, null), KeyFacts.hmac(224));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "8, 1", "9, 2", "521, 66"})
    void bytes_numberOfBits_isRoundedUp(int bits, int bytes) {
        assertEquals(bytes, KeyFacts.bytes(bits));
    }

    @Test
    void algorithmNames_factories_setNameOidAndAliases() {
        AlgorithmNames names = AlgorithmNames.named("A").withOid("1.2").withAliases("B", "C");
        assertEquals(new AlgorithmNames("A", "1.2", List.of("B", "C")), names);
        assertEquals(Optional.of("1.2"), names.findOid());
        assertEquals(Optional.empty(), AlgorithmNames.named("A").findOid());
        assertEquals(AlgorithmNames.named("EdDSA"), AlgorithmNames.of(KeyFamily.EDDSA));
        assertEquals(
                AlgorithmNames.named("ML-DSA-44").withOid("2.16.840.1.101.3.4.3.17"),
                AlgorithmNames.of(KeySpec.ML_DSA_44));
    }

    @Test
    void signatureRecipe_factories_setHashingAndKeySpecs() {
        SignatureScheme scheme = SignatureScheme.ECDSA;
        assertEquals(
                new SignatureRecipe(scheme, Hashing.BY_NAME, Digest.SHA_256, SignatureEncoding.KMS, null),
                SignatureRecipe.hashed(scheme, Digest.SHA_256));
        assertEquals(
                new SignatureRecipe(scheme, Hashing.BY_PARAMETERS, null, SignatureEncoding.KMS, null),
                SignatureRecipe.hashedByParameters(scheme));
        assertEquals(
                new SignatureRecipe(scheme, Hashing.BY_CALLER, null, SignatureEncoding.P1363, null),
                SignatureRecipe.hashedByCaller(scheme).inP1363());
        SignatureRecipe all = SignatureRecipe.hashedByScheme(SignatureScheme.ML_DSA);
        assertEquals(
                new SignatureRecipe(SignatureScheme.ML_DSA, Hashing.BY_SCHEME, null, SignatureEncoding.KMS, null), all);
        SignatureRecipe restricted = all.onlyFor(KeySpec.ML_DSA_44);
        assertTrue(all.fits(KeySpec.ML_DSA_65));
        assertFalse(all.fits(KeySpec.RSA_2048));
        assertTrue(restricted.fits(KeySpec.ML_DSA_44));
        assertFalse(restricted.fits(KeySpec.ML_DSA_65));
    }

    @Test
    void oaepScheme_of_knowsOnlyTheDigestsOfKms() {
        assertEquals(Optional.of(OaepScheme.RSAES_OAEP_SHA_256), OaepScheme.of("SHA-256"));
        assertEquals(Optional.of(OaepScheme.RSAES_OAEP_SHA_256), OaepScheme.of("sha256"));
        assertEquals(Optional.of(OaepScheme.RSAES_OAEP_SHA_1), OaepScheme.of("SHA1"));
        assertEquals(Optional.empty(), OaepScheme.of("SHA-512"));
        assertEquals("SHA-1 or SHA-256", OaepScheme.digestNames());
        assertEquals(Digest.SHA_256, OaepScheme.RSAES_OAEP_SHA_256.digest());
    }

    /** RFC 8017 §7.1.1: the length of the modulus, minus two hash lengths and two bytes. */
    @Test
    void oaepScheme_maxPlaintextLength_isAsInRfc8017() {
        assertEquals(256 - 42, OaepScheme.RSAES_OAEP_SHA_1.maxPlaintextLength(256));
        assertEquals(256 - 66, OaepScheme.RSAES_OAEP_SHA_256.maxPlaintextLength(256));
    }

    @Test
    void cipherAndKeyAgreementRows_haveADigestOnlyIfTheNameHasOne() {
        assertEquals(Optional.of(OaepScheme.RSAES_OAEP_SHA_1), CipherAlgorithm.OAEP_SHA_1.scheme());
        assertEquals(Optional.empty(), CipherAlgorithm.OAEP.scheme());
        assertEquals(Optional.of(Digest.SHA_384), KeyAgreementAlgorithm.ECDH_SHA_384.derivationDigest());
        assertEquals(Optional.empty(), KeyAgreementAlgorithm.ECDH.derivationDigest());
    }

    @Test
    void requireKmsName_digestOfNoRsaOrEcdsaAlgorithm_isABug() {
        assertEquals("SHA_384", Digest.SHA_384.requireKmsName());
        assertEquals(
                "a bug in kms-jca, please report it: no RSA or ECDSA algorithm of KMS uses SHA3-256",
                assertThrows(ProviderBug.class, Digest.SHA3_256::requireKmsName).getMessage());
    }

    /** Keys of other families also have lengths in bits, such as HMAC_256. */
    @Test
    void rsa_lengthThatNoRsaKeySpecHas_isEmpty() {
        assertEquals(Optional.of(KeySpec.RSA_4096), KeySpec.rsa(4096));
        assertEquals(Optional.empty(), KeySpec.rsa(256));
        assertEquals(Optional.empty(), KeySpec.rsa(1024));
    }

    @Test
    void oid_ecAndRsa_isTheCurvesOidOrEmpty() {
        assertEquals(Optional.of("1.3.132.0.34"), KeySpec.ECC_NIST_P384.oid());
        assertEquals(Optional.empty(), KeySpec.RSA_2048.oid());
    }

    /** ML-DSA and ML-KEM keys have no length in bits, so no size fits them. */
    @Test
    void ofBits_zero_isEmpty() {
        assertEquals(Optional.empty(), KeyPairAlgorithm.ML_DSA.ofBits(0));
        assertEquals(Optional.empty(), KeyPairAlgorithm.ML_KEM.ofBits(0));
        assertEquals(Optional.of(KeySpec.RSA_4096), KeyPairAlgorithm.RSA.ofBits(4096));
    }

    @Test
    void isCalled_jcaNameAliasOrOid_isTrue() {
        SignatureAlgorithm row = SignatureAlgorithm.SHA256_PSS;
        assertTrue(row.isCalled("sha256WITHrsa/pss"));
        assertTrue(row.isCalled("SHA256withRSAandMGF1"));
        assertTrue(SignatureAlgorithm.SHA256_RSA.isCalled("1.2.840.113549.1.1.11"));
        assertFalse(row.isCalled("SHA256withRSA"));
    }

    @Test
    void keepsDigest_digestShorterThanTheCurve_isFalse() {
        assertTrue(SignatureAlgorithm.SHA384_ECDSA.keepsDigest(KeySpec.ECC_NIST_P384));
        assertFalse(SignatureAlgorithm.SHA256_ECDSA.keepsDigest(KeySpec.ECC_NIST_P384));
        assertTrue(SignatureAlgorithm.SHA256_RSA.keepsDigest(KeySpec.RSA_2048));
    }
}
