package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.client.Causes;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyDescription;
import io.github.kmsjca.internal.client.KeyReference;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.client.PublicKeyAnswer;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.CurveDomain;
import io.github.kmsjca.internal.handle.KeyIdentity;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;

/** Creates handles from KMS answers and certificates. Thread-safe. */
record HandleFactory(Connection connection) {

    /**
     * Returns the handle to a key. Asks KMS for the public key. If the key is not a key pair, asks KMS for the key's
     * description.
     *
     * @throws KmsException if the KMS call fails, or the provider does not support the key
     */
    KmsHandle ask(KeyId id) {
        KeyReference reference = KeyReference.of(id);
        try {
            return pair(reference, connection.calls().publicKey(reference));
        } catch (KmsException e) {
            if (!KmsErrors.isNoKeyPair(e)) {
                throw e;
            }
            return askSecret(id);
        }
    }

    /** Returns the handle to a key that is not a key pair. Asks KMS for the key's description. */
    KmsHandle askSecret(KeyId id) {
        KeyReference reference = KeyReference.of(id);
        KeyDescription answer = connection.calls().describe(reference);
        MacAlgorithm algorithm = KeySpec.named(answer.keySpec())
                .flatMap(MacAlgorithm::of)
                .orElseThrow(() -> KmsErrors.unusable("key " + id + " has key spec "
                        + ForeignText.of(answer.keySpec())
                        + ", which this provider does not support; name an asymmetric or an HMAC key"));
        reference.accept(answer.arn().text());
        return new MacHandle(answer.arn(), reference, algorithm, connection);
    }

    private KmsHandle pair(KeyReference key, PublicKeyAnswer answer) {
        try {
            KeySpec spec = spec(key, answer);
            PublicKey publicKey = PublicKeys.parse(spec, answer.publicKey());
            CurveDomain.requireOnCurve(spec, publicKey);
            KeyIdentity identity = new KeyIdentity(
                    answer.arn(),
                    key,
                    KeyIdentity.Source.KMS,
                    spec,
                    KeyUsage.named(answer.keyUsage()).orElse(null));
            key.accept(answer.arn().text());
            return PairHandle.of(identity, publicKey, connection);
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            if (e.getCause() instanceof NoSuchAlgorithmException) {
                // the JVM is the cause, not the KMS answer
                throw KmsErrors.unusable("key " + key + " cannot be used: " + e.getMessage(), e);
            }
            throw KmsErrors.unusable(
                    "the KMS answer for key " + key + " does not contain a readable public key" + reason(e)
                            + "; check the endpoint and the proxies on the way to it",
                    e);
        }
    }

    /**
     * Returns the text of the innermost cause that has a text, in parentheses. Empty if there is no text. The outer
     * exceptions of the JDK only repeat the text of their cause behind a class name.
     */
    static String reason(Exception unreadable) {
        String reason = "";
        for (Throwable cause : Causes.of(unreadable)) {
            String text = cause.getMessage();
            reason = text == null ? reason : " (" + ForeignText.of(text) + ")";
        }
        return reason;
    }

    /** Returns the key spec from the answer, or from the public key if the answer does not say. */
    private static KeySpec spec(KeyReference key, PublicKeyAnswer answer) {
        if (answer.keySpec().isEmpty()) {
            return PublicKeys.spec(answer.publicKey())
                    .orElseThrow(() -> KmsErrors.unusable("the KMS answer for key " + key
                            + " names no key spec, and this version of kms-jca does not know this type of"
                            + " public key; use a newer version"));
        }
        String name = answer.keySpec().get();
        return KeySpec.named(name)
                .orElseThrow(() -> KmsErrors.unusable("key " + key + " has key spec " + ForeignText.of(name)
                        + ", which this version of kms-jca does not know; use a newer version"));
    }

    /**
     * Returns the handle to a key with the public key from its certificate, without a KMS call.
     *
     * @throws KmsException if no KMS key can have this public key
     */
    PairHandle certified(KeyId id, PublicKey publicKey) {
        KeySpec spec = PublicKeys.spec(publicKey)
                .orElseThrow(() -> KmsErrors.unusable("the certificate for key " + id
                        + " contains a public key (" + ForeignText.of(publicKey.getAlgorithm())
                        + ") that no KMS key can have; import the certificate of this KMS key"));
        return PairHandle.of(
                new KeyIdentity(id, KeyReference.of(id), KeyIdentity.Source.CERTIFICATE, spec, null),
                publicKey,
                connection);
    }
}
