package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyChanges;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.security.ProviderException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Creates KMS keys without leaving orphans. If a step after {@code CreateKey} fails, the error names the key, and the
 * key is deleted if the caller asked for that. Thread-safe.
 */
public final class KeyCreation {
    /** Given instead of a deletion window in days: the key stays even if a later step fails. */
    private static final int KEEP = 0;

    private final KeyCache keys;
    private final AliasList aliases;

    /** The ARNs of keys that were created without an alias. */
    private final Set<String> unnamed;

    KeyCreation(KeyCache keys, AliasList aliases, Set<String> unnamed) {
        this.keys = keys;
        this.aliases = aliases;
        this.unnamed = unnamed;
    }

    /**
     * Creates a key, waits until KMS knows it, and creates its alias.
     *
     * @throws KmsException if a KMS call fails; the message names the key if the key exists by then
     */
    public KmsHandle create(KmsKeyGenParameterSpec wanted) {
        KeyId id = keys.connection().calls().changes().create(wanted);
        KmsHandle made = orUndo(keys.connection(), id, wanted.deletionWindow().orElse(KEEP), () -> {
            KmsHandle handle = keys.handleOfNew(id, wanted.keySpec());
            requireWanted(handle, wanted);
            wanted.alias().ifPresent(alias -> createAlias(handle, alias));
            return handle;
        });
        if (wanted.alias().isEmpty()) {
            unnamed.add(made.keyId());
        }
        return made;
    }

    private static void requireWanted(KmsHandle handle, KmsKeyGenParameterSpec wanted) {
        boolean otherUsage = wanted.keyUsage().isPresent() && !wanted.keyUsage().equals(handle.keyUsage());
        if (!handle.keySpec().equals(wanted.keySpec()) || otherUsage) {
            throw KmsErrors.unusable("the key has spec " + handle.keySpec() + " for "
                    + handle.keyUsage().orElse("an unknown usage") + " instead of " + wanted.keySpec() + " for "
                    + wanted.keyUsage().orElse("any usage"));
        }
    }

    /**
     * Creates an alias for a key that the provider created without one. Does nothing for other keys.
     *
     * @throws KmsException if the KMS call fails; the message names the key
     */
    public void nameIfNew(KmsHandle key, String alias) {
        if (!unnamed.remove(key.keyId())) {
            return;
        }
        try {
            orUndo(key.connection(), key.id(), KEEP, () -> {
                createAlias(key, alias);
                return key;
            });
        } catch (KmsException stillUnnamed) {
            unnamed.add(key.keyId());
            throw stillUnnamed;
        }
    }

    private void createAlias(KmsHandle key, String alias) {
        KeyChanges changes = key.connection().calls().changes();
        changes.retryUntilKnown(() -> {
            changes.createAlias(alias, key.id());
            return key;
        });
        keys.note(KeyId.parse(alias), key);
        aliases.forget();
    }

    /**
     * Returns the result of the steps after {@code CreateKey}. If a step fails, the error says what happens to the key.
     */
    private static KmsHandle orUndo(Connection connection, KeyId id, int deletionWindow, Supplier<KmsHandle> steps) {
        try {
            return steps.get();
        } catch (ProviderException failure) {
            throw KmsErrors.unusable(
                    "KMS created key " + id + ", but a later step failed (" + failure.getMessage() + "); "
                            + undo(connection, id, deletionWindow),
                    failure);
        }
    }

    /** Schedules the deletion of an incomplete key, except with {@link #KEEP}. Returns what happens to the key. */
    private static String undo(Connection connection, KeyId id, int deletionWindow) {
        if (deletionWindow == KEEP) {
            return "use the key later with the setting adopt, or delete it with 'aws kms schedule-key-deletion'";
        }
        KeyChanges changes = connection.calls().changes();
        try {
            changes.retryUntilKnown(() -> {
                changes.scheduleDeletion(id, deletionWindow);
                return id;
            });
            return "KMS deletes the key in " + deletionWindow + " days";
        } catch (ProviderException notDeleted) {
            return "the key could not be deleted either (" + notDeleted.getMessage()
                    + "); delete it with 'aws kms schedule-key-deletion'";
        }
    }
}
