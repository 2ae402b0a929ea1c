package io.github.kmsjca.key;

import io.github.kmsjca.client.KeyChanges;
import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsKeyGenParameterSpec;
import java.security.ProviderException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Makes keys in KMS, and sees to it that none is left behind of which nobody knows. Thread-safe. */
final class KeyCreation {
    private final KmsSession session;
    private final Set<String> unnamed = ConcurrentHashMap.newKeySet();

    KeyCreation(KmsSession session) {
        this.session = session;
    }

    /**
     * Makes a key, waits until KMS knows it, and gives it its alias.
     *
     * @throws KmsException if KMS refuses; where the key has been made, it names the key
     */
    KmsHandle create(KmsKeyGenParameterSpec wanted) {
        KeyId id = changes().create(wanted);
        KmsHandle made = orUndo(id, wanted.deletionWindow(), () -> {
            KmsHandle handle = session.handleOfNew(id, wanted.keySpec());
            wanted.alias().ifPresent(alias -> name(handle, alias));
            return handle;
        });
        if (wanted.alias().isEmpty()) {
            unnamed.add(made.keyId());
        }
        return made;
    }

    /** Gives a key that was made here an alias if it has none yet, and does nothing for other keys. */
    void nameIfNew(KmsHandle key, String alias) {
        if (!unnamed.remove(key.keyId())) {
            return;
        }
        try {
            orUndo(KeyId.parse(key.keyId()), OptionalInt.empty(), () -> {
                name(key, alias);
                return key;
            });
        } catch (KmsException unnamedStill) {
            unnamed.add(key.keyId());
            throw unnamedStill;
        }
    }

    private void name(KmsHandle key, String alias) {
        changes().whenKnown(() -> {
            changes().createAlias(alias, KeyId.parse(key.keyId()));
            return key;
        });
        session.noteAlias(KeyId.parse(alias), key);
    }

    private KmsHandle orUndo(KeyId id, OptionalInt deletionWindow, Supplier<KmsHandle> rest) {
        try {
            return rest.get();
        } catch (ProviderException failure) {
            throw new KmsException(
                    "KMS has made key " + id + ", " + undone(id, deletionWindow) + " (" + failure.getMessage() + ")",
                    failure);
        }
    }

    /** Returns what has become of a key. */
    private String undone(KeyId id, OptionalInt deletionWindow) {
        if (deletionWindow.isEmpty()) {
            return "but not all that belongs to it; name it with the setting adopt later, or delete it with"
                    + " 'aws kms schedule-key-deletion'";
        }
        int days = deletionWindow.getAsInt();
        try {
            changes().whenKnown(() -> {
                changes().scheduleDeletion(id, days);
                return id;
            });
            return "and deletes it in " + days + " days, because not all that belongs to it could be made";
        } catch (ProviderException stays) {
            return "but not all that belongs to it, and it could not be deleted either: " + stays.getMessage() + ";";
        }
    }

    private KeyChanges changes() {
        return session.calls().changes();
    }
}
