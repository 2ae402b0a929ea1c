package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.EncryptionAlgorithm;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.material.EncodedMaterial;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * KMS API {@code GenerateDataKey} and {@code GenerateDataKeyPair}, both also {@code WithoutPlaintext}, and
 * {@code GenerateRandom}.
 */
final class DataKeyOperations {
    private static final EncryptionAlgorithm WRAPPING = EncryptionAlgorithm.SYMMETRIC_DEFAULT;

    private final KeyFinder finder;
    private final SecureRandom random = new SecureRandom();

    DataKeyOperations(KeyFinder finder) {
        this.finder = finder;
    }

    Answer dataKey(Input input) {
        byte[] plaintext = randomDataKey(input);
        return dataKeyAnswer(input, "GenerateDataKey", plaintext).bytes("Plaintext", plaintext);
    }

    Answer dataKeyWithoutPlaintext(Input input) {
        return dataKeyAnswer(input, "GenerateDataKeyWithoutPlaintext", randomDataKey(input));
    }

    private byte[] randomDataKey(Input input) {
        Optional<Integer> lengthOfSpec = input.find(Members.DATA_KEY_SPEC).map(DataKeySpec::length);
        Optional<Integer> requestedLength = input.find(Members.NUMBER_OF_BYTES);
        if (lengthOfSpec.isPresent() == requestedLength.isPresent()) {
            throw ErrorType.VALIDATION.with("Please specify either number of bytes or key spec.");
        }
        return random(lengthOfSpec.or(() -> requestedLength).orElseThrow());
    }

    private Answer dataKeyAnswer(Input input, String operation, byte[] plaintext) {
        KmsKey key = wrappingKey(input, operation);
        byte[] wrapped = WRAPPING.encrypt(key.material(), key.id(), plaintext, CipherOperations.context(input));
        return new Answer().text("KeyId", key.arn()).bytes("CiphertextBlob", wrapped);
    }

    Answer dataKeyPair(Input input) {
        KmsKey key = wrappingKey(input, "GenerateDataKeyPair");
        EncodedMaterial pair = newDataKeyPair(input);
        return dataKeyPairAnswer(input, key, pair).bytes("PrivateKeyPlaintext", pair.secret());
    }

    Answer dataKeyPairWithoutPlaintext(Input input) {
        KmsKey key = wrappingKey(input, "GenerateDataKeyPairWithoutPlaintext");
        return dataKeyPairAnswer(input, key, newDataKeyPair(input));
    }

    private static EncodedMaterial newDataKeyPair(Input input) {
        return input.get(Members.KEY_PAIR_SPEC).generate().encoded().orElseThrow();
    }

    private static Answer dataKeyPairAnswer(Input input, KmsKey key, EncodedMaterial pair) {
        byte[] wrapped = WRAPPING.encrypt(key.material(), key.id(), pair.secret(), CipherOperations.context(input));
        return new Answer()
                .text("KeyId", key.arn())
                .text("KeyPairSpec", input.get(Members.KEY_PAIR_SPEC).name())
                .bytes("PublicKey", pair.publicKey().orElseThrow())
                .bytes("PrivateKeyCiphertextBlob", wrapped);
    }

    /**
     * Returns the key of a request, which encrypts the data key. For a dry run, this method throws
     * DryRunOperationException, so callers must check everything else in the request first.
     */
    private KmsKey wrappingKey(Input input, String operation) {
        KmsKey key = RequestChecks.usableKey(finder, input, operation, KeyUsage.ENCRYPT_DECRYPT);
        if (!WRAPPING.fits(key.spec())) {
            throw ErrorType.INVALID_KEY_USAGE.with(
                    key.arn() + " key spec is " + key.spec() + " which is not valid for " + operation + ".");
        }
        RequestChecks.refuseIfDryRun(input);
        return key;
    }

    Answer randomBytes(Input input) {
        int length = input.find(Members.NUMBER_OF_BYTES)
                .orElseThrow(() -> ErrorType.VALIDATION.with("NumberOfBytes is required."));
        return new Answer().bytes("Plaintext", random(length));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
