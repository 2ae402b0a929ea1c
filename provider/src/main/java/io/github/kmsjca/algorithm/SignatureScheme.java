package io.github.kmsjca.algorithm;

/** A way of signing, which decides the keys that can and the KMS algorithm that each takes. */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5, RFC 8017 §8.2. */
    RSA_PKCS1(KeyFamily.RSA) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Digest digest) {
            return "RSASSA_PKCS1_V1_5_" + digest.kmsName();
        }
    },
    /** RSASSA-PSS, RFC 8017 §8.1, with MGF1 over the same hash and a salt as long as the hash: all that KMS offers. */
    RSA_PSS(KeyFamily.RSA) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Digest digest) {
            return "RSASSA_PSS_" + digest.kmsName();
        }
    },
    /** ECDSA, FIPS 186-5 §6. KMS knows one hash for each curve; {@link #signedDigest} tells it. */
    ECDSA(KeyFamily.EC) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Digest digest) {
            return "ECDSA_" + signedDigest(spec, digest).kmsName();
        }

        @Override
        public Digest signedDigest(KeySpec spec, Digest digest) {
            return spec.curve().orElseThrow().digest();
        }
    };

    private final KeyFamily family;

    SignatureScheme(KeyFamily family) {
        this.family = family;
    }

    /** Returns the {@code SigningAlgorithm} of KMS for a key that {@link #fits} and a message hashed with a digest. */
    public abstract String kmsAlgorithm(KeySpec spec, Digest digest);

    /** Returns the digest whose length KMS asks for, given the one that the caller asked for. */
    public Digest signedDigest(KeySpec spec, Digest digest) {
        return digest;
    }

    /** Returns whether keys of a spec can sign this way. */
    public boolean fits(KeySpec spec) {
        return spec.family() == family;
    }
}
