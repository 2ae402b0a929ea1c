package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KeyStatus;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** KMS API {@code EnableKey}, {@code DisableKey}, {@code ScheduleKeyDeletion} and {@code CancelKeyDeletion}. */
final class KeyStateOperations {
    private static final int DEFAULT_DAYS = 30;
    private static final int MIN_DAYS = 7;
    private static final int MAX_DAYS = 30;

    private final Regions regions;
    private final Account account;
    private final KeyFinder finder;

    KeyStateOperations(Regions regions, Account account, KeyFinder finder) {
        this.regions = regions;
        this.account = account;
        this.finder = finder;
    }

    void enable(Input input) {
        changeStatus(find(input, "EnableKey"), KmsKey::requireEnabledOrDisabled, key -> KeyStatus.enabled());
    }

    void disable(Input input) {
        changeStatus(find(input, "DisableKey"), KmsKey::requireEnabledOrDisabled, key -> KeyStatus.disabled());
    }

    Answer scheduleDeletion(Input input) {
        int days = input.find(Members.PENDING_WINDOW_IN_DAYS).orElse(DEFAULT_DAYS);
        if (days < MIN_DAYS || days > MAX_DAYS) {
            throw ErrorType.VALIDATION.with("PendingWindowInDays must be between " + MIN_DAYS + " and " + MAX_DAYS);
        }
        KmsKey key = changeStatus(
                find(input, "ScheduleKeyDeletion"),
                KmsKey::requireNotPendingDeletion,
                current -> pendingStatus(current, days));
        Answer answer = new Answer()
                .text("KeyId", key.arn())
                .text("KeyState", key.state().wireName())
                .number("PendingWindowInDays", days);
        key.details().status().deletionDate().ifPresent(date -> answer.time("DeletionDate", date));
        return answer;
    }

    /**
     * Returns the status after the deletion of a key is scheduled. The waiting period of a primary key with replicas
     * begins only when the last replica is deleted.
     */
    private KeyStatus pendingStatus(KmsKey key, int days) {
        boolean hasReplicas = key.details().scope() == KeyScope.PRIMARY
                && !regions.replicas(key.id()).isEmpty();
        return hasReplicas
                ? KeyStatus.pendingReplicaDeletion(days)
                : KeyStatus.pendingDeletion(account.now().plus(Duration.ofDays(days)));
    }

    Answer cancelDeletion(Input input) {
        KmsKey key = find(input, "CancelKeyDeletion");
        changeStatus(key, KmsKey::requirePendingDeletion, KmsKey::statusAfterCancellation);
        return new Answer().text("KeyId", key.arn());
    }

    private KmsKey find(Input input, String operation) {
        return finder.findWithoutAlias(input.get(Members.KEY_ID), operation);
    }

    /** Gives a key another status, if {@code check} does not throw an exception for the current key. */
    private KmsKey changeStatus(KmsKey key, Consumer<KmsKey> check, Function<KmsKey, KeyStatus> newStatus) {
        return account.updateKey(key.id(), current -> {
            check.accept(current);
            return current.withStatus(newStatus.apply(current));
        });
    }
}
