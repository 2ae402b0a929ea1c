package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeyAlgorithm;
import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.KeyUsage;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Optional;

/** A key in KMS that the engines work with: of a pair, or secret. Implementations are immutable and thread-safe. */
// public for our other packages; what it shows of them is no API
@SuppressWarnings("exports")
public sealed interface KmsHandle extends Key permits KmsPrivateKey, KmsSecretKey {
    /** Returns the identifier that requests name the key by. */
    String keyId();

    /** Returns what the key is made of. */
    KeySpec spec();

    /** Returns what the key is for, or empty while only a certificate has told of it. */
    Optional<KeyUsage> usage();

    /** Returns the configuration and the connection that the key belongs to. */
    KmsSession session();

    /**
     * Checks that the key is for an algorithm, as far as that is known without a call.
     *
     * @throws InvalidKeyException if it is not; it says what the key is for
     */
    default void requireFit(KeyAlgorithm algorithm) throws InvalidKeyException {
        Optional<KeyUsage> other = usage().filter(known -> known != algorithm.usage());
        if (other.isPresent()) {
            throw new InvalidKeyException(this + " was made for " + other.get() + ", not for " + algorithm.jcaName()
                    + "; name a key whose key usage is " + algorithm.usage());
        }
        if (!algorithm.fits(spec())) {
            String possible = KeyAlgorithm.namesFor(spec(), algorithm.usage());
            String hint = algorithm.usage() == KeyUsage.SIGN_VERIFY ? " (jarsigner and keytool: -sigalg)" : "";
            throw new InvalidKeyException(this + " cannot " + algorithm.usage().verb() + " with " + algorithm.jcaName()
                    + (possible.isEmpty() ? "; no such key can" : "; it can with " + possible + hint));
        }
    }
}
