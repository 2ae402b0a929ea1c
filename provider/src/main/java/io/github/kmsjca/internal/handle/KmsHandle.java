package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyReference;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import java.security.InvalidKeyException;
import java.util.Optional;

/** A handle to a KMS key, as the engines use it: a key pair or a secret key. Thread-safe. */
public sealed interface KmsHandle extends KmsKey permits PairHandle, MacHandle {
    /** Returns the key ARN, or the identifier from a keystore file. */
    KeyId id();

    /** Returns the name of the key in requests. */
    KeyReference reference();

    /** Returns a handle to the same key that uses another name in requests. */
    KmsHandle with(KeyReference reference);

    /** Returns the key spec. */
    KeySpec spec();

    /**
     * Returns the key usage; empty if the key is known only from a certificate, or if this version does not know the
     * usage that KMS reported.
     */
    Optional<KeyUsage> usage();

    /** Returns the settings and the KMS calls for the key. */
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
     * Checks, without a call, that the key can be used with an algorithm. Does not check a key usage that is unknown.
     *
     * @throws InvalidKeyException if the key cannot be used; the message says what the key can do
     */
    default void requireFit(KeyAlgorithm algorithm) throws InvalidKeyException {
        Optional<KeyUsage> otherUsage = usage().filter(known -> known != algorithm.usage());
        if (otherUsage.isPresent()) {
            throw new InvalidKeyException(this + " has key usage " + otherUsage.get() + ", so it cannot be used with "
                    + algorithm.jcaName() + "; " + remedyForUsage(algorithm));
        }
        if (!algorithm.fits(spec())) {
            throw new InvalidKeyException(
                    this + " cannot be used with " + algorithm.jcaName() + "; " + remedyForSpec(algorithm.usage()));
        }
    }

    /** Returns advice for a key whose usage is not the one that the algorithm requires. */
    private String remedyForUsage(KeyAlgorithm algorithm) {
        // Cipher is the only service for two usages: most transformations decrypt, and one signs
        String possible = usage().filter(own -> own.service().equals(algorithm.service()))
                .map(own -> KeyAlgorithm.namesFor(spec(), own))
                .orElse("");
        return possible.isEmpty()
                ? algorithm.usage().remedy()
                : "possible algorithms: " + possible + "; to sign, "
                        + algorithm.usage().remedy();
    }

    /** Returns advice for a key that has the right usage, and whose key spec does not allow the algorithm. */
    private String remedyForSpec(KeyUsage usage) {
        String possible = KeyAlgorithm.namesFor(spec(), usage);
        if (possible.isEmpty()) {
            return "a key of spec " + spec() + " cannot " + usage.verb()
                    + " with any algorithm; name a key with another key spec";
        }
        String hint = usage == KeyUsage.SIGN_VERIFY ? " (option -sigalg of jarsigner and keytool)" : "";
        return "possible algorithms: " + possible + hint;
    }

    /**
     * Checks the length in bytes of a KMS answer, and returns the answer. Without this check, other code would pad a
     * secret that is too short, and use the result as a key.
     *
     * @throws KmsException if the answer has a different length
     */
    default byte[] requireLength(int length, byte[] answer) {
        if (answer.length != length) {
            throw KmsErrors.unusable("the KMS answer for " + this + " has " + answer.length + " bytes instead of "
                    + length + ", so it was rejected; try again, and check the proxies between this machine and KMS");
        }
        return answer;
    }
}
