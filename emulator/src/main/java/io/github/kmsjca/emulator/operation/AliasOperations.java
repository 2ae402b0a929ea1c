package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.Alias;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.util.Optional;
import java.util.function.Predicate;

/** KMS API {@code CreateAlias}, {@code UpdateAlias}, {@code DeleteAlias} and {@code ListAliases}. */
final class AliasOperations {
    private static final Paging PAGING = new Paging("Aliases", 50, 100);
    private static final int QUOTA_FOR_EACH_KEY = 50;

    private final Account account;
    private final KeyFinder finder;

    AliasOperations(Account account, KeyFinder finder) {
        this.account = account;
        this.finder = finder;
    }

    void create(Input input) {
        String name = AliasRules.requireUsable(input.get(Members.ALIAS_NAME));
        KmsKey key = target(input, "CreateAlias");
        requireBelowQuota(key);
        account.createAlias(name, key.id());
    }

    void update(Input input) {
        String name = AliasRules.requireUsable(input.get(Members.ALIAS_NAME));
        KmsKey newTarget = target(input, "UpdateAlias");
        KmsKey oldTarget = account.key(account.alias(name).targetKeyId());
        if (!newTarget.purpose().isInterchangeableWith(oldTarget.purpose())) {
            throw ErrorType.VALIDATION.with("Alias " + account.location().aliasArn(name) + " cannot move from "
                    + oldTarget.arn() + " to " + newTarget.arn()
                    + ": only one of the keys is symmetric, or their usages differ.");
        }
        if (!newTarget.id().equals(oldTarget.id())) {
            requireBelowQuota(newTarget);
        }
        account.updateAlias(name, newTarget.id());
    }

    void delete(Input input) {
        account.deleteAlias(AliasRules.requireUsable(input.get(Members.ALIAS_NAME)));
    }

    Answer list(Input input) {
        Optional<String> keyId = input.find(Members.KEY_ID)
                .map(identifier ->
                        finder.findWithoutAlias(identifier, "ListAliases").id());
        Predicate<Alias> filter =
                alias -> keyId.isEmpty() || alias.targetKeyId().equals(keyId.get());
        return PAGING.page(account.aliases(), filter, input, this::view);
    }

    private Answer view(Alias alias) {
        return new Answer()
                .text("AliasName", alias.name())
                .text("AliasArn", account.location().aliasArn(alias.name()))
                .text("TargetKeyId", alias.targetKeyId())
                .time("CreationDate", alias.created())
                .time("LastUpdatedDate", alias.updated());
    }

    /** Returns the key that the alias will point to. Refuses an alias instead of a key, and a key pending deletion. */
    private KmsKey target(Input input, String operation) {
        String keyId = input.get(Members.TARGET_KEY_ID);
        if (KeyFinder.isAlias(keyId)) {
            throw ErrorType.VALIDATION.with("Aliases must refer to keys. Not aliases");
        }
        KmsKey key = finder.findWithoutAlias(keyId, operation);
        key.requireNotPendingDeletion();
        return key;
    }

    private void requireBelowQuota(KmsKey key) {
        long count = account.aliases().values().stream()
                .filter(alias -> alias.targetKeyId().equals(key.id()))
                .count();
        if (count >= QUOTA_FOR_EACH_KEY) {
            throw ErrorType.LIMIT_EXCEEDED.with(
                    key.arn() + " has " + count + " aliases; the quota for each key is " + QUOTA_FOR_EACH_KEY + ".");
        }
    }
}
