package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.EmulatorBug;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The table of encryption algorithms, each with its scheme and the key specs it fits (KMS API {@code Encrypt}). */
// the schemes are records and the sets are unmodifiable; Error Prone cannot see that
@SuppressWarnings("ImmutableEnumChecker")
public enum EncryptionAlgorithm implements KeyAlgorithm {
    RSAES_OAEP_SHA_1(new OaepScheme("SHA-1", 20), KeySpec.RSA),
    RSAES_OAEP_SHA_256(new OaepScheme("SHA-256", 32), KeySpec.RSA),
    SM2PKE(new Sm2PkeScheme(), Set.of(KeySpec.SM2)),
    SYMMETRIC_DEFAULT(new GcmScheme(), Set.of(KeySpec.SYMMETRIC_DEFAULT));

    private final EncryptionScheme scheme;
    private final Set<KeySpec> specs;

    EncryptionAlgorithm(EncryptionScheme scheme, Set<KeySpec> specs) {
        this.scheme = scheme;
        this.specs = specs;
    }

    /** Returns the key id in a ciphertext of a symmetric key, or empty if the bytes do not begin like one. */
    public static Optional<String> keyId(byte[] ciphertext) {
        return GcmScheme.keyId(ciphertext);
    }

    @Override
    public boolean fits(KeySpec spec) {
        return specs.contains(spec);
    }

    /**
     * Checks that the algorithm accepts an encryption context. Every algorithm accepts an empty context.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if the context is not empty and the
     *     algorithm does not accept one
     */
    public void requireContextAccepted(SortedMap<String, String> context) {
        if (!context.isEmpty() && !scheme.acceptsContext()) {
            throw ErrorType.VALIDATION.with(
                    "EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.");
        }
    }

    /**
     * Checks that a fitting key can encrypt a plaintext of this length.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if the plaintext is too long
     */
    public void requireLength(KeySpec spec, KeyMaterial key, byte[] plaintext) {
        scheme.maxPlaintextLength(key).ifPresent(maximum -> {
            if (plaintext.length > maximum) {
                throw ErrorType.VALIDATION.with("Algorithm " + name() + " and key spec " + spec
                        + " cannot encrypt data larger than " + maximum + " bytes.");
            }
        });
    }

    /** Encrypts with a fitting key. The caller must check the length first ({@link #requireLength}). */
    public byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context) {
        try {
            return scheme.encrypt(key, keyId, plaintext, context);
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    /**
     * Decrypts with a fitting key.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidCiphertextException, if decryption fails for any
     *     reason
     */
    public byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context) {
        try {
            return scheme.decrypt(key, keyId, ciphertext, context);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // for a damaged ciphertext, Bouncy Castle can throw any of these exceptions
            throw ErrorType.INVALID_CIPHERTEXT.withoutMessage();
        }
    }
}
