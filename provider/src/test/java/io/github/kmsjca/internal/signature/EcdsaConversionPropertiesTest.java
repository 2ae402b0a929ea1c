package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.handle.CurveDomain;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;

/**
 * Tests the conversions of ECDSA signatures and digests with any numbers (RFC 3279 §2.2.3, IEEE P1363 and FIPS 186-5
 * §6.4.1, step 2).
 */
class EcdsaConversionPropertiesTest {
    private static final String NOT_A_PAIR =
            "the bytes are not two numbers in DER, each between zero and the order of the curve";

    /** A curve, and two numbers below its order. */
    record Numbers(KeySpec spec, BigInteger r, BigInteger s) {
        BigInteger order() {
            return CurveDomain.order(spec);
        }

        byte[] der() {
            return sequence(r, s);
        }

        byte[] p1363() {
            int length = (order().bitLength() + 7) / 8;
            byte[] p1363 = Arrays.copyOf(BigIntegers.asUnsignedByteArray(length, r), 2 * length);
            System.arraycopy(BigIntegers.asUnsignedByteArray(length, s), 0, p1363, length, length);
            return p1363;
        }
    }

    @Provide
    Arbitrary<Numbers> signatures() {
        return Arbitraries.of(
                        KeySpec.ECC_NIST_P256,
                        KeySpec.ECC_NIST_P384,
                        KeySpec.ECC_NIST_P521,
                        KeySpec.ECC_SECG_P256K1,
                        KeySpec.SM2)
                .flatMap(spec -> Combinators.combine(number(spec), number(spec)).as((r, s) -> new Numbers(spec, r, s)));
    }

    /**
     * Returns small and large numbers, numbers with the highest bit set or with leading zeros, and the smallest and
     * largest number.
     */
    private static Arbitrary<BigInteger> number(KeySpec spec) {
        BigInteger last = CurveDomain.order(spec).subtract(BigInteger.ONE);
        Arbitrary<BigInteger> any = Arbitraries.bigIntegers().between(BigInteger.ONE, last);
        Arbitrary<BigInteger> shifted = Combinators.combine(
                        any, Arbitraries.integers().between(0, last.bitLength() - 1))
                .as((number, bits) -> number.shiftRight(bits).max(BigInteger.ONE));
        return Arbitraries.oneOf(any, shifted, Arbitraries.of(BigInteger.ONE, last, last.shiftRight(1)));
    }

    @Property
    void toP1363_anyNumbers_areAsLongAsTheOrder(@ForAll("signatures") Numbers numbers) throws SignatureException {
        assertArrayEquals(numbers.p1363(), EcdsaConversion.toP1363(numbers.der(), numbers.order()));
    }

    @Property
    void fromP1363_anyNumbers_returnsMinimalDer(@ForAll("signatures") Numbers numbers) throws SignatureException {
        assertArrayEquals(numbers.der(), EcdsaConversion.fromP1363(numbers.p1363(), numbers.order()));
    }

    @Property
    void numbers_trailingBytes_areRefused(
            @ForAll("signatures") Numbers numbers, @ForAll @Size(min = 1, max = 5) byte[] garbage) {
        byte[] der = numbers.der();
        byte[] longer = Arrays.copyOf(der, der.length + garbage.length);
        System.arraycopy(garbage, 0, longer, der.length, garbage.length);
        assertRefused(longer, numbers.order());
    }

    @Property
    void numbers_truncatedEncoding_isRefused(
            @ForAll("signatures") Numbers numbers, @ForAll @IntRange(max = 200) int at) {
        byte[] der = numbers.der();
        assertRefused(Arrays.copyOf(der, at % der.length), numbers.order());
    }

    @Property
    void numbers_outOfRange_areRefused(@ForAll("signatures") Numbers numbers) {
        BigInteger order = numbers.order();
        for (BigInteger wrong : List.of(
                BigInteger.ZERO, BigInteger.ONE.negate(), numbers.r().negate(), order, order.add(numbers.s()))) {
            assertRefused(sequence(wrong, numbers.s()), order);
            assertRefused(sequence(numbers.r(), wrong), order);
        }
    }

    /** DER has one encoding for each value (X.690 §10 and §8.3.2). */
    @Property
    void numbers_changedByte_isRefusedUnlessTheResultIsDer(
            @ForAll("signatures") Numbers numbers, @ForAll @IntRange(max = 200) int at, @ForAll byte change) {
        byte[] changed = numbers.der();
        changed[at % changed.length] ^= change;
        try {
            BigInteger[] read = EcdsaConversion.numbers(changed, numbers.order());
            assertArrayEquals(changed, sequence(read[0], read[1]));
        } catch (SignatureException refused) {
            assertEquals(NOT_A_PAIR, refused.getMessage());
        }
    }

