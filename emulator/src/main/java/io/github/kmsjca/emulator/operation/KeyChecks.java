package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;

/** What every cryptographic operation asks of its key, in the service's order. */
final class KeyChecks {
    private KeyChecks() {}

    /**
     * Returns the key of a request, which can be used for an operation.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException if its state or its usage does not allow that
     */
    static KmsKey usable(KeyFinder finder, Input input, String operation, KeyUsage usage) {
        KmsKey key = finder.find(input.get(Members.KEY_ID), operation);
        key.requireEnabled();
        key.requireUsage(usage, operation);
        return key;
    }

    /** Fails with the error that says that everything was right, if that is all that was asked. */
    static void refuseIfDryRun(Input input) {
        if (input.find(Members.DRY_RUN).orElse(false)) {
            throw ErrorType.DRY_RUN.with("The request would have succeeded, but the DryRun option is set.");
        }
    }
}
