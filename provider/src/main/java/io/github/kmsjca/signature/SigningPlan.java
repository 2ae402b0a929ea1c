package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.Digest;
import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.SignatureAlgorithm;
import io.github.kmsjca.algorithm.SignatureScheme;
import io.github.kmsjca.config.EcdsaMode;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.MessageMode;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.InvalidKeyException;

/**
 * How a key makes a signature or has it verified: the scheme, the hash of the message, and whether KMS gets the message
 * or its digest. What KMS cannot do is refused when a plan is made.
 *
 * @param digest the hash that the caller asked for
 * @param kmsAlgorithm the {@code SigningAlgorithm} of KMS
 */
record SigningPlan(SignatureScheme scheme, KeySpec spec, Digest digest, boolean raw, String kmsAlgorithm) {

    static void requireFit(SignatureAlgorithm algorithm, KmsPrivateKey key) throws InvalidKeyException {
        if (!algorithm.scheme().fits(key.spec())) {
            throw new InvalidKeyException(key + " cannot sign with " + algorithm.jcaName() + "; it can with "
                    + SignatureAlgorithm.namesFor(key.spec()) + " (jarsigner and keytool: -sigalg)");
        }
    }

    /** Returns the plan for a key in KMS, as its settings want it. */
    static SigningPlan of(SignatureAlgorithm algorithm, Digest digest, KmsPrivateKey key) throws InvalidKeyException {
        KmsSettings settings = key.session().settings();
        SigningPlan plan = of(algorithm.scheme(), digest, key.spec(), settings.message() == MessageMode.RAW);
        boolean exact = plan.raw || settings.ecdsa() == EcdsaMode.STRICT;
        if (exact && plan.digest != plan.signed()) {
            throw new InvalidKeyException(key + " cannot sign with " + algorithm.jcaName() + " while "
                    + (plan.raw ? "message=raw" : "ecdsa=strict") + " is set: KMS hashes with "
                    + plan.signed().jcaName() + " for it and nothing else; use that hash (jarsigner and keytool:"
                    + " -sigalg), or drop the setting");
        }
        return plan;
    }

    /** Returns the plan for verifying here. */
    static SigningPlan local(SignatureScheme scheme, Digest digest, KeySpec spec) {
        return of(scheme, digest, spec, false);
    }

    private static SigningPlan of(SignatureScheme scheme, Digest digest, KeySpec spec, boolean raw) {
        return new SigningPlan(scheme, spec, digest, raw, scheme.kmsAlgorithm(spec, digest));
    }

    /** Returns the hash whose length KMS wants. */
    Digest signed() {
        return scheme.signedDigest(spec, digest);
    }

    SignatureInput newInput() {
        return raw ? SignatureInput.raw() : SignatureInput.digest(digest, signed().length());
    }
}
