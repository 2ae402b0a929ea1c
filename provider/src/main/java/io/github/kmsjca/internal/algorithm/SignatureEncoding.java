package io.github.kmsjca.internal.algorithm;

/** The encoding of the signatures that callers get from {@code sign} and pass to {@code verify}. */
public enum SignatureEncoding {
    /** As KMS returns it: for ECDSA the DER encoding of ECDSA-Sig-Value, RFC 3279 §2.2.3. */
    KMS,
    /**
     * IEEE P1363: the two numbers of an ECDSA signature one after the other, each as long as the order of the curve.
     */
    P1363
}
