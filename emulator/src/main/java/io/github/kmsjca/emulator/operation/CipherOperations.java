package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.EncryptionAlgorithm;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/** KMS API {@code Encrypt} and {@code Decrypt}. */
final class CipherOperations {
    private final KeyFinder finder;

    CipherOperations(KeyFinder finder) {
        this.finder = finder;
    }

    Answer encrypt(Input input) {
        KmsKey key = RequestChecks.usableKey(finder, input, "Encrypt", KeyUsage.ENCRYPT_DECRYPT);
        EncryptionAlgorithm algorithm = algorithm(input);
        algorithm.requireFit(key.spec());
        SortedMap<String, String> context = context(input);
        algorithm.requireContextAccepted(context);
        byte[] plaintext = input.get(Members.PLAINTEXT);
        algorithm.requireLength(key.spec(), key.material(), plaintext);
        byte[] ciphertext = algorithm.encrypt(key.material(), key.id(), plaintext, context);
        RequestChecks.refuseIfDryRun(input);
        return answer(key, algorithm).bytes("CiphertextBlob", ciphertext);
    }

    Answer decrypt(Input input) {
        EncryptionAlgorithm algorithm = algorithm(input);
        byte[] ciphertext = input.get(Members.CIPHERTEXT_BLOB);
        KmsKey key = decryptionKey(input, algorithm, ciphertext);
        key.requireEnabled();
        if (key.purpose().usage() != KeyUsage.ENCRYPT_DECRYPT || isFromAnotherKey(key, ciphertext, algorithm)) {
            throw ErrorType.INCORRECT_KEY.with(
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        }
        // for example, the request has no algorithm, which means SYMMETRIC_DEFAULT, but the key is an RSA key
        if (!algorithm.fits(key.spec())) {
            throw ErrorType.INVALID_CIPHERTEXT.withoutMessage();
        }
        SortedMap<String, String> context = context(input);
        algorithm.requireContextAccepted(context);
        byte[] plaintext = algorithm.decrypt(key.material(), key.id(), ciphertext, context);
        RequestChecks.refuseIfDryRun(input);
        return answer(key, algorithm).bytes("Plaintext", plaintext);
    }

    /**
     * Returns the key to decrypt a ciphertext with. If the request does not name the key, the ciphertext must contain
     * the key id, and only ciphertexts of symmetric keys contain one.
     */
    private KmsKey decryptionKey(Input input, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        Optional<String> identifier = input.find(Members.KEY_ID);
        if (identifier.isPresent()) {
            return finder.find(identifier.get(), "Decrypt");
        }
        if (algorithm != EncryptionAlgorithm.SYMMETRIC_DEFAULT) {
            throw ErrorType.VALIDATION.with("KeyId must not be null");
        }
        return finder.find(
                EncryptionAlgorithm.keyId(ciphertext).orElseThrow(ErrorType.INVALID_CIPHERTEXT::withoutMessage),
                "Decrypt");
    }

    /** Returns whether a symmetric ciphertext contains the id of another key. Other ciphertexts contain no key id. */
    private static boolean isFromAnotherKey(KmsKey key, byte[] ciphertext, EncryptionAlgorithm algorithm) {
        return algorithm == EncryptionAlgorithm.SYMMETRIC_DEFAULT
                && algorithm.fits(key.spec())
                && EncryptionAlgorithm.keyId(ciphertext)
                        .filter(id -> !id.equals(key.id()))
                        .isPresent();
    }

    private static EncryptionAlgorithm algorithm(Input input) {
        return input.find(Members.ENCRYPTION_ALGORITHM).orElse(EncryptionAlgorithm.SYMMETRIC_DEFAULT);
    }

    /** Returns the encryption context of a request, which is empty if the request has none. */
    static SortedMap<String, String> context(Input input) {
        return input.find(Members.ENCRYPTION_CONTEXT).orElse(Collections.emptySortedMap());
    }

    private static Answer answer(KmsKey key, EncryptionAlgorithm algorithm) {
        return new Answer().text("KeyId", key.arn()).text("EncryptionAlgorithm", algorithm.name());
    }
}
