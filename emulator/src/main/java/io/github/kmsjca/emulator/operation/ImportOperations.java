package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.ImportParameters;
import io.github.kmsjca.emulator.account.ImportTokens;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.WrappingAlgorithm;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** KMS API {@code GetParametersForImport}, {@code ImportKeyMaterial} and {@code DeleteImportedKeyMaterial}. */
final class ImportOperations {
    private static final Duration MAX_LIFETIME = Duration.ofDays(365);

    private final Account account;
    private final KeyFinder finder;
    private final ImportTokens tokens = new ImportTokens();

    ImportOperations(Account account, KeyFinder finder) {
        this.account = account;
        this.finder = finder;
    }

    Answer parameters(Input input) {
        KmsKey key = externalKey(input, "GetParametersForImport");
        key.requireNotPendingDeletion();
        if (!key.spec().isImportable()) {
            throw ErrorType.UNSUPPORTED_OPERATION.with(
                    "The emulator cannot import key material for keys of spec " + key.spec() + ".");
        }
        WrappingAlgorithm algorithm = input.get(Members.WRAPPING_ALGORITHM);
        KeySpec wrappingKeySpec = input.get(Members.WRAPPING_KEY_SPEC);
        algorithm.requireFit(key.spec(), wrappingKeySpec);
        ImportParameters generated = ImportParameters.generate(key, algorithm, wrappingKeySpec, account.now());
        return new Answer()
                .text("KeyId", key.arn())
                .bytes("ImportToken", tokens.issue(generated))
                .bytes("PublicKey", generated.wrappingKey().publicKey().getEncoded())
                .time("ParametersValidTo", generated.validTo());
    }

    Answer importMaterial(Input input) {
        Instant validTo = validTo(input).orElse(null);
        KmsKey key = externalKey(input, "ImportKeyMaterial");
        key.requireNotPendingDeletion();
        List.of(Members.IMPORT_TYPE, Members.KEY_MATERIAL_DESCRIPTION, Members.KEY_MATERIAL_ID)
                .forEach(member -> refuseRotation(member, input, key.spec()));
        KeyMaterial material = tokens.require(input.get(Members.IMPORT_TOKEN), key, account.now())
                .unwrap(key.spec(), input.get(Members.ENCRYPTED_KEY_MATERIAL));
        account.updateKey(key.id(), current -> current.withImported(material, validTo));
        return new Answer().text("KeyId", key.arn());
    }

    Answer deleteMaterial(Input input) {
        KmsKey key = externalKey(input, "DeleteImportedKeyMaterial");
        refuseRotation(Members.KEY_MATERIAL_ID, input, key.spec());
        account.updateKey(key.id(), KmsKey::withoutMaterial);
        return new Answer().text("KeyId", key.arn());
    }

    /** Returns the key of a request, after checking that the origin of the key is {@code EXTERNAL}. */
    private KmsKey externalKey(Input input, String operation) {
        KmsKey key = finder.findWithoutAlias(input.get(Members.KEY_ID), operation);
        key.requireExternalOrigin();
        return key;
    }

    /** Returns the time at which the imported key material expires, or empty if it does not expire. */
    private Optional<Instant> validTo(Input input) {
        Optional<Instant> end = input.find(Members.VALID_TO);
        ExpirationModel model = input.find(Members.EXPIRATION_MODEL).orElse(ExpirationModel.KEY_MATERIAL_EXPIRES);
        if (model == ExpirationModel.KEY_MATERIAL_DOES_NOT_EXPIRE && end.isPresent()) {
            throw ErrorType.VALIDATION.with("The parameter ValidTo cannot be specified for a key with an expiration"
                    + " model of KEY_MATERIAL_DOES_NOT_EXPIRE");
        }
        if (model == ExpirationModel.KEY_MATERIAL_EXPIRES && end.isEmpty()) {
            throw ErrorType.VALIDATION.with(
                    "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
        }
        end.ifPresent(this::requireWithinNextYear);
        return end;
    }

    private void requireWithinNextYear(Instant end) {
        Instant now = account.now();
        if (!end.isAfter(now)) {
            throw ErrorType.VALIDATION.with("ValidTo must be in the future");
        }
        if (end.isAfter(now.plus(MAX_LIFETIME))) {
            throw ErrorType.VALIDATION.with("ValidTo must be at most 365 days in the future");
        }
    }

    /**
     * Refuses a request with a member for the rotation of key material. KMS accepts such a member only for symmetric
     * encryption keys, and the emulator accepts it for no key.
     */
    private static void refuseRotation(Member<?> member, Input input, KeySpec spec) {
        if (input.find(member).isEmpty()) {
            return;
        }
        if (spec == KeySpec.SYMMETRIC_DEFAULT) {
            throw ErrorType.UNSUPPORTED_OPERATION.with(
                    "The emulator keeps one key material for each key and does not support " + member.name() + ".");
        }
        throw ErrorType.VALIDATION.with(
                "Input parameter " + member.pathName() + " cannot be used with " + spec + " imported keys.");
    }
}
