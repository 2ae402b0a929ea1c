package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;

/** The checks that cryptographic operations share. */
final class RequestChecks {
    private RequestChecks() {}

    /**
     * Returns the key of a request after checking that the operation can use the key. As in KMS, the check of the state
     * comes before the check of the usage.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException if there is no such key, or its state or usage does not
     *     allow the operation
     */
    static KmsKey usableKey(KeyFinder finder, Input input, String operation, KeyUsage usage) {
        KmsKey key = finder.find(input.get(Members.KEY_ID), operation);
        key.requireEnabled();
        key.requireUsage(usage, operation);
        return key;
    }

    /**
     * Throws DryRunOperationException if the request is a dry run. Call this after all checks, because in KMS this
     * exception reports that the request would have succeeded.
     */
    static void refuseIfDryRun(Input input) {
        if (input.find(Members.DRY_RUN).orElse(false)) {
            throw ErrorType.DRY_RUN.with("The request would have succeeded, but the DryRun option is set.");
        }
    }
}