    @Property
    void numbers_extraLeadingZero_isRefused(@ForAll("signatures") Numbers numbers) {
        byte[] r = numbers.r().toByteArray();
        byte[] s = numbers.s().toByteArray();
        int length = r.length + s.length + 5;
        byte[] der = new byte[length + 2];
        // leaves out longer sequences, of large curves, because they need a second byte for the length
        if (length < 128) {
            der[0] = 0x30;
            der[1] = (byte) length;
            der[2] = 2;
            der[3] = (byte) (r.length + 1);
            System.arraycopy(r, 0, der, 5, r.length);
            der[5 + r.length] = 2;
            der[6 + r.length] = (byte) s.length;
            System.arraycopy(s, 0, der, 7 + r.length, s.length);
            assertRefused(der, numbers.order());
        }
    }

    @Property
    void fromP1363_wrongLengthOrOutOfRange_isRefused(@ForAll("signatures") Numbers numbers) {
        byte[] p1363 = numbers.p1363();
        for (byte[] wrong : List.of(
                new byte[0],
                Arrays.copyOf(p1363, p1363.length - 1),
                Arrays.copyOf(p1363, p1363.length + 1),
                new byte[p1363.length])) {
            String text = assertThrows(
                            SignatureException.class, () -> EcdsaConversion.fromP1363(wrong, numbers.order()))
                    .getMessage();
            assertEquals("not an ECDSA signature in the form of IEEE P1363", text);
        }
    }

    @Example
    void numbers_notASequenceOfTwoIntegers_isRefused() throws IOException {
        ASN1EncodableVector three = new ASN1EncodableVector();
        three.add(new ASN1Integer(1));
        three.add(new ASN1Integer(1));
        three.add(new ASN1Integer(1));
        assertRefused(new DERSequence(three).getEncoded(), CurveDomain.order(KeySpec.ECC_NIST_P256));
        ASN1EncodableVector nested = new ASN1EncodableVector();
        nested.add(new ASN1Integer(1));
        nested.add(new DERSequence());
        assertRefused(new DERSequence(nested).getEncoded(), CurveDomain.order(KeySpec.ECC_NIST_P256));
    }

    /** ECDSA signs a number: the leftmost bits of the digest, as many as the order of the curve has. */
    @Property
    void fit_anyDigest_keepsTheNumberThatEcdsaSigns(@ForAll("digests") byte[] digest, @ForAll("curves") KeySpec spec) {
        int bits = CurveDomain.order(spec).bitLength();
        // for P-521, KMS signs digests of SHA-512, which are shorter than the order
        int length = spec == KeySpec.ECC_NIST_P521 ? 64 : bits / 8;
        byte[] fitted = EcdsaConversion.fit(digest, length);
        assertEquals(length, fitted.length);
        assertEquals(leftmost(digest, bits), leftmost(fitted, bits));
        // fit may return the caller's array only if the array has the right length
        assertTrue(fitted != digest || digest.length == length);
    }

    @Provide
    Arbitrary<KeySpec> curves() {
        return Arbitraries.of(
                KeySpec.ECC_NIST_P256, KeySpec.ECC_NIST_P384, KeySpec.ECC_NIST_P521, KeySpec.ECC_SECG_P256K1);
    }

    @Provide
    Arbitrary<byte[]> digests() {
        return Arbitraries.of(20, 28, 32, 48, 64)
                .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length));
    }

    /** Returns the number in the leftmost bits of a digest, or in the whole digest if it is shorter. */
    private static BigInteger leftmost(byte[] digest, int bits) {
        BigInteger number = new BigInteger(1, digest);
        int excess = digest.length * 8 - bits;
        return excess > 0 ? number.shiftRight(excess) : number;
    }

    private static void assertRefused(byte[] der, BigInteger order) {
        String text = assertThrows(SignatureException.class, () -> EcdsaConversion.numbers(der, order))
                .getMessage();
        assertEquals(NOT_A_PAIR, text);
    }

    private static byte[] sequence(BigInteger r, BigInteger s) {
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(r));
        numbers.add(new ASN1Integer(s));
        try {
            return new DERSequence(numbers).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
