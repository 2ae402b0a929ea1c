package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyReference;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.key.KmsException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The handles of a session, from KMS answers and from certificates. Thread-safe. */
public final class KeyCache {
    /** How long a handle is kept for a key id or key ARN, which always names the same key. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Connection connection;
    private final AliasList aliases;
    private final HandleFactory factory;
    private final Duration aliasLifetime;
    private final Map<KeyId, CachedFetch<KmsHandle>> fromKms = new ConcurrentHashMap<>();
    private final FailedLookups failedLookups = new FailedLookups();
    private final Map<Certified, PairHandle> fromCertificates = new ConcurrentHashMap<>();

    /** Creates an empty cache. The aliases serve only to suggest a name in an error. */
    KeyCache(Connection connection, AliasList aliases) {
        this(connection, aliases, CachedFetch.LIFETIME);
    }

    /**
     * Creates an empty cache.
     *
     * @param aliasLifetime the time after which an alias is requested again
     */
    KeyCache(Connection connection, AliasList aliases, Duration aliasLifetime) {
        this.connection = connection;
        this.aliases = aliases;
        this.factory = new HandleFactory(connection);
        this.aliasLifetime = aliasLifetime;
    }

    Connection connection() {
        return connection;
    }

    /** A key, and the public key from its certificate. */
    private record Certified(KeyId id, PublicKey publicKey) {}

    /**
     * Returns the handle to a key by its identifier. The first call sends one request, or two for a secret key. Threads
     * that need the key at the same time share the request. Later calls send no request, except that an alias is
     * requested again after some minutes.
     *
     * <p>The handle knows the key ARN. If somebody moves the alias to another key, the handle refuses the answers of
     * the other key, and the next call of this method asks KMS again.
     *
     * @throws ProviderException if the KMS call fails, or the provider does not support the key
     */
    public KmsHandle handle(KeyId id) {
        return result(id, presentFetch(id));
    }

    /** Returns the handle of a fetch. Keeps the fetch only if it ever succeeded: failures must not fill memory. */
    private KmsHandle result(KeyId id, CachedFetch<KmsHandle> fetch) {
        boolean isFirst = fetch.last().isEmpty();
        try {
            KmsHandle handle = fetch.get();
            if (isFirst) {
                // another thread may have been interrupted in this fetch, and have removed it
                fromKms.putIfAbsent(id, fetch);
            }
            return handle;
        } finally {
            if (fetch.last().isEmpty()) {
                // only this fetch: another thread may have put the handle of a key that was created in the meantime
                fromKms.remove(id, fetch);
            }
        }
    }

    private CachedFetch<KmsHandle> presentFetch(KeyId id) {
        CachedFetch<KmsHandle> present = fromKms.get(id);
        return present == null || isStale(present) ? currentFetch(id) : present;
    }

    private CachedFetch<KmsHandle> currentFetch(KeyId id) {
        // another thread may have replaced a stale fetch already
        return fromKms.compute(id, (name, present) -> present == null || isStale(present) ? fetch(name) : present);
    }

    private static boolean isStale(CachedFetch<KmsHandle> fetch) {
        return fetch.last().filter(handle -> handle.reference().isStale()).isPresent();
    }

    private CachedFetch<KmsHandle> fetch(KeyId id) {
        return new CachedFetch<>(() -> ask(id), id.isAlias() ? aliasLifetime : FOREVER);
    }

    /** Asks KMS for a key, and also keeps a handle under its ARN, so that the ARN needs no request. */
    private KmsHandle ask(KeyId id) {
        KmsHandle fresh;
        try {
            fresh = factory.ask(id);
        } catch (KmsException e) {
            throw withSuggestion(id, e);
        }
        fromKms.computeIfAbsent(fresh.id(), arn -> fetched(fresh.with(KeyReference.of(arn)), FOREVER));
        return fresh;
    }

    /** Returns the failure. If KMS does not know the alias, adds the alias that the caller may have meant. */
    private KmsException withSuggestion(KeyId id, KmsException failure) {
        if (!id.isAlias() || !KmsErrors.isUnknownKey(failure)) {
            return failure;
        }
        return aliases.nearest(id.name())
                .map(name -> KmsErrors.withAdvice(failure, "did you mean " + name + "?"))
                .orElse(failure);
    }

