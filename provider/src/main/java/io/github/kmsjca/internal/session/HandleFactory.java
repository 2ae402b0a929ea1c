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

/** Makes handles from what KMS or a certificate says of a key. Thread-safe. */
record HandleFactory(Connection connection) {

    /**
     * Asks KMS for a key: for its public key, and if it has none for what it is.
     *
     * @throws KmsException if KMS refuses, or the provider has no use for such a key
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

    /** Asks KMS for a key that is known to be no pair. */
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
            throw KmsErrors.unusable("what KMS answered for key " + id + " cannot be read as a public key", e);
        }
    }

    private KmsHandle secret(KeyId id, KeyDescription answer) {
        MacAlgorithm algorithm = KeySpec.named(answer.keySpec())
                .flatMap(MacAlgorithm::of)
                .orElseThrow(() -> KmsErrors.unusable("key " + id + " has key spec "
                        + ForeignText.of(answer.keySpec())
                        + ", of which no service of this provider has a use; name an asymmetric or an HMAC key"));
        requireSame(id, answer.arn());
        return new MacHandle(answer.arn(), algorithm, connection);
    }

    /** An alias may point to any key; an identifier of a key means that key, in any Region. */
    private static void requireSame(KeyId asked, KeyId answered) {
        boolean sameAccount = asked.account().isEmpty() || asked.account().equals(answered.account());
        if (!asked.isAlias() && (!sameAccount || !asked.name().equals(answered.name()))) {
            throw KmsErrors.unusable("KMS was asked for key " + asked + " and answered for key " + answered
                    + ", which is not used; look at what stands between this machine and KMS");
        }
    }

    /** Returns the handle to a key whose public key a certificate has, without a call. */
    PairHandle certified(KeyId id, PublicKey publicKey) {
        KeySpec spec = PublicKeys.spec(publicKey)
                .orElseThrow(() -> new ProviderException("the certificate of key " + id + " is for a "
                        + ForeignText.of(publicKey.getAlgorithm()) + " key of a kind that KMS does not have; "
                        + "give the entry the certificate of its own key"));
        return PairHandle.of(new KeyIdentity(id, spec, null), publicKey, connection);
    }
}
