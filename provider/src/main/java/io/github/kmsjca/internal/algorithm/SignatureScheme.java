package io.github.kmsjca.internal.algorithm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A signature scheme. It decides which keys can sign and which KMS algorithm each key uses. */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5, RFC 8017 §8.2. */
    RSA_PKCS1(KeyFamily.RSA, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, @Nullable Digest digest) {
            return "RSASSA_PKCS1_V1_5_" + Objects.requireNonNull(digest).requireKmsName();
        }
    },
    /** RSASSA-PSS, RFC 8017 §8.1. KMS supports only MGF1 over the same hash and a salt as long as the hash. */
    RSA_PSS(KeyFamily.RSA, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, @Nullable Digest digest) {
            return "RSASSA_PSS_" + Objects.requireNonNull(digest).requireKmsName();
        }
    },
    /** ECDSA, FIPS 186-5 §6. KMS supports one hash for each curve, which {@link #signedDigest} returns. */
    ECDSA(KeyFamily.EC, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, @Nullable Digest digest) {
            return "ECDSA_" + spec.curve().orElseThrow().digest().requireKmsName();
        }

        @Override
        public Optional<Digest> signedDigest(KeySpec spec, @Nullable Digest digest) {
            return spec.curve().map(Curve::digest);
        }

        @Override
        public String acceptedParameters() {
            return "only an ECParameterSpec of the key's own curve";
        }
    },
    /** Ed25519 without prehash, RFC 8032 §5.1. */
    ED25519(KeyFamily.EDDSA, MessageType.RAW) {
        @Override
        public String kmsAlgorithm(KeySpec spec, @Nullable Digest digest) {
            return "ED25519_SHA_512";
        }

        @Override
        public String acceptedParameters() {
            return "only an EdDSAParameterSpec";
        }

        @Override
        public String kmsParametersNote() {
            return " without prehash and context: KMS supports no context, and it would hash a prehash again, which"
                    + " gives a different signature";
        }
    },
    /**
     * ML-DSA without prehash, with an empty context, FIPS 204 §5.2. The provider computes µ, so no message is too long.
     */
    ML_DSA(KeyFamily.ML_DSA, MessageType.EXTERNAL_MU) {
        @Override
        public String kmsAlgorithm(KeySpec spec, @Nullable Digest digest) {
            return "ML_DSA_SHAKE_256";
        }

        @Override
        public String acceptedParameters() {
            return "no parameters, because KMS signs only with an empty context and without prehash";
        }
    },
    /** SM2 with SM3 and the default identifier of the signer, GM/T 0003.2 §6 and RFC 8998 §3.2.1. */
    SM2(KeyFamily.SM2, MessageType.DIGEST) {
        @Override
        public String kmsAlgorithm(KeySpec spec, @Nullable Digest digest) {
            return "SM2DSA";
        }
    };

    private final KeyFamily family;
    private final MessageType messageType;

    SignatureScheme(KeyFamily family, MessageType messageType) {
        this.family = family;
        this.messageType = messageType;
    }

    /**
     * Returns the KMS {@code SigningAlgorithm} for a key spec that {@link #fits}.
     *
     * @param digest the hash that the algorithm name, the parameters or the DigestInfo chooses; null if none does
     */
    public abstract String kmsAlgorithm(KeySpec spec, @Nullable Digest digest);

    /**
     * Returns the hash whose length KMS requires for a digest; empty if KMS takes no digest, or if {@code digest} is
     * null and the key spec does not decide the hash.
     *
     * @param digest the hash that the algorithm name, the parameters or the DigestInfo chooses; null if none does
     */
    public Optional<Digest> signedDigest(KeySpec spec, @Nullable Digest digest) {
        return Optional.ofNullable(digest);
    }

    /** Returns which parameters the scheme takes, for error texts that say "takes …". Not for PSS. */
    public String acceptedParameters() {
        return "no parameters";
    }

    /**
     * Returns what KMS does not support in the {@link #acceptedParameters} and why, to append to them in error texts
     * about KMS keys; empty if there is nothing to add.
     */
    public String kmsParametersNote() {
        return "";
    }

    /** Returns whether keys of the given spec can sign with this scheme. */
    public boolean fits(KeySpec spec) {
        return spec.family() == family;
    }

    /** Returns the type of message that KMS gets, unless the setting {@code message} requires whole messages. */
    public MessageType messageType() {
        return messageType;
    }
}