    private static CachedFetch<KmsHandle> fetched(KmsHandle handle, Duration lifetime) {
        CachedFetch<KmsHandle> fetched = new CachedFetch<>(() -> handle, lifetime);
        fetched.get();
        return fetched;
    }

    /**
     * Returns the handle to a key pair by its identifier, see {@link #handle}.
     *
     * @throws ProviderException if the KMS call fails, or the key is not a key pair
     */
    public PairHandle pair(KeyId id) {
        if (handle(id) instanceof PairHandle pair) {
            return pair;
        }
        throw KmsErrors.unusable(handle(id) + " is a secret key; name an asymmetric key");
    }

    /**
     * Returns the handle to a key pair with the public key from a certificate. Never calls KMS. The first signature
     * shows whether the key and the public key belong together.
     *
     * @throws KmsException if no KMS key can have this public key
     */
    public PairHandle pair(KeyId id, PublicKey publicKey) {
        Certified key = new Certified(id, publicKey);
        PairHandle present = fromCertificates.get(key);
        return present == null || present.reference().isStale() ? currentHandle(key) : present;
    }

    private PairHandle currentHandle(Certified key) {
        // another thread may have replaced a stale handle already
        return fromCertificates.compute(
                key,
                (same, present) -> present == null || present.reference().isStale()
                        ? factory.certified(same.id, same.publicKey)
                        : present);
    }

    /**
     * Returns the handle to a key, see {@link #handle}. With {@link Lookup#KNOWN_ONLY}, see {@link #known}.
     */
    public Optional<KmsHandle> find(KeyId id, Lookup lookup) {
        return lookup == Lookup.MAY_ASK ? Optional.of(handle(id)) : known(id);
    }

    /** Returns the handle to a key that an earlier {@link #handle} found; empty for any other key. Never calls KMS. */
    public Optional<KmsHandle> known(KeyId id) {
        return Optional.ofNullable(fromKms.get(id))
                .flatMap(CachedFetch::last)
                .filter(handle -> !handle.reference().isStale());
    }

    /**
     * Returns the handle to a key, see {@link #handle}; empty if KMS answers that there is no such key, or has said so
     * within the last minute.
     */
    public Optional<KmsHandle> existing(KeyId id) {
        if (isMissing(id)) {
            return Optional.empty();
        }
        CachedFetch<KmsHandle> fetch = presentFetch(id);
        try {
            return Optional.of(result(id, fetch));
        } catch (KmsException e) {
            boolean isMissing = KmsErrors.isUnknownKey(e);
            failedLookups.add(id, isMissing);
            if (isMissing) {
                // the fetch may have the handle of a deleted alias
                fromKms.remove(id, fetch);
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns whether KMS has said within the last minute that there is no such key. Never calls KMS. */
    public boolean isMissing(KeyId id) {
        return known(id).isEmpty() && failedLookups.isMissing(id).orElse(false);
    }

    /**
     * Returns whether KMS has a key. Returns true if KMS does not say, for example because a permission is missing.
     * Asks KMS at most once a minute for each key. If KMS returns the key, {@link #handle} then needs no request.
     */
    public boolean exists(KeyId id) {
        boolean hasFailedLately = failedLookups.isMissing(id).isPresent();
        if (hasFailedLately) {
            return !isMissing(id);
        }
        try {
            return existing(id).isPresent();
        } catch (KmsException unknown) {
            return true;
        }
    }

    /** Waits until KMS knows a new key of the given spec, and returns the handle to the key. */
    KmsHandle handleOfNew(KeyId arn, String spec) {
        boolean isSecret = KeySpec.named(spec).flatMap(MacAlgorithm::of).isPresent();
        Supplier<KmsHandle> request = () -> isSecret ? factory.askSecret(arn) : factory.ask(arn);
        CachedFetch<KmsHandle> fetch = fromKms.computeIfAbsent(
                arn,
                made -> new CachedFetch<>(() -> connection.calls().changes().retryUntilKnown(request), FOREVER));
        return result(arn, fetch);
    }

    /**
     * Records the key of a new alias. For some minutes, requests for this alias name the ARN of the key, because some
     * KMS servers do not know the alias yet.
     */
    void note(KeyId alias, KmsHandle key) {
        fromKms.put(alias, fetched(key, aliasLifetime));
    }
}
