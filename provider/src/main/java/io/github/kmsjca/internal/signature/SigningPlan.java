package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Optional;

/**
 * How a key makes a signature or has it verified. What KMS cannot do is refused when a plan is made.
 *
 * @param digest the hash that the caller asked for, empty where there is none or it comes with the message
 */
record SigningPlan(
        SignatureAlgorithm algorithm,
        KeySpec spec,
        PublicKey publicKey,
        Optional<Digest> digest,
        DigestPolicy sending) {

    /** Returns the plan for a key in KMS, as its settings want it. */
    static SigningPlan of(SignatureAlgorithm algorithm, Optional<Digest> digest, SigningHandle key)
            throws InvalidKeyException {
        DigestPolicy sending = DigestPolicy.of(key.settings());
        SigningPlan plan = new SigningPlan(algorithm, key.spec(), key.publicKey(), digest, sending);
        boolean byCaller = algorithm.hashing() == Hashing.BY_CALLER;
        if (byCaller && sending == DigestPolicy.WHOLE) {
            throw new InvalidKeyException(key + " cannot sign with " + algorithm.jcaName()
                    + " while message=raw is set: what it signs is a digest already; use an algorithm that hashes the"
                    + " message, or drop the setting");
        }
        if (!byCaller && sending != DigestPolicy.FITTED && !digest.equals(plan.signedDigest())) {
            throw new InvalidKeyException(key + " cannot sign with " + algorithm.jcaName() + " while "
                    + (sending == DigestPolicy.WHOLE ? "message=raw" : "ecdsa=strict") + " is set: KMS hashes with "
                    + plan.signedDigest().orElseThrow().jcaName() + " for it and nothing else; use that hash (jarsigner"
                    + " and keytool: -sigalg), or drop the setting");
        }
        return plan;
    }

    /** Returns the plan for verifying here. */
    static SigningPlan local(SignatureAlgorithm algorithm, KeySpec spec, PublicKey publicKey) {
        return new SigningPlan(algorithm, spec, publicKey, algorithm.digest(), DigestPolicy.FITTED);
    }

    /** Returns this plan with the hash that came with the message. */
    SigningPlan with(Digest found) {
        return new SigningPlan(algorithm, spec, publicKey, Optional.of(found), sending);
    }

    /** Returns this plan with what KMS makes of a whole message made here. */
    SigningPlan digested() {
        return new SigningPlan(algorithm, spec, publicKey, digest, DigestPolicy.FITTED);
    }

    /** Returns whether not every supported version of the JDK can verify this. */
    boolean isBeyondJdk() {
        return !spec.isKnownToEveryJdk();
    }

    MessageType messageType() {
        return sending == DigestPolicy.WHOLE
                ? MessageType.RAW
                : algorithm.scheme().messageType();
    }

    /** Returns the {@code SigningAlgorithm} of KMS. */
    String kmsAlgorithm() {
        return algorithm.scheme().kmsAlgorithm(spec, digest);
    }

    /** Returns the hash whose length KMS wants. */
    Optional<Digest> signedDigest() {
        return algorithm.scheme().signedDigest(spec, digest);
    }
}
