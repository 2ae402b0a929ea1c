package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.algorithm.MacAlgorithm;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.security.MessageDigest;

/** KMS API {@code GenerateMac} and {@code VerifyMac}. */
final class MacOperations {
    private final KeyFinder finder;

    MacOperations(KeyFinder finder) {
        this.finder = finder;
    }

    Answer generate(Input input) {
        KmsKey key = usableKey(input, "GenerateMac");
        RequestChecks.refuseIfDryRun(input);
        return answer(key, input).bytes("Mac", mac(key, input));
    }

    Answer verify(Input input) {
        KmsKey key = usableKey(input, "VerifyMac");
        // a dry run also reports a wrong MAC
        if (!MessageDigest.isEqual(mac(key, input), input.get(Members.MAC))) {
            throw ErrorType.KMS_INVALID_MAC.withoutMessage();
        }
        RequestChecks.refuseIfDryRun(input);
        return answer(key, input).flag("MacValid", true);
    }

    private KmsKey usableKey(Input input, String operation) {
        KmsKey key = RequestChecks.usableKey(finder, input, operation, KeyUsage.GENERATE_VERIFY_MAC);
        input.get(Members.MAC_ALGORITHM).requireFit(key.spec());
        return key;
    }

    private static byte[] mac(KmsKey key, Input input) {
        return input.get(Members.MAC_ALGORITHM).compute(key.material(), input.get(Members.MESSAGE));
    }

    private static Answer answer(KmsKey key, Input input) {
        MacAlgorithm algorithm = input.get(Members.MAC_ALGORITHM);
        return new Answer().text("KeyId", key.arn()).text("MacAlgorithm", algorithm.name());
    }
}
