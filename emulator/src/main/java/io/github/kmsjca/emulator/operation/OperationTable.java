package io.github.kmsjca.emulator.operation;

import static io.github.kmsjca.emulator.wire.Shape.Slot.optional;
import static io.github.kmsjca.emulator.wire.Shape.Slot.required;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The table of operations for one account in one Region. */
public final class OperationTable {
    private final Map<String, Operation> rows = new LinkedHashMap<>();

    /** Creates the operations. */
    public OperationTable(Regions regions, Account account) {
        KeyFinder finder = new KeyFinder(account);
        KeyMetadata metadata = new KeyMetadata(regions);
        creationRows(new KeyCreation(account, metadata), new KeyReplication(regions, finder, metadata));
        importRows(new ImportOperations(account, finder));
        queryRows(new KeyQueries(account, finder, metadata));
        aliasRows(new AliasOperations(account, finder));
        stateRows(new KeyStateOperations(regions, account, finder));
        tagRows(new TagOperations(account, finder));
        signatureRows(new SignatureOperations(finder));
        cipherRows(new CipherOperations(finder));
        dataKeyRows(new DataKeyOperations(finder));
        macRows(new MacOperations(finder));
        sharedSecretRows(new AgreementOperations(finder), new EncapsulationOperations(finder));
    }

    private void creationRows(KeyCreation creation, KeyReplication replication) {
        add(
                "CreateKey",
                creation::create,
                optional(Members.BYPASS_POLICY_LOCKOUT_SAFETY_CHECK),
                optional(Members.CUSTOM_KEY_STORE_ID),
                optional(Members.CUSTOMER_MASTER_KEY_SPEC),
                optional(Members.DESCRIPTION),
                optional(Members.KEY_SPEC),
                optional(Members.KEY_USAGE),
                optional(Members.MULTI_REGION),
                optional(Members.ORIGIN),
                optional(Members.POLICY),
                optional(Members.TAGS),
                optional(Members.XKS_KEY_ID));
        add(
                "ReplicateKey",
                replication::replicate,
                required(Members.KEY_ID),
                required(Members.REPLICA_REGION),
                optional(Members.BYPASS_POLICY_LOCKOUT_SAFETY_CHECK),
                optional(Members.DESCRIPTION),
                optional(Members.POLICY),
                optional(Members.TAGS));
    }

    private void importRows(ImportOperations imports) {
        add(
                "GetParametersForImport",
                imports::parameters,
                required(Members.KEY_ID),
                required(Members.WRAPPING_ALGORITHM),
                required(Members.WRAPPING_KEY_SPEC));
        add(
                "ImportKeyMaterial",
                imports::importMaterial,
                required(Members.KEY_ID),
                required(Members.IMPORT_TOKEN),
                required(Members.ENCRYPTED_KEY_MATERIAL),
                optional(Members.EXPIRATION_MODEL),
                optional(Members.VALID_TO),
                optional(Members.IMPORT_TYPE),
                optional(Members.KEY_MATERIAL_DESCRIPTION),
                optional(Members.KEY_MATERIAL_ID));
        add(
                "DeleteImportedKeyMaterial",
                imports::deleteMaterial,
                required(Members.KEY_ID),
                optional(Members.KEY_MATERIAL_ID));
    }

    private void queryRows(KeyQueries queries) {
        add("DescribeKey", queries::describe, required(Members.KEY_ID), optional(Members.GRANT_TOKENS));
        add("GetPublicKey", queries::publicKey, required(Members.KEY_ID), optional(Members.GRANT_TOKENS));
        add("ListKeys", queries::list, optional(Members.LIMIT), optional(Members.MARKER));
    }

    private void aliasRows(AliasOperations aliases) {
        addWithoutOutput("CreateAlias", aliases::create, required(Members.ALIAS_NAME), required(Members.TARGET_KEY_ID));
        addWithoutOutput("UpdateAlias", aliases::update, required(Members.ALIAS_NAME), required(Members.TARGET_KEY_ID));
        addWithoutOutput("DeleteAlias", aliases::delete, required(Members.ALIAS_NAME));
        add("ListAliases", aliases::list, optional(Members.KEY_ID), optional(Members.LIMIT), optional(Members.MARKER));
    }

    private void stateRows(KeyStateOperations states) {
        addWithoutOutput("EnableKey", states::enable, required(Members.KEY_ID));
        addWithoutOutput("DisableKey", states::disable, required(Members.KEY_ID));
        add(
                "ScheduleKeyDeletion",
                states::scheduleDeletion,
                required(Members.KEY_ID),
                optional(Members.PENDING_WINDOW_IN_DAYS));
        add("CancelKeyDeletion", states::cancelDeletion, required(Members.KEY_ID));
    }

