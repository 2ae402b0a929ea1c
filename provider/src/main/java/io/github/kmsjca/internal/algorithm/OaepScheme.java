package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * RSAES-OAEP (RFC 8017 §7.1) as KMS does it: MGF1 over the same hash, and an empty label. Constants are spelled as KMS
 * spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html">KMS API Encrypt</a>
 */
public enum OaepScheme {
    RSAES_OAEP_SHA_1(Digest.SHA_1),
    RSAES_OAEP_SHA_256(Digest.SHA_256);

    private final Digest digest;

    OaepScheme(Digest digest) {
        this.digest = digest;
    }

    /** Returns the scheme for a hash, by any name that {@link Digest#named} accepts; empty if KMS has none. */
    public static Optional<OaepScheme> of(String digestName) {
        return Arrays.stream(values())
                .filter(scheme -> Digest.named(digestName).equals(Optional.of(scheme.digest)))
                .findFirst();
    }

    /** Returns the names of the hashes of all schemes, separated by "or", for error texts. */
    public static String digestNames() {
        return Arrays.stream(values()).map(scheme -> scheme.digest.jcaName()).collect(Collectors.joining(" or "));
    }

    /** Returns the hash that OAEP and MGF1 use. */
    public Digest digest() {
        return digest;
    }

    /** Returns the maximum plaintext length for a modulus length, both in bytes (RFC 8017 §7.1.1). */
    public int maxPlaintextLength(int modulusLength) {
        return modulusLength - 2 * digest.length() - 2;
    }
}
