package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.WrappingAlgorithm;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/**
 * What belongs to an import token.
 *
 * @param keyArn the only key that the token is for
 * @param algorithm how the key material is to be encrypted
 * @param wrappingKey the key pair that it is to be encrypted for
 * @param validTo the end of both
 */
public record ImportParameters(
        String keyArn, WrappingAlgorithm algorithm, KeyMaterial.Pair wrappingKey, Instant validTo) {
    private static final Duration LIFETIME = Duration.ofHours(24);

    /** Makes a wrapping key for the import of a key's material. */
    public static ImportParameters generate(
            KmsKey key, WrappingAlgorithm algorithm, KeySpec wrappingKeySpec, Instant now) {
        return new ImportParameters(
                key.arn(), algorithm, wrappingKeySpec.generate().pair(), now.plus(LIFETIME));
    }

    /**
     * Decrypts key material of a spec.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidCiphertextException, if it was not encrypted for
     *     this wrapping key, or is not of the spec; ValidationException, if the length cannot be
     */
    public KeyMaterial unwrap(KeySpec spec, byte[] wrapped) {
        try {
            return spec.read(algorithm.unwrap(wrappingKey, wrapped));
        } catch (GeneralSecurityException e) {
            // KMS gives no reason
            throw ErrorType.INVALID_CIPHERTEXT.withoutMessage();
        }
    }
}
