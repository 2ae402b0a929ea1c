package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyChanges;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.security.ProviderException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Creates KMS keys without leaving orphans: a key of which not all could be made is named, or deleted. Thread-safe. */
public final class KeyCreation {
    private final KeyCache keys;
    private final AliasList aliases;
    private final Set<String> unnamed;

    KeyCreation(KeyCache keys, AliasList aliases, Set<String> unnamed) {
        this.keys = keys;
        this.aliases = aliases;
        this.unnamed = unnamed;
    }

    /**
     * Makes a key, waits until KMS knows it, and gives it its alias.
     *
     * @throws KmsException if KMS refuses; where the key has been made, it names the key
     */
    public KmsHandle create(KmsKeyGenParameterSpec wanted) {
        KeyId id = keys.connection().calls().changes().create(wanted);
        KmsHandle made = orUndo(keys.connection(), id, wanted.deletionWindow(), () -> {
            KmsHandle handle = keys.handleOfNew(id, wanted.keySpec());
            wanted.alias().ifPresent(alias -> name(handle, alias));
            return handle;
        });
        if (wanted.alias().isEmpty()) {
            unnamed.add(made.keyId());
        }
        return made;
    }

    /**
     * Gives a key that the provider has made without alias an alias, and does nothing for other keys.
     *
     * @throws KmsException if KMS refuses; it names the key
     */
    public void nameIfNew(KmsHandle key, String alias) {
        if (!unnamed.remove(key.keyId())) {
            return;
        }
        try {
            orUndo(key.connection(), key.id(), OptionalInt.empty(), () -> {
                name(key, alias);
                return key;
            });
        } catch (KmsException unnamedStill) {
            unnamed.add(key.keyId());
            throw unnamedStill;
        }
    }

    private void name(KmsHandle key, String alias) {
        KeyChanges changes = key.connection().calls().changes();
        changes.whenKnown(() -> {
            changes.createAlias(alias, key.id());
            return key;
        });
        keys.note(KeyId.parse(alias), key);
        aliases.forget();
    }

    private static KmsHandle orUndo(
            Connection connection, KeyId id, OptionalInt deletionWindow, Supplier<KmsHandle> rest) {
        try {
            return rest.get();
        } catch (ProviderException failure) {
            throw KmsErrors.unusable(
                    "KMS has made key " + id + ", " + undone(connection, id, deletionWindow) + " ("
                            + failure.getMessage() + ")",
                    failure);
        }
    }

    /** Returns what has become of a key. */
    private static String undone(Connection connection, KeyId id, OptionalInt deletionWindow) {
        if (deletionWindow.isEmpty()) {
            return "but not all that belongs to it; name it with the setting adopt later, or delete it with"
                    + " 'aws kms schedule-key-deletion'";
        }
        int days = deletionWindow.getAsInt();
        KeyChanges changes = connection.calls().changes();
        try {
            changes.whenKnown(() -> {
                changes.scheduleDeletion(id, days);
                return id;
            });
            return "and deletes it in " + days + " days, because not all that belongs to it could be made";
        } catch (ProviderException stays) {
            return "but not all that belongs to it, and it could not be deleted either: " + stays.getMessage() + ";";
        }
    }
}
