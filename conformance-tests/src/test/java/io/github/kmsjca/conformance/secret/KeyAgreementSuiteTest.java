package io.github.kmsjca.conformance.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.secret.Subject.Row;
import io.github.kmsjca.emulator.control.Fault;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests ECDH (NIST SP 800-56A §5.7.1.2). Our provider and the other party (the JDK or Bouncy Castle) derive the same
 * secret.
 */
class KeyAgreementSuiteTest {
    private static final Map<String, String> CURVES =
            Map.of("ECC_NIST_P256", "secp256r1", "ECC_NIST_P384", "secp384r1", "ECC_NIST_P521", "secp521r1");
    private static final Map<String, Integer> SECRET_LENGTHS =
            Map.of("ECC_NIST_P256", 32, "ECC_NIST_P384", 48, "ECC_NIST_P521", 66);
    private static final String AES128_WRAP = NISTObjectIdentifiers.id_aes128_wrap.getId();
    private static final String AES192_WRAP = NISTObjectIdentifiers.id_aes192_wrap.getId();
    private static final String AES256_WRAP = NISTObjectIdentifiers.id_aes256_wrap.getId();
    private static final Provider SUN_EC = Security.getProvider("SunEC");

    static Stream<Row> rowsWithoutKdf() {
        return Subject.rows("KeyAgreement").filter(row -> row.algorithm().equals("ECDH"));
    }

    static Stream<Row> rowsWithKdf() {
        return Subject.rows("KeyAgreement").filter(row -> !row.algorithm().equals("ECDH"));
    }

