package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyDescription;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.client.PublicKeyAnswer;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KeyIdentity;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;

/** Creates handles from KMS answers and certificates. Thread-safe. */
record HandleFactory(Connection connection) {

    /**
     * Returns the handle to a key. Asks KMS for the public key, or for the description if the key is not a key pair.
     *
     * @throws KmsException if the KMS call fails, or the provider does not support such a key
     */
    KmsHandle ask(KeyId id) {
        try {
            return pair(id, connection.calls().publicKey(id));
        } catch (KmsException e) {
            if (!KmsErrors.isNoKeyPair(e)) {
                throw e;
            }
            return askSecret(id);
        }
    }

    /** Returns the handle to a key that is not a key pair. Asks KMS for its description. */
    KmsHandle askSecret(KeyId id) {
        return secret(id, connection.calls().describe(id));
    }

    private KmsHandle pair(KeyId id, PublicKeyAnswer answer) {
        requireSame(id, answer.arn());
        KeySpec spec = KeySpec.named(answer.keySpec())
                .orElseThrow(() -> KmsErrors.unusable("key " + id + " has key spec " + ForeignText.of(answer.keySpec())
                        + ", which this version does not know"));
        try {
            KeyIdentity identity = new KeyIdentity(
                    answer.arn(), spec, KeyUsage.named(answer.keyUsage()).orElse(null));
            return PairHandle.of(identity, PublicKeys.parse(spec, answer.publicKey()), connection);
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw KmsErrors.unusable("the KMS answer for key " + id + " does not contain a readable public key", e);
        }
    }

    private KmsHandle secret(KeyId id, KeyDescription answer) {
        MacAlgorithm algorithm = KeySpec.named(answer.keySpec())
                .flatMap(MacAlgorithm::of)
                .orElseThrow(() -> KmsErrors.unusable("key " + id + " has key spec "
                        + ForeignText.of(answer.keySpec())
                        + ", which this provider does not support; name an asymmetric or an HMAC key"));
        requireSame(id, answer.arn());
        return new MacHandle(answer.arn(), algorithm, connection);
    }

    /** Checks that KMS answered for the requested key. An alias may point to any key, but a key id means one key. */
    private static void requireSame(KeyId asked, KeyId answered) {
        boolean sameAccount = asked.account().isEmpty() || asked.account().equals(answered.account());
        if (!asked.isAlias() && (!sameAccount || !asked.name().equals(answered.name()))) {
            throw KmsErrors.unusable("KMS returned key " + answered + " instead of key " + asked
                    + "; check the endpoint and the proxies on the way to it");
        }
    }

    /**
     * Returns the handle to a key with the public key from its certificate, without a call.
     *
     * @throws ProviderException if no KMS key can have such a public key
     */
    PairHandle certified(KeyId id, PublicKey publicKey) {
        KeySpec spec = PublicKeys.spec(publicKey)
                .orElseThrow(() -> new ProviderException("the certificate for key " + id
                        + " contains a public key (" + ForeignText.of(publicKey.getAlgorithm())
                        + ") that no KMS key can have; import the certificate of this KMS key"));
        return PairHandle.of(new KeyIdentity(id, spec, null), publicKey, connection);
    }
}