    private void tagRows(TagOperations tags) {
        addWithoutOutput("TagResource", tags::add, required(Members.KEY_ID), required(Members.TAGS));
        addWithoutOutput("UntagResource", tags::remove, required(Members.KEY_ID), required(Members.TAG_KEYS));
        add(
                "ListResourceTags",
                tags::list,
                required(Members.KEY_ID),
                optional(Members.LIMIT),
                optional(Members.MARKER));
    }

    private void signatureRows(SignatureOperations signatures) {
        addCryptographic(
                "Sign",
                signatures::sign,
                required(Members.KEY_ID),
                required(Members.MESSAGE),
                required(Members.SIGNING_ALGORITHM),
                optional(Members.MESSAGE_TYPE));
        addCryptographic(
                "Verify",
                signatures::verify,
                required(Members.KEY_ID),
                required(Members.MESSAGE),
                required(Members.SIGNATURE),
                required(Members.SIGNING_ALGORITHM),
                optional(Members.MESSAGE_TYPE));
    }

    private void cipherRows(CipherOperations ciphers) {
        addCryptographic(
                "Encrypt",
                ciphers::encrypt,
                required(Members.KEY_ID),
                required(Members.PLAINTEXT),
                optional(Members.ENCRYPTION_ALGORITHM),
                optional(Members.ENCRYPTION_CONTEXT));
        addCryptographic(
                "Decrypt",
                ciphers::decrypt,
                required(Members.CIPHERTEXT_BLOB),
                optional(Members.KEY_ID),
                optional(Members.ENCRYPTION_ALGORITHM),
                optional(Members.ENCRYPTION_CONTEXT));
    }

    private void dataKeyRows(DataKeyOperations dataKeys) {
        Shape.Slot[] dataKeyMembers = {
            required(Members.KEY_ID),
            optional(Members.DATA_KEY_SPEC),
            optional(Members.NUMBER_OF_BYTES),
            optional(Members.ENCRYPTION_CONTEXT)
        };
        Shape.Slot[] keyPairMembers = {
            required(Members.KEY_ID), required(Members.KEY_PAIR_SPEC), optional(Members.ENCRYPTION_CONTEXT)
        };
        addCryptographic("GenerateDataKey", dataKeys::dataKey, dataKeyMembers);
        addCryptographic("GenerateDataKeyWithoutPlaintext", dataKeys::dataKeyWithoutPlaintext, dataKeyMembers);
        addCryptographic("GenerateDataKeyPair", dataKeys::dataKeyPair, keyPairMembers);
        addCryptographic("GenerateDataKeyPairWithoutPlaintext", dataKeys::dataKeyPairWithoutPlaintext, keyPairMembers);
        add("GenerateRandom", dataKeys::randomBytes, optional(Members.NUMBER_OF_BYTES));
    }

    private void macRows(MacOperations macs) {
        addCryptographic(
                "GenerateMac",
                macs::generate,
                required(Members.KEY_ID),
                required(Members.MESSAGE),
                required(Members.MAC_ALGORITHM));
        addCryptographic(
                "VerifyMac",
                macs::verify,
                required(Members.KEY_ID),
                required(Members.MESSAGE),
                required(Members.MAC),
                required(Members.MAC_ALGORITHM));
    }

    private void sharedSecretRows(AgreementOperations agreements, EncapsulationOperations encapsulations) {
        addCryptographic(
                "DeriveSharedSecret",
                agreements::derive,
                required(Members.KEY_ID),
                required(Members.KEY_AGREEMENT_ALGORITHM),
                required(Members.PUBLIC_KEY));
        addCryptographic(
                "Encapsulate",
                encapsulations::encapsulate,
                required(Members.KEY_ID),
                required(Members.ENCAPSULATION_ALGORITHM));
        addCryptographic(
                "Decapsulate",
                encapsulations::decapsulate,
                required(Members.KEY_ID),
                required(Members.ENCAPSULATION_ALGORITHM),
                required(Members.SHARED_SECRET_CIPHERTEXT_BLOB));
    }

    /**
     * Returns the operation with the given name.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException UnknownOperationException, if there is no such operation
     */
    public Operation find(String name) {
        return Optional.ofNullable(rows.get(name)).orElseThrow(ErrorType.UNKNOWN_OPERATION::withoutMessage);
    }

    private void add(String name, Function<Input, Answer> action, Shape.Slot... slots) {
        rows.put(name, new Operation(name, Shape.of(slots), input -> Optional.of(action.apply(input))));
    }

    /** Adds an operation whose requests can also contain {@code GrantTokens} and {@code DryRun}. */
    private void addCryptographic(String name, Function<Input, Answer> action, Shape.Slot... slots) {
        add(
                name,
                action,
                Stream.concat(Stream.of(slots), Stream.of(optional(Members.GRANT_TOKENS), optional(Members.DRY_RUN)))
                        .toArray(Shape.Slot[]::new));
    }

    private void addWithoutOutput(String name, Consumer<Input> action, Shape.Slot... slots) {
        rows.put(name, new Operation(name, Shape.of(slots), input -> {
            action.accept(input);
            return Optional.empty();
        }));
    }
}