    private static KeyPair localKeyPair(String spec) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", SUN_EC);
        generator.initialize(new ECGenParameterSpec(CURVES.get(spec)));
        return generator.generateKeyPair();
    }

    private static PublicKey publicKey(TargetKey key) throws GeneralSecurityException {
        return Subject.publicKey(key, "EC", SUN_EC);
    }

    private static KeyAgreement agreement(String algorithm, Provider provider, Key own, PublicKey peer)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm, provider);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement;
    }

    @ParameterizedTest
    @MethodSource("rowsWithoutKdf")
    void generateSecret_anyRow_equalsTheOtherPartysSecretAndMakesOneRequest(Row row) throws GeneralSecurityException {
        assertSameSecret(row.key(), localKeyPair(row.spec()));
    }

    /**
     * On P-521, about half of all secrets begin with a zero byte. On the other curves, one secret in 256 does. A
     * provider that converts the secret to a number would lose this byte (SEC 1 §2.3.5).
     */
    @ParameterizedTest
    @MethodSource("rowsWithoutKdf")
    void generateSecret_leadingZeros_hasTheLengthOfTheField(Row row) throws GeneralSecurityException {
        PublicKey publicKey = publicKey(row.key());
        KeyPair other = localKeyPair(row.spec());
        while (agreement("ECDH", SUN_EC, other.getPrivate(), publicKey).generateSecret()[0] != 0) {
            other = localKeyPair(row.spec());
        }
        assertSameSecret(row.key(), other);
    }

    private static void assertSameSecret(TargetKey key, KeyPair other) throws GeneralSecurityException {
        Subject.forgetRequests();
        byte[] ours =
                agreement("ECDH", Subject.OURS, key.handle(), other.getPublic()).generateSecret();
        Subject.assertRequests("DeriveSharedSecret");
        assertEquals(SECRET_LENGTHS.get(key.spec()), ours.length);
        for (Provider independent : List.of(SUN_EC, Subject.BOUNCY_CASTLE)) {
            assertArrayEquals(
                    agreement("ECDH", independent, other.getPrivate(), publicKey(key))
                            .generateSecret(),
                    ours);
        }
    }

    @ParameterizedTest
    @MethodSource("rowsWithoutKdf")
    void generateSecret_asKey_hasTheSecretOrItsFirstBytes(Row row) throws GeneralSecurityException {
        KeyPair other = localKeyPair(row.spec());
        PrivateKey handle = row.key().handle();
        byte[] secret = agreement("ECDH", SUN_EC, other.getPrivate(), publicKey(row.key()))
                .generateSecret();
        for (String name : List.of("TlsPremasterSecret", "Generic")) {
            SecretKey derived =
                    agreement("ECDH", Subject.OURS, handle, other.getPublic()).generateSecret(name);
            assertArrayEquals(secret, derived.getEncoded());
            assertEquals(name, derived.getAlgorithm());
        }
        Map.of("AES", 32, AES128_WRAP, 16, AES256_WRAP, 32).forEach((name, length) -> {
            SecretKey derived = deriveKey(handle, other.getPublic(), name);
            assertEquals("AES", derived.getAlgorithm());
            assertArrayEquals(Arrays.copyOf(secret, length), derived.getEncoded());
        });
    }

    @ParameterizedTest
    @MethodSource("rowsWithoutKdf")
    void generateSecret_shortBufferOrUnknownName_failsWithoutRequestAndCanBeRepeated(Row row)
            throws GeneralSecurityException {
        KeyPair other = localKeyPair(row.spec());
        byte[] secret = agreement("ECDH", SUN_EC, other.getPrivate(), publicKey(row.key()))
                .generateSecret();
        byte[] output = new byte[100];
        KeyAgreement agreement = agreement("ECDH", Subject.OURS, row.key().handle(), other.getPublic());
        Subject.forgetRequests();
        assertThrows(ShortBufferException.class, () -> agreement.generateSecret(new byte[10], 0));
        assertThrows(NoSuchAlgorithmException.class, () -> agreement.generateSecret("DESede"));
        Subject.assertNoRequests();
        int length = agreement.generateSecret(output, 5);
        assertArrayEquals(secret, Arrays.copyOfRange(output, 5, 5 + length));
        // after a success, each secret needs a new doPhase
        assertThrows(IllegalStateException.class, agreement::generateSecret);
    }

    private static SecretKey deriveKey(PrivateKey handle, PublicKey peer, String name) {
        try {
            return agreement("ECDH", Subject.OURS, handle, peer).generateSecret(name);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Our provider and Bouncy Castle derive the same key from the same shared information (RFC 5753 §7.2). */
    @ParameterizedTest
    @MethodSource("rowsWithKdf")
    void generateSecret_derivedKey_equalsTheKeyOfBouncyCastle(Row row) throws GeneralSecurityException {
        KeyPair other = localKeyPair(row.spec());
        AlgorithmParameterSpec info = new UserKeyingMaterialSpec(HexFormat.of().parseHex("00010203"));
        for (String name : List.of(AES128_WRAP, AES192_WRAP, AES256_WRAP)) {
            KeyAgreement theirs = KeyAgreement.getInstance(row.algorithm(), Subject.BOUNCY_CASTLE);
            theirs.init(other.getPrivate(), info);
            theirs.doPhase(Subject.publicKey(row.key(), "EC", Subject.BOUNCY_CASTLE), true);
            KeyAgreement ours = KeyAgreement.getInstance(row.algorithm(), Subject.OURS);
            ours.init(row.key().handle(), info);
            ours.doPhase(other.getPublic(), true);
            assertArrayEquals(
                    theirs.generateSecret(name).getEncoded(),
                    ours.generateSecret(name).getEncoded());
        }
    }

    @ParameterizedTest
    @MethodSource("rowsWithKdf")
    void init_parametersOfAnUnknownType_areRefused(Row row) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(row.algorithm(), Subject.OURS);
        PrivateKey handle = row.key().handle();
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> agreement.init(handle, new AlgorithmParameterSpec() {}));
    }

    @Test
    void doPhase_unfitKeyOrWrongPhase_isRefusedBeforeAnyCall() throws GeneralSecurityException {
        TargetKey key = Subject.TARGET.key("ECC_NIST_P256", "KEY_AGREEMENT");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", Subject.OURS);
        agreement.init(key.handle());
        Subject.forgetRequests();
        ECPublicKey good = (ECPublicKey) localKeyPair("ECC_NIST_P256").getPublic();
        ECPublicKey offTheCurve = new OffTheCurve(good);
        for (Key unfit : List.of(
                localKeyPair("ECC_NIST_P384").getPublic(),
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic(),
                localKeyPair("ECC_NIST_P256").getPrivate(),
                offTheCurve)) {
            assertThrows(InvalidKeyException.class, () -> agreement.doPhase(unfit, true), unfit.getAlgorithm());
            assertThrows(IllegalStateException.class, agreement::generateSecret);
        }
        assertThrows(IllegalStateException.class, () -> agreement.doPhase(good, false));
        agreement.doPhase(good, true);
        assertThrows(IllegalStateException.class, () -> agreement.doPhase(good, true));
        Subject.assertNoRequests();
    }

    /** A public key whose point is not on the curve, as an attacker would send it. */
    private record OffTheCurve(ECPublicKey original) implements ECPublicKey {
        @Override
        public ECPoint getW() {
            return new ECPoint(
                    original.getW().getAffineX(), original.getW().getAffineY().add(BigInteger.ONE));
        }

        @Override
        public ECParameterSpec getParams() {
            return original.getParams();
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            byte[] encoded = original.getEncoded();
            encoded[encoded.length - 1] ^= 1;
            return encoded;
        }
    }

    /** If the provider did not check the length, it would pad a short secret when it converts the secret to a key. */
    @Test
    void generateSecret_wrongLengthInTheAnswer_isRefused() throws GeneralSecurityException {
        TargetKey key = Subject.TARGET.key("ECC_NIST_P256", "KEY_AGREEMENT");
        KeyAgreement agreement = agreement(
                "ECDH",
                Subject.OURS,
                key.handle(),
                localKeyPair("ECC_NIST_P256").getPublic());
        Subject.emulator()
                .faults()
                .add(Fault.on("DeriveSharedSecret")
                        .rewrite(
                                body -> body.replaceFirst("\"SharedSecret\":\"[^\"]*\"", "\"SharedSecret\":\"AAAA\"")));
        assertTrue(Subject.text(assertThrows(ProviderException.class, () -> agreement.generateSecret("AES")))
                .contains("has 3 bytes instead of 32"));
    }

    /** The number with all 256 bits set is larger than the prime of P-256, so it cannot be a coordinate of a point. */
    @Test
    void generateSecret_answerThatIsNotACoordinate_isRefused() throws GeneralSecurityException {
        TargetKey key = Subject.TARGET.key("ECC_NIST_P256", "KEY_AGREEMENT");
        KeyAgreement agreement = agreement(
                "ECDH",
                Subject.OURS,
                key.handle(),
                localKeyPair("ECC_NIST_P256").getPublic());
        byte[] allBitsSet = new byte[32];
        Arrays.fill(allBitsSet, (byte) 0xff);
        String secret = Base64.getEncoder().encodeToString(allBitsSet);
        Subject.emulator()
                .faults()
                .add(Fault.on("DeriveSharedSecret")
                        .rewrite(body -> body.replaceFirst(
                                "\"SharedSecret\":\"[^\"]*\"", "\"SharedSecret\":\"" + secret + "\"")));
        assertTrue(Subject.text(assertThrows(ProviderException.class, agreement::generateSecret))
                .contains("is not the x coordinate of a point on the key's curve"));
    }

    @Test
    void init_signingKey_isRefusedBeforeAnyCall() throws GeneralSecurityException {
        TargetKey signing = Subject.TARGET.key("ECC_NIST_P256", "SIGN_VERIFY");
        Subject.forgetRequests();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", Subject.OURS);
        assertTrue(Subject.text(assertThrows(InvalidKeyException.class, () -> agreement.init(signing.handle())))
                .endsWith("has key usage SIGN_VERIFY, so it cannot be used with ECDH; name a key whose key usage is"
                        + " KEY_AGREEMENT"));
        Subject.assertNoRequests();
    }

    @Test
    void generateSecret_kmsFails_namesThePermissionAndStartsFresh() throws GeneralSecurityException {
        TargetKey key = Subject.TARGET.key("ECC_NIST_P256", "KEY_AGREEMENT");
        KeyPair other = localKeyPair("ECC_NIST_P256");
        KeyAgreement agreement = agreement("ECDH", Subject.OURS, key.handle(), other.getPublic());
        Subject.emulator().faults().add(Fault.on("DeriveSharedSecret").accessDenied());
        assertTrue(Subject.text(assertThrows(ProviderException.class, agreement::generateSecret))
                .contains("allow kms:DeriveSharedSecret"));
        agreement.doPhase(other.getPublic(), true);
        assertArrayEquals(
                agreement("ECDH", SUN_EC, other.getPrivate(), publicKey(key)).generateSecret(),
                agreement.generateSecret());
    }

    @Test
    void generateSecret_keyOfAnotherProvider_isDelegated() throws GeneralSecurityException {
        KeyPair own = localKeyPair("ECC_NIST_P256");
        KeyPair peer = localKeyPair("ECC_NIST_P256");
        KeyAgreement ours = KeyAgreement.getInstance("ECDH", Subject.OURS);
        ours.init(own.getPrivate(), new SecureRandom());
        ours.doPhase(peer.getPublic(), true);
        assertArrayEquals(
                agreement("ECDH", SUN_EC, peer.getPrivate(), own.getPublic()).generateSecret(), ours.generateSecret());
        ours.doPhase(peer.getPublic(), true);
        assertEquals(
                "TlsPremasterSecret", ours.generateSecret("TlsPremasterSecret").getAlgorithm());
    }
}
