package io.github.kmsjca.internal.algorithm;

import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link KeySpec} row. Rows use the factory methods, because the name of each method says the family.
 *
 * @param bits the length of the RSA modulus, of the curve's field or of the secret key; 0 if there is none
 * @param parameters the JCA name of the curve or parameter set; null if there is none
 * @param oid the object identifier of the curve or parameter set; null if there is none
 * @param signatureLength the length of a signature in bytes; 0 if the length varies or keys of the spec do not sign
 * @param publicKeyLength the length of the content of {@code subjectPublicKey} in bytes; 0 if only its parser checks it
 * @param curve the curve of the families EC and SM2; null for other families, also for EdDSA
 */
record KeyFacts(
        KeyFamily family,
        int bits,
        @Nullable String parameters,
        @Nullable String oid,
        int signatureLength,
        int publicKeyLength,
        @Nullable Curve curve) {

    static KeyFacts rsa(int modulusBits) {
        return new KeyFacts(KeyFamily.RSA, modulusBits, null, null, modulusBits / Byte.SIZE, 0, null);
    }

    static KeyFacts ec(Curve curve) {
        return onCurve(KeyFamily.EC, curve);
    }

    static KeyFacts sm2(Curve curve) {
        return onCurve(KeyFamily.SM2, curve);
    }

    private static KeyFacts onCurve(KeyFamily family, Curve curve) {
        return new KeyFacts(family, curve.bits(), curve.jcaName(), curve.oid(), 0, 0, curve);
    }

    /** Returns the facts for an Edwards curve. A signature has two parts, each as long as a point (RFC 8032 §5.1.6). */
    static KeyFacts edwards(String name, String oid, int bits) {
        return new KeyFacts(KeyFamily.EDDSA, bits, name, oid, 2 * bytes(bits), 0, null);
    }

    /** Returns the facts for a parameter set with the lengths of FIPS 204, table 2. */
    static KeyFacts mlDsa(String parameterSet, String oid, int signatureLength, int publicKeyLength) {
        return new KeyFacts(KeyFamily.ML_DSA, 0, parameterSet, oid, signatureLength, publicKeyLength, null);
    }

    static KeyFacts mlKem(String parameterSet, String oid) {
        return new KeyFacts(KeyFamily.ML_KEM, 0, parameterSet, oid, 0, 0, null);
    }

    static KeyFacts hmac(int bits) {
        return new KeyFacts(KeyFamily.HMAC, bits, null, null, 0, 0, null);
    }

    /** Returns the number of bytes that hold the given number of bits. */
    static int bytes(int bits) {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
