package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.KeyUsage;
import io.github.kmsjca.algorithm.MacAlgorithm;
import io.github.kmsjca.algorithm.ProviderBug;
import io.github.kmsjca.client.KeyDescription;
import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.PublicKeyAnswer;
import io.github.kmsjca.config.ForeignText;
import io.github.kmsjca.config.KeyId;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;

/** Makes the handles of a session, of what KMS or a certificate tells of a key. Thread-safe. */
final class Handles {
    private final KmsSession session;

    Handles(KmsSession session) {
        this.session = session;
    }

    /**
     * Asks KMS for a key: for its public key, and if it has none for what it is.
     *
     * @throws KmsException if KMS refuses, or the key is none that the provider knows a use for
     */
    KmsHandle ask(KeyId id) {
        try {
            return pair(id, session.calls().publicKey(id));
        } catch (KmsException e) {
            if (!e.isNoKeyPair()) {
                throw e;
            }
            return askSecret(id);
        }
    }

    /** Asks KMS for a key that is known to be no pair. */
    KmsHandle askSecret(KeyId id) {
        return secret(id, session.calls().describe(id));
    }

    private KmsHandle pair(KeyId id, PublicKeyAnswer answer) {
        KeySpec spec = KeySpec.named(answer.keySpec()).orElseThrow(() -> unknown(id, answer.keySpec()));
        try {
            PublicKey publicKey = PublicKeys.parse(spec, answer.publicKey());
            return pair(
                    new KmsPrivateKey.Identity(KeyId.parse(answer.arn()), spec, KeyUsage.named(answer.keyUsage())),
                    publicKey);
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new KmsException("what KMS answered for key " + id + " cannot be read as a public key", e);
        }
    }

    private KmsHandle secret(KeyId id, KeyDescription answer) {
        MacAlgorithm algorithm = KeySpec.named(answer.keySpec())
                .flatMap(MacAlgorithm::of)
                .orElseThrow(() -> new KmsException(
                        "key " + id + " has key spec " + ForeignText.of(answer.keySpec())
                                + ", of which no service of this provider has a use; name an asymmetric or an HMAC key",
                        null));
        return new KmsSecretKey(KeyId.parse(answer.arn()), algorithm, session);
    }

    private static KmsException unknown(KeyId id, String spec) {
        return new KmsException(
                "key " + id + " has key spec " + ForeignText.of(spec) + ", which this version does not know", null);
    }

    /** Returns the handle to a key of which a certificate tells, without a call. */
    KmsPrivateKey certified(KeyId id, PublicKey publicKey) {
        KeySpec spec = PublicKeys.spec(publicKey)
                .orElseThrow(() -> new ProviderException("the certificate of key " + id + " is for a "
                        + publicKey.getAlgorithm() + " key of a kind that KMS does not have; "
                        + "give the entry the certificate of its own key"));
        return pair(new KmsPrivateKey.Identity(id, spec, Optional.empty()), publicKey);
    }

    private KmsPrivateKey pair(KmsPrivateKey.Identity identity, PublicKey publicKey) {
        return switch (identity.spec().family()) {
            case RSA -> new RsaHandle(identity, (RSAPublicKey) publicKey, session);
            case EC ->
                publicKey instanceof ECPublicKey ec
                        ? new EcHandle(identity, ec, session)
                        : new NamedHandle(identity, publicKey, session);
            case EDDSA -> new EdEcHandle(identity, publicKey, session);
            case ML_DSA, ML_KEM, SM2 -> new NamedHandle(identity, publicKey, session);
            case HMAC -> throw new ProviderBug("an HMAC key has no public key");
        };
    }
}
