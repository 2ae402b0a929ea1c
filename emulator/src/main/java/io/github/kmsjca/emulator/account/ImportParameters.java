package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.WrappingAlgorithm;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/**
 * What the emulator remembers from {@code GetParametersForImport} until {@code ImportKeyMaterial}. The request
 * {@code ImportKeyMaterial} contains an import token, which identifies these parameters.
 *
 * @param keyArn the only key that accepts the token
 * @param algorithm the algorithm that the owner encrypts the key material with
 * @param wrappingKey the key pair whose public key encrypts the key material
 * @param validTo when the token and the wrapping key expire
 */
public record ImportParameters(
        String keyArn, WrappingAlgorithm algorithm, KeyMaterial.Pair wrappingKey, Instant validTo) {
    private static final Duration LIFETIME = Duration.ofHours(24);

    /** Generates a wrapping key, and returns parameters that are valid for 24 hours and for the given key only. */
    public static ImportParameters generate(
            KmsKey key, WrappingAlgorithm algorithm, KeySpec wrappingKeySpec, Instant now) {
        return new ImportParameters(
                key.arn(), algorithm, wrappingKeySpec.generate().pair(), now.plus(LIFETIME));
    }

    /**
     * Decrypts key material of the given spec.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidCiphertextException, if the material was not
     *     encrypted for this wrapping key, or is not of the spec; ValidationException, if {@code wrapped} has the wrong
     *     length
     */
    public KeyMaterial unwrap(KeySpec spec, byte[] wrapped) {
        try {
            return spec.read(algorithm.unwrap(wrappingKey, wrapped));
        } catch (GeneralSecurityException e) {
            // as in KMS, the error has no message, so the client does not see the reason
            throw ErrorType.INVALID_CIPHERTEXT.withoutMessage();
        }
    }
}
