package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyAgreementAlgorithm;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.Input;

/** KMS API {@code DeriveSharedSecret}. */
final class AgreementOperations {
    private final KeyFinder finder;

    AgreementOperations(KeyFinder finder) {
        this.finder = finder;
    }

    Answer derive(Input input) {
        KmsKey key = RequestChecks.usableKey(finder, input, "DeriveSharedSecret", KeyUsage.KEY_AGREEMENT);
        KeyAgreementAlgorithm algorithm = input.get(Members.KEY_AGREEMENT_ALGORITHM);
        byte[] secret = algorithm.derive(key.material(), input.get(Members.PUBLIC_KEY));
        RequestChecks.refuseIfDryRun(input);
        return new Answer()
                .text("KeyId", key.arn())
                .text("KeyAgreementAlgorithm", algorithm.name())
                .text("KeyOrigin", key.origin().name())
                .bytes("SharedSecret", secret);
    }
}
