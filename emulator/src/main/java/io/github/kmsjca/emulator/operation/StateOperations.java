package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.KeyFinder;
import io.github.kmsjca.emulator.key.KeyStatus;
import io.github.kmsjca.emulator.key.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** KMS API {@code EnableKey}, {@code DisableKey}, {@code ScheduleKeyDeletion} and {@code CancelKeyDeletion}. */
final class StateOperations {
    private static final int USUAL_WINDOW = 30;
    private static final int SHORTEST_WINDOW = 7;
    private static final int LONGEST_WINDOW = 30;

    private final Account account;
    private final KeyFinder finder;

    StateOperations(Account account, KeyFinder finder) {
        this.account = account;
        this.finder = finder;
    }

    void enable(Input input) {
        change(find(input, "EnableKey"), KmsKey::requireNotPendingDeletion, KeyStatus.enabled());
    }

    void disable(Input input) {
        change(find(input, "DisableKey"), KmsKey::requireNotPendingDeletion, KeyStatus.disabled());
    }

    Answer scheduleDeletion(Input input) {
        int days = input.find(Members.PENDING_WINDOW_IN_DAYS).orElse(USUAL_WINDOW);
        if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
            throw ErrorType.VALIDATION.with("PendingWindowInDays must be between 7 and 30");
        }
        Instant date = account.now().plus(Duration.ofDays(days));
        KeyStatus pending = KeyStatus.pendingDeletion(date);
        KmsKey key = change(find(input, "ScheduleKeyDeletion"), KmsKey::requireNotPendingDeletion, pending);
        return new Answer()
                .text("KeyId", key.arn())
                .time("DeletionDate", date)
                .text("KeyState", key.state().wireName())
                .number("PendingWindowInDays", days);
    }

    Answer cancelDeletion(Input input) {
        KmsKey key = find(input, "CancelKeyDeletion");
        change(key, KmsKey::requirePendingDeletion, KeyStatus.disabled());
        return new Answer().text("KeyId", key.arn());
    }

    private KmsKey find(Input input, String operation) {
        return finder.findWithoutAlias(input.get(Members.KEY_ID), operation);
    }

    private KmsKey change(KmsKey key, Consumer<KmsKey> check, KeyStatus status) {
        return account.updateKey(key.id(), present -> {
            check.accept(present);
            return present.withStatus(status);
        });
    }
}
