package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.material.EmulatorBug;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account in each of its Regions, and the operations that involve several Regions.
 *
 * <p>Safe for use by many threads.
 */
public final class Regions {
    private final Map<String, Account> accounts;
    private final StateSaver stateSaver;

    /**
     * Creates the Regions from their saved states.
     *
     * @param locations the account in each Region to serve
     * @param saved the states by Region; a Region without an entry has no keys and aliases at first
     * @param storage saves each change
     */
    public Regions(Collection<Location> locations, Clock clock, Map<String, AccountState> saved, StateStorage storage) {
        Map<String, Account> created = new LinkedHashMap<>();
        stateSaver = new StateSaver(storage, () -> states(created.values()));
        for (Location location : locations) {
            AccountState state = saved.getOrDefault(location.region(), AccountState.empty());
            created.put(location.region(), new Account(location, clock, state, stateSaver));
        }
        accounts = Collections.unmodifiableMap(created);
    }

    private static Map<String, AccountState> states(Collection<Account> accounts) {
        Map<String, AccountState> states = new LinkedHashMap<>();
        accounts.forEach(account -> states.put(account.location().region(), account.state()));
        return states;
    }

    /** Returns the account in each Region, in the order of the locations. */
    public Map<String, Account> accounts() {
        return accounts;
    }

    /**
     * Returns the primary key among the multi-Region keys with the given id.
     *
     * @throws EmulatorBug if there is none
     */
    public KmsKey primary(String keyId) {
        return related(keyId)
                .filter(key -> key.details().scope() == KeyScope.PRIMARY)
                .findFirst()
                .orElseThrow(() -> new EmulatorBug(new IllegalStateException(keyId + " has no primary key")));
    }

    /** Returns the replicas among the multi-Region keys with the given id. */
    public List<KmsKey> replicas(String keyId) {
        return related(keyId)
                .filter(key -> key.details().scope() == KeyScope.REPLICA)
                .toList();
    }

    private Stream<KmsKey> related(String keyId) {
        return accounts.values().stream()
                .flatMap(account -> Stream.ofNullable(account.keys().get(keyId)));
    }

    /**
     * Creates a replica of a key (KMS API {@code ReplicateKey}).
     *
     * @param region the Region of the replica
     * @throws io.github.kmsjca.emulator.wire.ServiceException DisabledException or KMSInvalidStateException, if the key
     *     is not enabled; UnsupportedOperationException, if it is not a primary key; ValidationException, if the Region
     *     cannot have a replica; AlreadyExistsException, if the Region already has a replica of the key
     */
    public KmsKey replicate(KmsKey key, String region, KeyLabels labels) {
        synchronized (stateSaver) {
            // another thread can have changed the key since the caller found it
            KmsKey primary = accountOf(key).key(key.id());
            primary.requireEnabled();
            if (primary.details().scope() != KeyScope.PRIMARY) {
                throw ErrorType.UNSUPPORTED_OPERATION.with(primary.arn() + " is not a multi-region primary key.");
            }
            return destination(primary, region).addReplica(primary, labels);
        }
    }

    private Account destination(KmsKey primary, String region) {
        Location here = accountOf(primary).location();
        if (region.equals(here.region())) {
            throw ErrorType.VALIDATION.with(region + " cannot have a replica because it contains the primary.");
        }
        return Optional.ofNullable(accounts.get(region))
                .filter(there -> there.location().partition().equals(here.partition()))
                .orElseThrow(() -> ErrorType.VALIDATION.with(region + " cannot have a replica of " + primary.arn()
                        + ": the emulator must serve this Region, and the Region must be in the partition "
                        + here.partition() + "."));
    }

    private Account accountOf(KmsKey key) {
        return Optional.ofNullable(accounts.get(key.location().region())).orElseThrow();
    }

    /**
     * Deletes the keys whose waiting period has ended, with their aliases, and then deletes expired key material. When
     * the last replica of a primary key is deleted, the waiting period of that key begins if its deletion is scheduled.
     */
    public void deleteDueKeysAndMaterial() {
        if (accounts.values().stream().noneMatch(Account::hasDueKeysOrMaterial)) {
            return;
        }
        synchronized (stateSaver) {
            List<KmsKey> deleted = removeDueKeys();
            // a deleted replica can start the waiting period of its primary key, and that period can have ended as well
            while (!deleted.isEmpty()) {
                deleted.forEach(this::startWaitingPeriodOfPrimary);
                deleted = removeDueKeys();
            }
            accounts.values().forEach(Account::removeExpiredMaterial);
            // nothing to undo: if saving fails, the emulator deletes the same keys and material after the next start
            stateSaver.save(() -> {});
        }
    }

    /**
     * Removes the keys whose waiting period has ended and returns them, latest deletion date first.
     * {@link #startWaitingPeriodOfPrimary} must get the replica with the latest date first, because the waiting period
     * of the primary key begins at that date.
     */
    private List<KmsKey> removeDueKeys() {
        return accounts.values().stream()
                .flatMap(account -> account.removeDueKeys().stream())
                .sorted(Comparator.comparing(Account::deletionDate).reversed())
                .toList();
    }

    /**
     * Starts the waiting period of a primary key, if the deleted key was its last replica and the deletion of the
     * primary key is scheduled.
     */
    private void startWaitingPeriodOfPrimary(KmsKey deleted) {
        if (deleted.details().scope() != KeyScope.REPLICA
                || !replicas(deleted.id()).isEmpty()) {
            return;
        }
        KmsKey primary = primary(deleted.id());
        Instant end = Account.deletionDate(deleted);
        primary.details()
                .status()
                .windowInDays()
                .ifPresent(days -> accountOf(primary)
                        .replace(primary.withStatus(KeyStatus.pendingDeletion(end.plus(Duration.ofDays(days))))));
    }

    /**
     * Saves the state. The emulator calls this method when it starts, to check that it can save the state.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException KMSInternalException, if the state cannot be saved
     */
    public void save() {
        synchronized (stateSaver) {
            stateSaver.save(() -> {});
        }
    }
}
