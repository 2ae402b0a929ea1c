package io.github.kmsjca.emulator.operation;

import static io.github.kmsjca.emulator.operation.Members.ALIAS_NAME;
import static io.github.kmsjca.emulator.operation.Members.BYPASS_POLICY_LOCKOUT_SAFETY_CHECK;
import static io.github.kmsjca.emulator.operation.Members.CUSTOMER_MASTER_KEY_SPEC;
import static io.github.kmsjca.emulator.operation.Members.DESCRIPTION;
import static io.github.kmsjca.emulator.operation.Members.DRY_RUN;
import static io.github.kmsjca.emulator.operation.Members.GRANT_TOKENS;
import static io.github.kmsjca.emulator.operation.Members.KEY_ID;
import static io.github.kmsjca.emulator.operation.Members.KEY_SPEC;
import static io.github.kmsjca.emulator.operation.Members.KEY_USAGE;
import static io.github.kmsjca.emulator.operation.Members.LIMIT;
import static io.github.kmsjca.emulator.operation.Members.MARKER;
import static io.github.kmsjca.emulator.operation.Members.MESSAGE;
import static io.github.kmsjca.emulator.operation.Members.MESSAGE_TYPE;
import static io.github.kmsjca.emulator.operation.Members.MULTI_REGION;
import static io.github.kmsjca.emulator.operation.Members.ORIGIN;
import static io.github.kmsjca.emulator.operation.Members.PENDING_WINDOW_IN_DAYS;
import static io.github.kmsjca.emulator.operation.Members.POLICY;
import static io.github.kmsjca.emulator.operation.Members.SIGNATURE;
import static io.github.kmsjca.emulator.operation.Members.SIGNING_ALGORITHM;
import static io.github.kmsjca.emulator.operation.Members.TAGS;
import static io.github.kmsjca.emulator.operation.Members.TAG_KEYS;
import static io.github.kmsjca.emulator.operation.Members.TARGET_KEY_ID;
import static io.github.kmsjca.emulator.wire.Shape.Slot.optional;
import static io.github.kmsjca.emulator.wire.Shape.Slot.required;

import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.KeyFinder;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The table of operations of one account. */
public final class OperationTable {
    private final Map<String, Operation> rows = new LinkedHashMap<>();

    /** Creates the operations of an account. */
    public OperationTable(Account account) {
        KeyFinder finder = new KeyFinder(account);
        keyRows(account, finder);
        aliasRows(new AliasOperations(account, finder));
        stateRows(new StateOperations(account, finder));
        tagRows(new TagOperations(account, finder));
        signatureRows(new SignatureOperations(finder));
    }

    private void keyRows(Account account, KeyFinder finder) {
        KeyReading reading = new KeyReading(account, finder);
        answering(
                "CreateKey",
                new KeyCreation(account)::create,
                optional(BYPASS_POLICY_LOCKOUT_SAFETY_CHECK),
                optional(CUSTOMER_MASTER_KEY_SPEC),
                optional(DESCRIPTION),
                optional(KEY_SPEC),
                optional(KEY_USAGE),
                optional(MULTI_REGION),
                optional(ORIGIN),
                optional(POLICY),
                optional(TAGS));
        answering("DescribeKey", reading::describe, required(KEY_ID), optional(GRANT_TOKENS));
        answering("GetPublicKey", reading::publicKey, required(KEY_ID), optional(GRANT_TOKENS));
        answering("ListKeys", reading::list, optional(LIMIT), optional(MARKER));
    }

    private void aliasRows(AliasOperations aliases) {
        silent("CreateAlias", aliases::create, required(ALIAS_NAME), required(TARGET_KEY_ID));
        silent("UpdateAlias", aliases::update, required(ALIAS_NAME), required(TARGET_KEY_ID));
        silent("DeleteAlias", aliases::delete, required(ALIAS_NAME));
        answering("ListAliases", aliases::list, optional(KEY_ID), optional(LIMIT), optional(MARKER));
    }

    private void stateRows(StateOperations states) {
        silent("EnableKey", states::enable, required(KEY_ID));
        silent("DisableKey", states::disable, required(KEY_ID));
        answering("ScheduleKeyDeletion", states::scheduleDeletion, required(KEY_ID), optional(PENDING_WINDOW_IN_DAYS));
        answering("CancelKeyDeletion", states::cancelDeletion, required(KEY_ID));
    }

    private void tagRows(TagOperations tags) {
        silent("TagResource", tags::add, required(KEY_ID), required(TAGS));
        silent("UntagResource", tags::remove, required(KEY_ID), required(TAG_KEYS));
        answering("ListResourceTags", tags::list, required(KEY_ID), optional(LIMIT), optional(MARKER));
    }

    private void signatureRows(SignatureOperations signatures) {
        answering(
                "Sign",
                signatures::sign,
                required(KEY_ID),
                required(MESSAGE),
                required(SIGNING_ALGORITHM),
                optional(MESSAGE_TYPE),
                optional(GRANT_TOKENS),
                optional(DRY_RUN));
        answering(
                "Verify",
                signatures::verify,
                required(KEY_ID),
                required(MESSAGE),
                required(SIGNATURE),
                required(SIGNING_ALGORITHM),
                optional(MESSAGE_TYPE),
                optional(GRANT_TOKENS),
                optional(DRY_RUN));
    }

    /**
     * Returns the operation of a name.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException UnknownOperationException
     */
    public Operation find(String name) {
        return Optional.ofNullable(rows.get(name)).orElseThrow(ErrorType.UNKNOWN_OPERATION::withoutMessage);
    }

    private void answering(String name, Function<Input, Answer> action, Shape.Slot... slots) {
        rows.put(name, new Operation(name, Shape.of(slots), input -> Optional.of(action.apply(input))));
    }

    private void silent(String name, Consumer<Input> action, Shape.Slot... slots) {
        rows.put(name, new Operation(name, Shape.of(slots), input -> {
            action.accept(input);
            return Optional.empty();
        }));
    }
}
