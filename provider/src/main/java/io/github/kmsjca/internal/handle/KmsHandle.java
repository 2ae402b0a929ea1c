package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import java.security.InvalidKeyException;
import java.util.Optional;

/** A key in KMS that the engines work with: of a pair, or secret. Implementations are immutable and thread-safe. */
public sealed interface KmsHandle extends KmsKey permits PairHandle, MacHandle {
    /** Returns the identifier that requests name the key by. */
    KeyId id();

    /** Returns what the key is made of. */
    KeySpec spec();

    /** Returns what the key is for, or empty while only a certificate is known. */
    Optional<KeyUsage> usage();

    /** Returns the settings of the key, and the calls that are made with it. */
    Connection connection();

    @Override
    default String keyId() {
        return id().text();
    }

    @Override
    default String keySpec() {
        return spec().name();
    }

    @Override
    default Optional<String> keyUsage() {
        return usage().map(KeyUsage::name);
    }

    /** Returns the settings of the key. */
    default KmsSettings settings() {
        return connection().settings();
    }

    /**
     * Checks that the key is for an algorithm, as far as that is known without a call.
     *
     * @throws InvalidKeyException if it is not; it says what the key is for
     */
    default void requireFit(KeyAlgorithm algorithm) throws InvalidKeyException {
        Optional<KeyUsage> other = usage().filter(known -> known != algorithm.usage());
        if (other.isPresent()) {
            throw new InvalidKeyException(this + " was made for " + other.get() + ", not for " + algorithm.jcaName()
                    + "; " + algorithm.usage().remedy());
        }
        if (!algorithm.fits(spec())) {
            String possible = KeyAlgorithm.namesFor(spec(), algorithm.usage());
            String hint = algorithm.usage() == KeyUsage.SIGN_VERIFY ? " (jarsigner and keytool: -sigalg)" : "";
            throw new InvalidKeyException(this + " cannot " + algorithm.usage().verb() + " with " + algorithm.jcaName()
                    + (possible.isEmpty() ? "; no such key can" : "; it can with " + possible + hint));
        }
    }

    /**
     * Returns an answer that has the length which its algorithm gives it. A shorter secret would be padded by whatever
     * makes a key of it.
     *
     * @throws KmsException if it has another
     */
    default byte[] requireLength(int length, byte[] answer) {
        if (answer.length != length) {
            throw KmsErrors.unusable("the answer of KMS for " + this + " has " + answer.length + " bytes instead of "
                    + length + ", and is not used; try again, and look at what stands between this machine and KMS");
        }
        return answer;
    }
}
