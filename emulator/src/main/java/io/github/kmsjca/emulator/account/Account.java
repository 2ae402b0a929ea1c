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
 * <p>Safe for use by many threads. Reads take no lock, so requests that change nothing, such as {@code Sign}, run in
 * parallel. Changes run one at a time. Each public method saves its change before it returns. If it cannot save the
 * change, it undoes the change and throws a {@code ServiceException} of type {@code KMSInternalException}.
 *
 * <p>Only {@link Regions} may call the package-private methods that change something, and only while it holds the
 * monitor of the {@code StateSaver}.
 */
public final class Account {
    private final NavigableMap<String, KmsKey> keys = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Alias> aliases = new ConcurrentSkipListMap<>();
    private final Location location;
    private final Clock clock;
    private final StateSaver stateSaver;
    private volatile Instant nextDueTime;

    /** Creates an account from its saved state. */
    Account(Location location, Clock clock, AccountState saved, StateSaver stateSaver) {
        this.location = location;
        this.clock = clock;
        this.stateSaver = stateSaver;
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

    /** Returns an unmodifiable view of the keys by key id. */
    public NavigableMap<String, KmsKey> keys() {
        return Collections.unmodifiableNavigableMap(keys);
    }

    /** Returns an unmodifiable view of the aliases by name. */
    public NavigableMap<String, Alias> aliases() {
        return Collections.unmodifiableNavigableMap(aliases);
    }

    /** Creates a key and, unless the origin is {@code EXTERNAL}, generates its key material. */
    public KmsKey createKey(KeyPurpose purpose, KeyOrigin origin, KeyScope scope, KeyLabels labels) {
        KmsKey key = newKey(purpose, origin, scope, labels);
        synchronized (stateSaver) {
            putAndSave(keys, key.id(), key);
        }
        return key;
    }

    /**
     * Creates a single-Region key with generated material and an alias, and saves once.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if the name of the alias is in
     *     use; no key is then created
     */
    public KmsKey createKey(KeyPurpose purpose, String aliasName) {
        KmsKey key = newKey(purpose, KeyOrigin.AWS_KMS, KeyScope.SINGLE_REGION, KeyLabels.none());
        synchronized (stateSaver) {
            Alias alias = newAlias(aliasName, key.id());
            keys.put(key.id(), key);
            aliases.put(aliasName, alias);
            stateSaver.save(() -> {
                aliases.remove(aliasName);
                keys.remove(key.id());
            });
        }
        return key;
    }

    private KmsKey newKey(KeyPurpose purpose, KeyOrigin origin, KeyScope scope, KeyLabels labels) {
        boolean external = origin == KeyOrigin.EXTERNAL;
        // outside the lock, because generating an RSA key takes seconds
        KeyMaterial material = external
                ? new KeyMaterial.MissingMaterial(Optional.empty())
                : purpose.spec().generate();
        KeyStatus status = external ? KeyStatus.pendingImport() : KeyStatus.enabled();
        KeyDetails details = new KeyDetails(now(), scope, labels, status);
        return new KmsKey(location.keyArn(KmsKey.newId(scope)), purpose, material, details);
    }

    /**
     * Creates a replica of a primary key from another Region, and saves the replica in this Region.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if this Region already has a key
     *     with the id of the primary key
     */
    KmsKey addReplica(KmsKey primary, KeyLabels labels) {
        String arn = location.keyArn(primary.id());
        if (keys.containsKey(primary.id())) {
            throw ErrorType.ALREADY_EXISTS.with("A key with the ARN " + arn + " already exists");
        }
        KeyDetails details = new KeyDetails(now(), KeyScope.REPLICA, labels, KeyStatus.enabled());
        KmsKey replica = new KmsKey(arn, primary.purpose(), primary.material(), details);
        // KMS does not copy imported material: the owner must import the same material into each Region
        KmsKey added = replica.origin() == KeyOrigin.EXTERNAL ? replica.withoutMaterial() : replica;
        putAndSave(keys, added.id(), added);
        return added;
    }

    /**
     * Changes a key.
     *
     * @param change gets the current key and returns the changed key; if it throws an exception, nothing changes
     * @return the changed key
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if no key has this id
     */
    public KmsKey updateKey(String keyId, UnaryOperator<KmsKey> change) {
        synchronized (stateSaver) {
            KmsKey changed = change.apply(key(keyId));
            putAndSave(keys, keyId, changed);
            nextDueTime = earliestDueTime();
            return changed;
        }
    }

    /** Replaces the key that has the same key id. Does not save the change. */
    void replace(KmsKey key) {
        keys.put(key.id(), key);
        nextDueTime = earliestDueTime();
    }

    /** Returns whether there is a key whose waiting period has ended, or imported key material that has expired. */
    boolean hasDueKeysOrMaterial() {
        return !now().isBefore(nextDueTime);
    }

    /** Removes imported key material that has expired. Does not save the change. */
    void removeExpiredMaterial() {
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

    /** Returns the time at which a key will be deleted, or {@link Instant#MAX} if the key has no deletion date. */
    static Instant deletionDate(KmsKey key) {
        return key.details().status().deletionDate().orElse(Instant.MAX);
    }

    private static Instant materialExpiry(KmsKey key) {
        return key.materialExpiry().orElse(Instant.MAX);
    }

    /**
     * Creates an alias.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if an alias already has this name
     */
    public void createAlias(String name, String keyId) {
        synchronized (stateSaver) {
            putAndSave(aliases, name, newAlias(name, keyId));
        }
    }

    /**
     * Creates several aliases for one key and saves once.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException AlreadyExistsException, if one of the names is in use; no
     *     alias is then created
     */
    public void createAliases(Collection<String> names, String keyId) {
        synchronized (stateSaver) {
            // checks all names before the first alias is created
            List<Alias> created =
                    names.stream().map(name -> newAlias(name, keyId)).toList();
            created.forEach(alias -> aliases.put(alias.name(), alias));
            stateSaver.save(() -> names.forEach(aliases::remove));
        }
    }

    /**
     * Points an existing alias to another key.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if no alias has this name
     */
    public void updateAlias(String name, String keyId) {
        synchronized (stateSaver) {
            putAndSave(aliases, name, alias(name).withTarget(keyId, now()));
        }
    }

    /**
     * Deletes an alias.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if no alias has this name
     */
    public void deleteAlias(String name) {
        synchronized (stateSaver) {
            Alias removed = aliases.remove(name);
            if (removed == null) {
                throw unknownAlias(name);
            }
            stateSaver.save(() -> aliases.put(name, removed));
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
        stateSaver.save(() -> {
            if (before == null) {
                map.remove(name);
            } else {
                map.put(name, before);
            }
        });
    }
}
