package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;

/** The checks that cryptographic operations share, in the order in which KMS makes them. */
final class KeyChecks {
    private KeyChecks() {}

    /**
     * Returns the key of a request after checking that the operation can use it.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException if the state or the usage of the key does not allow the
     *     operation
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
