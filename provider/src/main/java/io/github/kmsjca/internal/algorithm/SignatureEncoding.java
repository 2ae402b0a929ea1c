package io.github.kmsjca.internal.algorithm;

/** The form in which a caller wants a signature. */
public enum SignatureEncoding {
    /** As KMS makes it: for ECDSA the DER of ECDSA-Sig-Value, RFC 3279 §2.2.3. */
    KMS,
    /** Both numbers of an ECDSA signature one after the other, each as long as the order, IEEE P1363. */
    P1363
}
