package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that local verification with our provider accepts valid signatures and refuses malformed signatures. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class MalformedSignatureTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    /** The highest bit of a 256-bit number. If it is set, the number begins with a zero byte in DER. */
    private static final BigInteger HIGHEST_BIT = BigInteger.ONE.shiftLeft(255);

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static byte[] sign(String algorithm, KeyPair keys) throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance(algorithm), keys.getPrivate(), MESSAGE);
    }

    private static boolean accepts(String algorithm, PublicKey key, byte[] signature) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm, TestKms.sharedProvider());
        engine.initVerify(key);
        engine.update(MESSAGE);
        boolean valid = engine.verify(signature);
        // the same engine must give the same result again
        engine.update(MESSAGE);
        assertEquals(valid, engine.verify(signature));
        return valid;
    }

    /** Returns a DER signature in which r begins with a zero byte, and s does not. */
    private static byte[] derWithOneZero(KeyPair keys) throws GeneralSecurityException {
        byte[] der;
        do {
            der = sign("SHA256withECDSA", keys);
        } while (number(der, 0).compareTo(HIGHEST_BIT) < 0 || number(der, 1).compareTo(HIGHEST_BIT) >= 0);
        return der;
    }

    /** Returns r for index 0, and s for index 1. */
    private static BigInteger number(byte[] der, int index) {
        return ASN1Integer.getInstance(ASN1Sequence.getInstance(der).getObjectAt(index))
                .getPositiveValue();
    }

    /** Removes the byte at this index, which must be inside r, and corrects the lengths. */
    private static byte[] withoutByte(byte[] der, int index) {
        byte[] shorter = new byte[der.length - 1];
        System.arraycopy(der, 0, shorter, 0, index);
        System.arraycopy(der, index + 1, shorter, index, shorter.length - index);
        shorter[1]--;
        shorter[3]--;
        return shorter;
    }

    /** Adds a zero byte at the start of s, and corrects the lengths. */
    private static byte[] withZeroBeforeS(byte[] der) {
        int indexOfSLength = 4 + der[3] + 1;
        byte[] longer = new byte[der.length + 1];
        System.arraycopy(der, 0, longer, 0, indexOfSLength + 1);
        System.arraycopy(der, indexOfSLength + 1, longer, indexOfSLength + 2, der.length - indexOfSLength - 1);
        longer[1]++;
        longer[indexOfSLength]++;
        return longer;
    }

    @Test
    void verify_derWithAMissingOrExtraZero_isFalse() throws GeneralSecurityException {
        KeyPair keys = pair("EC", 256);
        byte[] der = derWithOneZero(keys);
        assertTrue(accepts("SHA256withECDSA", keys.getPublic(), der));
        assertFalse(accepts("SHA256withECDSA", keys.getPublic(), withoutByte(der, 4)));
        assertFalse(accepts("SHA256withECDSA", keys.getPublic(), withZeroBeforeS(der)));
        assertFalse(accepts("SHA256withECDSA", keys.getPublic(), Arrays.copyOf(der, der.length + 1)));
    }

    @ParameterizedTest
    @CsvSource({"256, 32", "384, 48", "521, 66"})
    void verify_p1363OfAnotherLength_isFalse(int size, int half) throws GeneralSecurityException {
        KeyPair keys = pair("EC", size);
        String name = "SHA256withECDSAinP1363Format";
        byte[] plain = sign(name, keys);
        assertTrue(accepts(name, keys.getPublic(), plain));
        // each number with a zero byte in front
        byte[] longer = new byte[2 * half + 2];
        System.arraycopy(plain, 0, longer, 1, half);
        System.arraycopy(plain, half, longer, half + 2, half);
        assertFalse(accepts(name, keys.getPublic(), longer));
        assertFalse(accepts(name, keys.getPublic(), Arrays.copyOf(plain, plain.length + 1)));
        assertFalse(accepts(name, keys.getPublic(), Arrays.copyOf(plain, plain.length - 1)));
        assertFalse(accepts(name, keys.getPublic(), new byte[0]));
    }

    /** KMS has no Brainpool keys, but the rules for signatures are the same for all curves. */
    @Test
    void verify_curveThatKmsLacks_refusesMalformedSignaturesToo() throws GeneralSecurityException {
        try (InstalledProvider bouncyCastle = InstalledProvider.first(new BouncyCastleProvider())) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "BC");
            generator.initialize(new ECGenParameterSpec("brainpoolP256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] der = TestKms.sign(Signature.getInstance("SHA256withECDSA", "BC"), keys.getPrivate(), MESSAGE);
            assertTrue(accepts("SHA256withECDSA", keys.getPublic(), der));
            assertFalse(accepts("SHA256withECDSA", keys.getPublic(), withZeroBeforeS(der)));
        }
    }

    /** JDK 17 itself accepts the longer signature. */
    @ParameterizedTest
    @CsvSource({"Ed25519", "EdDSA"})
    void verify_ed25519OfAnotherLength_isFalse(String name) throws GeneralSecurityException {
        KeyPair keys = pair("Ed25519", 255);
        byte[] signature = sign("Ed25519", keys);
        assertTrue(accepts(name, keys.getPublic(), signature));
        assertFalse(accepts(name, keys.getPublic(), Arrays.copyOf(signature, 65)));
        assertFalse(accepts(name, keys.getPublic(), Arrays.copyOf(signature, 63)));
    }

    @ParameterizedTest
    @CsvSource({"SHA256withRSA", "SHA1withRSA", "SHA256withRSA/PSS"})
    void verify_rsaOfAnotherLength_isFalse(String name) throws GeneralSecurityException {
        KeyPair keys = pair("RSA", 2048);
        Signature signer = Signature.getInstance(name, new BouncyCastleProvider());
        byte[] signature = TestKms.sign(signer, keys.getPrivate(), MESSAGE);
        assertTrue(accepts(name, keys.getPublic(), signature));
        assertFalse(accepts(name, keys.getPublic(), Arrays.copyOf(signature, 257)));
        byte[] longer = new byte[257];
        System.arraycopy(signature, 0, longer, 1, 256);
        assertFalse(accepts(name, keys.getPublic(), longer));
    }

    /** Bouncy Castle refuses the key with IllegalArgumentException, and the JDK accepts it. */
    @Test
    void verify_rsaKeyThatBouncyCastleRefuses_usesTheNextProvider() throws GeneralSecurityException {
        BigInteger even = BigInteger.ONE.shiftLeft(2047);
        PublicKey key = KeyFactory.getInstance("RSA", "SunRsaSign")
                .generatePublic(new RSAPublicKeySpec(even, RSAKeyGenParameterSpec.F4));
        try (InstalledProvider bouncyCastle = InstalledProvider.first(new BouncyCastleProvider())) {
            assertFalse(accepts("SHA256withRSA", key, new byte[256]));
        }
    }

    static Stream<String> curves() {
        return Stream.of("secp256r1", "secp384r1", "secp521r1", "secp256k1");
    }

    /**
     * The number r is an x coordinate modulo the order of the curve (FIPS 186-5 §6.4.1, step 6). Signatures for which
     * the reduction changes the number are too rare to find by signing. So the test chooses a point, and computes a key
     * for it.
     */
    @ParameterizedTest
    @MethodSource("curves")
    void verify_xCoordinateBeyondTheOrder_isTrue(String curve) throws GeneralSecurityException, IOException {
        X9ECParameters domain = SECNamedCurves.getByName(curve);
        BigInteger order = domain.getN();
        ECPoint point = pointBeyond(domain);
        BigInteger r = point.normalize().getAffineXCoord().toBigInteger().subtract(order);
        BigInteger s = BigInteger.TWO;
        BigInteger e = hashed(order);
        // s * R = e * G + r * Q, solved for the public key Q
        ECPoint key = point.multiply(s)
                .subtract(domain.getG().multiply(e))
                .multiply(r.modInverse(order))
                .normalize();
        BouncyCastleProvider bouncyCastle = new BouncyCastleProvider();
        PublicKey publicKey = BouncyCastleProvider.getPublicKey(
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(new ECPublicKeyParameters(
                        key,
                        new ECNamedDomainParameters(SECNamedCurves.getOID(curve), new ECDomainParameters(domain)))));
        byte[] der = new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
        Signature independent = Signature.getInstance("SHA256withECDSA", bouncyCastle);
        independent.initVerify(publicKey);
        independent.update(MESSAGE);
        assertTrue(independent.verify(der));
        assertTrue(accepts("SHA256withECDSA", publicKey, der));
    }

    /** Returns a point whose x coordinate is greater than the order of the curve. */
    private static ECPoint pointBeyond(X9ECParameters domain) {
        int length = (domain.getCurve().getFieldSize() + 7) / 8;
        for (BigInteger x = domain.getN().add(BigInteger.ONE); ; x = x.add(BigInteger.ONE)) {
            byte[] encoded = new byte[length + 1];
            // a compressed point: the x coordinate only
            encoded[0] = 2;
            System.arraycopy(BigIntegers.asUnsignedByteArray(length, x), 0, encoded, 1, length);
            try {
                return domain.getCurve().decodePoint(encoded);
            } catch (IllegalArgumentException noPoint) {
                // not every number is the x coordinate of a point
            }
        }
    }

    /** Returns the number that ECDSA signs: the leftmost bits of the digest, as many as the order has. */
    private static BigInteger hashed(BigInteger order) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        BigInteger number = new BigInteger(1, digest);
        return number.shiftRight(Math.max(0, 256 - order.bitLength()));
    }
}
