package io.github.kmsjca.internal.algorithm;

import java.util.Optional;

/** A way of signing, which decides the keys that can and the KMS algorithm that each takes. */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5, RFC 8017 §8.2. */
    RSA_PKCS1(KeyFamily.RSA, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Optional<Digest> digest) {
            return "RSASSA_PKCS1_V1_5_" + digest.orElseThrow().requireKmsName();
        }
    },
    /** RSASSA-PSS, RFC 8017 §8.1, with MGF1 over the same hash and a salt as long as the hash: all that KMS offers. */
    RSA_PSS(KeyFamily.RSA, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Optional<Digest> digest) {
            return "RSASSA_PSS_" + digest.orElseThrow().requireKmsName();
        }
    },
    /** ECDSA, FIPS 186-5 §6. KMS knows one hash for each curve; {@link #signedDigest} tells it. */
    ECDSA(KeyFamily.EC, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Optional<Digest> digest) {
            return "ECDSA_" + spec.curve().orElseThrow().digest().requireKmsName();
        }

        @Override
        public Optional<Digest> signedDigest(KeySpec spec, Optional<Digest> digest) {
            return spec.curve().map(Curve::digest);
        }
    },
    /** Ed25519 without prehash, RFC 8032 §5.1. */
    ED25519(KeyFamily.EDDSA, MessageType.RAW) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Optional<Digest> digest) {
            return "ED25519_SHA_512";
        }

        @Override
        public String whyNoParameters() {
            return ": KMS hashes a prehash once more, which makes another signature, and has no contexts";
        }
    },
    /** ML-DSA without prehash, with an empty context, FIPS 204 §5.2. µ is made here, so no message is too long. */
    ML_DSA(KeyFamily.ML_DSA, MessageType.EXTERNAL_MU) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Optional<Digest> digest) {
            return "ML_DSA_SHAKE_256";
        }

        @Override
        public String whyNoParameters() {
            return ": KMS signs with an empty context and without prehash";
        }
    },
    /** SM2 with SM3 and the usual identifier of the signer, GM/T 0003.2 §6 and RFC 8998 §3.2.1. */
    SM2(KeyFamily.SM2, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, Optional<Digest> digest) {
            return "SM2DSA";
        }
    };

    private final KeyFamily family;
    private final MessageType messageType;

    SignatureScheme(KeyFamily family, MessageType messageType) {
        this.family = family;
        this.messageType = messageType;
    }

    /** Returns the {@code SigningAlgorithm} of KMS for a key that {@link #fits} and a message hashed with a digest. */
    public abstract String kmsAlgorithm(KeySpec spec, Optional<Digest> digest);

    /** Returns the digest whose length KMS asks for, given the one that the caller asked for. */
    public Optional<Digest> signedDigest(KeySpec spec, Optional<Digest> digest) {
        return digest;
    }

    /** Returns the reason, for error texts, why parameters are refused that other providers may take; may be empty. */
    public String whyNoParameters() {
        return "";
    }

    /** Returns whether keys of a spec can sign this way. */
    public boolean fits(KeySpec spec) {
        return spec.family() == family;
    }

    /** Returns what KMS gets, unless the caller wants messages sent whole. */
    public MessageType messageType() {
        return messageType;
    }
}
