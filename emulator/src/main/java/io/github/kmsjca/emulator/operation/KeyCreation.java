package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyOrigin;
import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeyPurpose;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.util.Optional;

/** KMS API {@code CreateKey}. */
final class KeyCreation {
    private final Account account;
    private final KeyMetadata metadata;

    KeyCreation(Account account, KeyMetadata metadata) {
        this.account = account;
        this.metadata = metadata;
    }

    Answer create(Input input) {
        KeyPolicy.requireValid(input, account.location());
        KeyPurpose purpose = purpose(input);
        KeyOrigin origin = origin(input);
        if (origin.isCustomKeyStore()) {
            throw keyStoreError(input, purpose);
        }
        KeyScope scope = input.find(Members.MULTI_REGION).orElse(false) ? KeyScope.PRIMARY : KeyScope.SINGLE_REGION;
        KmsKey key = account.createKey(purpose, origin, scope, TagRules.labels(input));
        return new Answer().structure("KeyMetadata", metadata.of(key));
    }

    private static KeyPurpose purpose(Input input) {
        Optional<KeySpec> specUnderOldName = input.find(Members.CUSTOMER_MASTER_KEY_SPEC);
        KeySpec spec = input.find(Members.KEY_SPEC).or(() -> specUnderOldName).orElse(KeySpec.SYMMETRIC_DEFAULT);
        if (specUnderOldName.isPresent() && specUnderOldName.get() != spec) {
            throw ErrorType.VALIDATION.with(
                    "KeySpec and CustomerMasterKeySpec name different key specs; set only one of them.");
        }
        KeyUsage usage = input.find(Members.KEY_USAGE).orElseGet(() -> defaultUsage(spec));
        return new KeyPurpose(spec, usage);
    }

    private static KeyOrigin origin(Input input) {
        KeyOrigin origin = input.find(Members.ORIGIN).orElse(KeyOrigin.AWS_KMS);
        if (origin.isCustomKeyStore() != input.find(Members.CUSTOM_KEY_STORE_ID).isPresent()) {
            throw ErrorType.VALIDATION.with("Keys of the origins AWS_CLOUDHSM and EXTERNAL_KEY_STORE need"
                    + " CustomKeyStoreId, and other keys must not have it; the origin is " + origin + ".");
        }
        if ((origin == KeyOrigin.EXTERNAL_KEY_STORE)
                != input.find(Members.XKS_KEY_ID).isPresent()) {
            throw ErrorType.VALIDATION.with("Keys of the origin EXTERNAL_KEY_STORE need XksKeyId, and other keys"
                    + " must not have it; the origin is " + origin + ".");
        }
        return origin;
    }

    /** Returns the error for a key in a custom key store. Every such request fails: the emulator has no such stores. */
    private static RuntimeException keyStoreError(Input input, KeyPurpose purpose) {
        if (purpose.spec() != KeySpec.SYMMETRIC_DEFAULT
                || input.find(Members.MULTI_REGION).orElse(false)) {
            return ErrorType.UNSUPPORTED_OPERATION.with(
                    "A custom key store holds only single-Region symmetric encryption keys.");
        }
        return ErrorType.CUSTOM_KEY_STORE_NOT_FOUND.with("There is no custom key store '"
                + input.get(Members.CUSTOM_KEY_STORE_ID) + "': the emulator has no custom key stores.");
    }

    private static KeyUsage defaultUsage(KeySpec spec) {
        if (spec == KeySpec.SYMMETRIC_DEFAULT) {
            return KeyUsage.ENCRYPT_DECRYPT;
        }
        throw ErrorType.VALIDATION.with(
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
    }
}
