package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.algorithm.MessageType;
import io.github.kmsjca.emulator.algorithm.SigningAlgorithm;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;

/** KMS API {@code Sign} and {@code Verify}. */
final class SignatureOperations {
    private final KeyFinder finder;

    SignatureOperations(KeyFinder finder) {
        this.finder = finder;
    }

    Answer sign(Input input) {
        KmsKey key = usableKey(input, "Sign");
        RequestChecks.refuseIfDryRun(input);
        SigningAlgorithm algorithm = input.get(Members.SIGNING_ALGORITHM);
        byte[] signature = algorithm.sign(key.material(), type(input), input.get(Members.MESSAGE));
        return new Answer()
                .text("KeyId", key.arn())
                .bytes("Signature", signature)
                .text("SigningAlgorithm", algorithm.name());
    }

    Answer verify(Input input) {
        KmsKey key = usableKey(input, "Verify");
        SigningAlgorithm algorithm = input.get(Members.SIGNING_ALGORITHM);
        byte[] signature = input.get(Members.SIGNATURE);
        // a dry run also reports a bad signature
        if (!algorithm.isValid(key.material(), type(input), input.get(Members.MESSAGE), signature)) {
            throw ErrorType.KMS_INVALID_SIGNATURE.withoutMessage();
        }
        RequestChecks.refuseIfDryRun(input);
        return new Answer()
                .text("KeyId", key.arn())
                .flag("SignatureValid", true)
                .text("SigningAlgorithm", algorithm.name());
    }

    /** Returns the key after checking state, usage, algorithm and message in the order in which KMS checks them. */
    private KmsKey usableKey(Input input, String operation) {
        KmsKey key = RequestChecks.usableKey(finder, input, operation, KeyUsage.SIGN_VERIFY);
        input.get(Members.SIGNING_ALGORITHM).requireFit(key.spec(), type(input), input.get(Members.MESSAGE));
        return key;
    }

    private static MessageType type(Input input) {
        return input.find(Members.MESSAGE_TYPE).orElse(MessageType.RAW);
    }
}
