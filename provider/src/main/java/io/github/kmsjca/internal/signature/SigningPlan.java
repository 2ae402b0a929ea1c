package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.handle.SigningHandle;
import io.github.kmsjca.internal.library.LibraryFeature;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a key signs or verifies. {@link #of} refuses a combination that KMS does not support or a setting forbids.
 *
 * @param digest the hash that the algorithm name, the parameters or the DigestInfo chooses; empty if none does, or if
 *     the DigestInfo is not known yet
 * @param messagePolicy which form of the message is signed or verified
 */
record SigningPlan(
        SignatureAlgorithm algorithm,
        KeySpec spec,
        PublicKey publicKey,
        Optional<Digest> digest,
        MessagePolicy messagePolicy) {

    /** Returns the plan for a KMS key, with its settings. */
    static SigningPlan of(SignatureAlgorithm algorithm, @Nullable Digest digest, SigningHandle key)
            throws InvalidKeyException {
        MessagePolicy messagePolicy = MessagePolicy.of(key.settings());
        SigningPlan plan =
                new SigningPlan(algorithm, key.spec(), key.publicKey(), Optional.ofNullable(digest), messagePolicy);
        plan.requireLibrary();
        boolean hashedByCaller = algorithm.hashing() == Hashing.BY_CALLER;
        if (hashedByCaller && messagePolicy == MessagePolicy.WHOLE_MESSAGE) {
            throw new InvalidKeyException(key + " cannot be used with " + algorithm.jcaName()
                    + " while message=raw is set: the input of " + algorithm.jcaName()
                    + " is already a digest; use an algorithm that hashes the message, or remove the setting");
        }
        if (!hashedByCaller
                && messagePolicy != MessagePolicy.FITTED_DIGEST
                && !plan.digest().equals(plan.signedDigest())) {
            throw new InvalidKeyException(key + " cannot be used with " + algorithm.jcaName() + " while "
                    + (messagePolicy == MessagePolicy.WHOLE_MESSAGE ? "message=raw" : "ecdsa=strict")
                    + " is set: for this key KMS uses only the hash "
                    + plan.signedDigest().orElseThrow().jcaName() + "; use that hash (option -sigalg of"
                    + " jarsigner and keytool), or remove the setting");
        }
        return plan;
    }

    /**
     * Checks that Bouncy Castle, which verifies the signatures, knows the algorithm.
     *
     * @throws InvalidKeyException if Bouncy Castle is too old
     */
    void requireLibrary() throws InvalidKeyException {
        if (algorithm.scheme() == SignatureScheme.ML_DSA) {
            LibraryFeature.ML_DSA.require();
        }
    }

    /** Returns the plan for local verification. Does not check that KMS supports the combination. */
    static SigningPlan local(SignatureAlgorithm algorithm, KeySpec spec, PublicKey publicKey) {
        return new SigningPlan(algorithm, spec, publicKey, algorithm.digest(), MessagePolicy.VERIFIED_DIGEST);
    }

    /** Returns this plan with the hash algorithm of the DigestInfo in the message. */
    SigningPlan withDigest(Digest found) {
        return new SigningPlan(algorithm, spec, publicKey, Optional.of(found), messagePolicy);
    }

    /** Returns the plan to verify a signature here, from the digest. KMS may have signed the whole message. */
    SigningPlan hashingLocally() {
        return new SigningPlan(algorithm, spec, publicKey, digest, MessagePolicy.FITTED_DIGEST);
    }

    MessageType messageType() {
        return messagePolicy == MessagePolicy.WHOLE_MESSAGE
                ? MessageType.RAW
                : algorithm.scheme().messageType();
    }

    /** Returns the {@code SigningAlgorithm} for the request. */
    String kmsAlgorithm() {
        return algorithm.scheme().kmsAlgorithm(spec, digest.orElse(null));
    }

    /** Returns the hash whose length KMS expects for a digest; empty if KMS takes no digest, or it is not known yet. */
    Optional<Digest> signedDigest() {
        return algorithm.scheme().signedDigest(spec, digest.orElse(null));
    }
}
