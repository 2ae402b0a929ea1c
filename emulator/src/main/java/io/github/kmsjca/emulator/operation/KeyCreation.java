package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.KeyPurpose;
import io.github.kmsjca.emulator.key.KeyScope;
import io.github.kmsjca.emulator.key.KeySpec;
import io.github.kmsjca.emulator.key.KeyUsage;
import io.github.kmsjca.emulator.key.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;

/** KMS API {@code CreateKey}. */
final class KeyCreation {
    private final Account account;
    private final KeyMetadata metadata;

    KeyCreation(Account account, KeyMetadata metadata) {
        this.account = account;
        this.metadata = metadata;
    }

    Answer create(Input input) {
        KeyPolicy.find(input);
        KeyPurpose purpose = purpose(input);
        KeyScope scope = input.find(Members.MULTI_REGION).orElse(false) ? KeyScope.PRIMARY : KeyScope.SINGLE_REGION;
        KmsKey key = account.createKey(purpose, scope, TagRules.labels(input));
        return new Answer().structure("KeyMetadata", metadata.of(key));
    }

    private static KeyPurpose purpose(Input input) {
        KeySpec spec = input.find(Members.KEY_SPEC)
                .or(() -> input.find(Members.CUSTOMER_MASTER_KEY_SPEC))
                .orElse(KeySpec.SYMMETRIC_DEFAULT);
        if (input.find(Members.CUSTOMER_MASTER_KEY_SPEC).orElse(spec) != spec) {
            throw ErrorType.VALIDATION.with(
                    "KeySpec and CustomerMasterKeySpec name different key specs, only one can be given.");
        }
        KeyUsage usage = input.find(Members.KEY_USAGE).orElseGet(() -> defaultUsage(spec));
        return new KeyPurpose(spec, usage);
    }

    private static KeyUsage defaultUsage(KeySpec spec) {
        if (spec == KeySpec.SYMMETRIC_DEFAULT) {
            return KeyUsage.ENCRYPT_DECRYPT;
        }
        throw ErrorType.VALIDATION.with(
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
    }
}
