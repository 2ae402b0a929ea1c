package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.algorithm.KeyPurpose;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The keys and aliases of one account in one Region.
 *
 * <p>Safe for use by many threads. Reads take no lock, so signatures run in parallel. Changes run one at a time. Each
 * public method saves its change before it returns. If it cannot save the change, it undoes the change.
 *
 * <p>{@link Regions} calls the package-private methods that change something. It holds the monitor of the saved state.
 */
public final class Account {
    private final NavigableMap<String, KmsKey> keys = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Alias> aliases = new ConcurrentSkipListMap<>();
    private final Location location;
    private final Clock clock;
    private final SavedState savedState;
    private volatile Instant nextDueTime;

    /** Creates an account from its saved state. */
    Account(Location location, Clock clock, AccountState saved, SavedState savedState) {
        this.location = location;
        this.clock = clock;
        this.savedState = savedState;
        saved.keys().forEach(key -> keys.put(key.id(), key));
        saved.aliases().forEach(alias -> aliases.put(alias.name(), alias));
        nextDueTime = earliestDueTime();
    }

    /** Returns the account number and the Region. */
    public Location location() {
        return location;
    }

    /** Returns the current time of the account. */
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

    /** Creates a key and, unless the origin is {@code EXTERNAL}, generates its key material. */
    public KmsKey createKey(KeyPurpose purpose, KeyOrigin origin, KeyScope scope, KeyLabels labels) {
        boolean external = origin == KeyOrigin.EXTERNAL;
        // outside the lock, because generating an RSA key takes seconds
        KeyMaterial material = external
                ? new KeyMaterial.MissingMaterial(Optional.empty())
                : purpose.spec().generate();
        KeyStatus status = external ? KeyStatus.pendingImport() : KeyStatus.enabled();
        KeyDetails details = new KeyDetails(now(), scope, labels, status);
        KmsKey key = new KmsKey(location.keyArn(KmsKey.newId(scope)), purpose, material, details);
        synchronized (savedState) {
            putAndSave(keys, key.id(), key);
        }
        return key;
    }

    /**
     * Creates a replica of a key from another Region.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if the account has a key with
     *     this id
     */
    KmsKey addReplica(KmsKey primary, KeyLabels labels) {
        String arn = location.keyArn(primary.id());
        if (keys.containsKey(primary.id())) {
            throw ErrorType.ALREADY_EXISTS.with("A key with the ARN " + arn + " already exists");
        }
        KeyDetails details = new KeyDetails(now(), KeyScope.REPLICA, labels, KeyStatus.enabled());
        KmsKey replica = new KmsKey(arn, primary.purpose(), primary.material(), details);
        // KMS does not copy imported material: the owner must import it into each Region
        KmsKey added = replica.origin() == KeyOrigin.EXTERNAL ? replica.withoutMaterial() : replica;
        putAndSave(keys, added.id(), added);
        return added;
    }

    /**
     * Replaces a key.
     *
     * @param change returns the changed key for the current key; if it throws, nothing changes
     */
    public KmsKey updateKey(String keyId, UnaryOperator<KmsKey> change) {
        synchronized (savedState) {
            KmsKey changed = change.apply(key(keyId));
            putAndSave(keys, keyId, changed);
            nextDueTime = earliestDueTime();
            return changed;
        }
    }

    /** Replaces a key. Does not save the change. */
    void replace(KmsKey key) {
        keys.put(key.id(), key);
        nextDueTime = earliestDueTime();
    }

    /** Returns whether the waiting period of any key has ended, or any imported key material has expired. */
    boolean hasDueKeys() {
        return !now().isBefore(nextDueTime);
    }

    /** Removes expired key material. Does not save the change. */
    void expireMaterial() {
        Instant now = now();
        keys.replaceAll((id, key) -> materialExpiry(key).isAfter(now) ? key : key.withoutMaterial());
        nextDueTime = earliestDueTime();
    }

    /**
     * Removes the keys whose waiting period has ended, and their aliases. Does not save the change.
     *
     * @return the removed keys
     */
    List<KmsKey> removeDueKeys() {
        Instant now = now();
        List<KmsKey> due = keys.values().stream()
                .filter(key -> !deletionDate(key).isAfter(now))
                .toList();
        due.forEach(key -> keys.remove(key.id()));
        aliases.values().removeIf(alias -> !keys.containsKey(alias.targetKeyId()));
        nextDueTime = earliestDueTime();
        return due;
    }

    private Instant earliestDueTime() {
        return keys.values().stream()
                .flatMap(key -> Stream.of(deletionDate(key), materialExpiry(key)))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Returns the time at which a key will be deleted, or {@link Instant#MAX} if no deletion is scheduled. */
    static Instant deletionDate(KmsKey key) {
        return key.details().status().deletionDate().orElse(Instant.MAX);
    }

    private static Instant materialExpiry(KmsKey key) {
        return key.materialExpiry().orElse(Instant.MAX);
    }

    /**
     * Creates an alias.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if an alias has this name
     */
    public void createAlias(String name, String keyId) {
        synchronized (savedState) {
            putAndSave(aliases, name, newAlias(name, keyId));
        }
    }

    /** Creates several aliases for one key and saves once. */
    public void createAliases(Collection<String> names, String keyId) {
        synchronized (savedState) {
            // checks all names before the first alias is created
            List<Alias> created =
                    names.stream().map(name -> newAlias(name, keyId)).toList();
            created.forEach(alias -> aliases.put(alias.name(), alias));
            savedState.save(() -> names.forEach(aliases::remove));
        }
    }

    /** Points an existing alias to another key. */
    public void updateAlias(String name, String keyId) {
        synchronized (savedState) {
            putAndSave(aliases, name, alias(name).withTarget(keyId, now()));
        }
    }

    /**
     * Deletes an alias.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if no alias has this name
     */
    public void deleteAlias(String name) {
        synchronized (savedState) {
            Alias removed = aliases.remove(name);
            if (removed == null) {
                throw unknownAlias(name);
            }
            savedState.save(() -> aliases.put(name, removed));
        }
    }

    /**
     * Returns the key with the given key id.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if no key has this id
     */
    public KmsKey key(String keyId) {
        return Optional.ofNullable(keys.get(keyId))
                .orElseThrow(() -> ErrorType.NOT_FOUND.with("Key '" + location.keyArn(keyId) + "' does not exist"));
    }

    /**
     * Returns the alias with the given name.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if no alias has this name
     */
    public Alias alias(String name) {
        return Optional.ofNullable(aliases.get(name)).orElseThrow(() -> unknownAlias(name));
    }

    /** Returns a copy of all keys and aliases. */
    AccountState state() {
        return new AccountState(keys.values(), aliases.values());
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

    private <V> void putAndSave(NavigableMap<String, V> map, String name, V value) {
        V before = map.put(name, value);
        savedState.save(() -> {
            if (before == null) {
                map.remove(name);
            } else {
                map.put(name, before);
            }
        });
    }
}
