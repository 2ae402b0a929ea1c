package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.EncapsulationAlgorithm;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.Input;

/** KMS API {@code Encapsulate} and {@code Decapsulate}. */
final class EncapsulationOperations {
    private final KeyFinder finder;

    EncapsulationOperations(KeyFinder finder) {
        this.finder = finder;
    }

    Answer encapsulate(Input input) {
        KmsKey key = usableKey(input, "Encapsulate");
        RequestChecks.refuseIfDryRun(input);
        EncapsulationAlgorithm.Encapsulated encapsulated =
                input.get(Members.ENCAPSULATION_ALGORITHM).encapsulate(key.material());
        return answer(key, input)
                .bytes("SharedSecret", encapsulated.secret())
                .bytes("SharedSecretCiphertextBlob", encapsulated.ciphertext());
    }

    Answer decapsulate(Input input) {
        KmsKey key = usableKey(input, "Decapsulate");
        byte[] secret = input.get(Members.ENCAPSULATION_ALGORITHM)
                .decapsulate(key.material(), input.get(Members.SHARED_SECRET_CIPHERTEXT_BLOB));
        RequestChecks.refuseIfDryRun(input);
        return answer(key, input).bytes("SharedSecret", secret);
    }

    private KmsKey usableKey(Input input, String operation) {
        KmsKey key = RequestChecks.usableKey(finder, input, operation, KeyUsage.ENCAPSULATE_DECAPSULATE);
        input.get(Members.ENCAPSULATION_ALGORITHM).requireFit(key.spec());
        return key;
    }

    private static Answer answer(KmsKey key, Input input) {
        EncapsulationAlgorithm algorithm = input.get(Members.ENCAPSULATION_ALGORITHM);
        return new Answer().text("KeyId", key.arn()).text("EncapsulationAlgorithm", algorithm.name());
    }
}
