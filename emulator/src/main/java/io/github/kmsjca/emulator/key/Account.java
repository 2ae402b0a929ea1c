package io.github.kmsjca.emulator.key;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The keys and aliases of one account in one Region.
 *
 * <p>Safe for use by many threads: reading takes no lock, so signatures run side by side; changes run one after the
 * other, and each is saved before it returns. A change that cannot be saved is taken back.
 */
public final class Account {
    private final NavigableMap<String, KmsKey> keys = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Alias> aliases = new ConcurrentSkipListMap<>();
    private final Object changing = new Object();
    private final Location location;
    private final Clock clock;
    private final Journal journal;
    private volatile Instant nextDeletion = Instant.MIN;

    /** Creates an account with what was saved. */
    public Account(Location location, Clock clock, AccountState saved, Journal journal) {
        this.location = location;
        this.clock = clock;
        this.journal = journal;
        saved.keys().forEach(key -> keys.put(key.id(), key));
        saved.aliases().forEach(alias -> aliases.put(alias.name(), alias));
    }

    /** Returns where the account is. */
    public Location location() {
        return location;
    }

    /** Returns the account's time. */
    public Instant now() {
        return clock.instant();
    }

    /** Returns a view of the keys by key id. */
    public NavigableMap<String, KmsKey> keys() {
        return Collections.unmodifiableNavigableMap(keys);
    }

    /** Returns a view of the aliases by name. */
    public NavigableMap<String, Alias> aliases() {
        return Collections.unmodifiableNavigableMap(aliases);
    }

    /** Makes a key, with its key material. */
    public KmsKey createKey(KeyPurpose purpose, String description, NavigableMap<String, String> tags) {
        // outside of the lock: RSA keys take seconds
        KeyMaterial material = purpose.spec().generate();
        KeyDetails details = new KeyDetails(now(), description, KeyStatus.enabled(), tags);
        KmsKey key = new KmsKey(location.keyArn(UUID.randomUUID().toString()), purpose, material, details);
        synchronized (changing) {
            change(keys, key.id(), key);
        }
        return key;
    }

    /**
     * Replaces a key.
     *
     * @param change makes the new key of the present one; may refuse by an exception, and then nothing changes
     */
    public KmsKey updateKey(String keyId, UnaryOperator<KmsKey> change) {
        synchronized (changing) {
            KmsKey changed = change.apply(key(keyId));
            change(keys, keyId, changed);
            nextDeletion = earliestDeletion();
            return changed;
        }
    }

    /** Deletes the keys whose waiting period is over, and the aliases of these keys. */
    public void deleteDueKeys() {
        Instant now = now();
        if (now.isBefore(nextDeletion)) {
            return;
        }
        synchronized (changing) {
            boolean deleted = keys.values().removeIf(key -> !deletionDate(key).isAfter(now));
            nextDeletion = earliestDeletion();
            if (deleted) {
                aliases.values().removeIf(alias -> !keys.containsKey(alias.targetKeyId()));
                // if this fails they are due again after the next start
                save(() -> {});
            }
        }
    }

    private Instant earliestDeletion() {
        return keys.values().stream()
                .map(Account::deletionDate)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static Instant deletionDate(KmsKey key) {
        return key.details().status().deletionDate().orElse(Instant.MAX);
    }

    /**
     * Makes an alias.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if there is one of that name
     */
    public void createAlias(String name, String keyId) {
        synchronized (changing) {
            change(aliases, name, newAlias(name, keyId));
        }
    }

    /** Makes many aliases of a key and saves once. */
    public void createAliases(Collection<String> names, String keyId) {
        synchronized (changing) {
            // all are checked before the first is made
            List<Alias> made = names.stream().map(name -> newAlias(name, keyId)).toList();
            made.forEach(alias -> aliases.put(alias.name(), alias));
            save(() -> names.forEach(aliases::remove));
        }
    }

    /** Points an alias that exists to another key. */
    public void updateAlias(String name, String keyId) {
        synchronized (changing) {
            change(aliases, name, alias(name).withTarget(keyId, now()));
        }
    }

    /**
     * Deletes an alias.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if there is none of that name
     */
    public void deleteAlias(String name) {
        synchronized (changing) {
            Alias removed = aliases.remove(name);
            if (removed == null) {
                throw unknownAlias(name);
            }
            save(() -> aliases.put(name, removed));
        }
    }

    /**
     * Returns the key of a key id.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if there is none
     */
    public KmsKey key(String keyId) {
        return Optional.ofNullable(keys.get(keyId))
                .orElseThrow(() -> ErrorType.NOT_FOUND.with("Key '" + location.keyArn(keyId) + "' does not exist"));
    }

    /**
     * Returns the alias of a name.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if there is none
     */
    public Alias alias(String name) {
        return Optional.ofNullable(aliases.get(name)).orElseThrow(() -> unknownAlias(name));
    }

    /** Saves everything, as at the end of a run. */
    public void save() {
        synchronized (changing) {
            save(() -> {});
        }
    }

    private Alias newAlias(String name, String keyId) {
        if (aliases.containsKey(name)) {
            throw ErrorType.ALREADY_EXISTS.with(
                    "An alias with the name " + location.aliasArn(name) + " already exists");
        }
        Instant now = now();
        return new Alias(name, keyId, now, now);
    }

    private RuntimeException unknownAlias(String name) {
        return ErrorType.NOT_FOUND.with("Alias " + location.aliasArn(name) + " is not found.");
    }

    private <V> void change(NavigableMap<String, V> map, String name, V value) {
        V before = map.put(name, value);
        save(() -> {
            if (before == null) {
                map.remove(name);
            } else {
                map.put(name, before);
            }
        });
    }

    private void save(Runnable undo) {
        try {
            journal.save(() -> new AccountState(keys.values(), aliases.values()));
        } catch (IOException e) {
            undo.run();
            throw ErrorType.KMS_INTERNAL.with("The emulator could not save its state: " + e);
        }
    }
}
