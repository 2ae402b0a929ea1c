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
 * How a key makes a signature: the scheme, the hash of the message, the hash whose length KMS wants, and whether KMS
 * gets the message or its digest. What KMS cannot do is refused when a plan is made.
 */
record SigningPlan(SignatureScheme scheme, Digest digest, Digest signed, boolean raw, String kmsAlgorithm) {

    static void requireFit(SignatureAlgorithm algorithm, KmsPrivateKey key) throws InvalidKeyException {
        if (!algorithm.scheme().fits(key.spec())) {
            throw new InvalidKeyException(key + " cannot sign with " + algorithm.jcaName() + "; it can with "
                    + SignatureAlgorithm.namesFor(key.spec()) + " (jarsigner and keytool: -sigalg)");
        }
    }

    static SigningPlan of(SignatureAlgorithm algorithm, Digest digest, KmsPrivateKey key) throws InvalidKeyException {
        SignatureScheme scheme = algorithm.scheme();
        KeySpec spec = key.spec();
        KmsSettings settings = key.session().settings();
        SigningPlan plan = new SigningPlan(
                scheme,
                digest,
                scheme.signedDigest(spec, digest),
                settings.message() == MessageMode.RAW,
                scheme.kmsAlgorithm(spec, digest));
        plan.requireAllowed(algorithm, key, settings);
        return plan;
    }

    private void requireAllowed(SignatureAlgorithm algorithm, KmsPrivateKey key, KmsSettings settings)
            throws InvalidKeyException {
        if (digest == signed) {
            return;
        }
        if (raw || settings.ecdsa() == EcdsaMode.STRICT) {
            throw new InvalidKeyException(key + " cannot sign with " + algorithm.jcaName() + " while "
                    + (raw ? "message=raw" : "ecdsa=strict") + ": KMS itself hashes for it with " + signed.jcaName()
                    + " only; use that hash (jarsigner and keytool: -sigalg), or drop the setting");
        }
    }

    SignatureInput newInput() {
        return raw ? SignatureInput.raw() : SignatureInput.digest(digest, signed.length());
    }
}
