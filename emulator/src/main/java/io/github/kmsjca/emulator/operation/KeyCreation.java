package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.KeyPurpose;
import io.github.kmsjca.emulator.key.KeySpec;
import io.github.kmsjca.emulator.key.KeyUsage;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** KMS API {@code CreateKey}. */
final class KeyCreation {
    private final Account account;

    KeyCreation(Account account) {
        this.account = account;
    }

    Answer create(Input input) {
        input.find(Members.POLICY).ifPresent(KeyCreation::requireJson);
        if (input.find(Members.MULTI_REGION).orElse(false)) {
            throw ErrorType.UNSUPPORTED_OPERATION.with("The emulator has no multi-Region keys.");
        }
        KeyPurpose purpose = purpose(input);
        NavigableMap<String, String> tags =
                TagRules.merge(new TreeMap<>(), input.find(Members.TAGS).orElse(List.of()));
        String description = input.find(Members.DESCRIPTION).orElse("");
        return new Answer()
                .structure("KeyMetadata", KeyReading.metadata(account.createKey(purpose, description, tags)));
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

    /** The emulator enforces no policy, but a text that no policy can be is worth an error. */
    private static void requireJson(String policy) {
        try {
            if (Json.parse(policy.getBytes(StandardCharsets.UTF_8)).isObject()) {
                return;
            }
        } catch (IOException e) {
            throw ErrorType.MALFORMED_POLICY_DOCUMENT.with("The policy is not JSON.");
        }
        throw ErrorType.MALFORMED_POLICY_DOCUMENT.with("The policy is not a JSON object.");
    }
}
