package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import java.security.ProviderException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The handles of a session, from KMS answers and from certificates. Thread-safe. */
public final class KeyCache {
    /** A key id or ARN always names the same key. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Connection connection;
    private final HandleFactory factory;
    private final Map<KeyId, CachedFetch<KmsHandle>> asked = new ConcurrentHashMap<>();
    private final Map<Certified, PairHandle> certified = new ConcurrentHashMap<>();

    KeyCache(Connection connection) {
        this.connection = connection;
        this.factory = new HandleFactory(connection);
    }

    Connection connection() {
        return connection;
    }

    /** A key, and the public key from its certificate. */
    private record Certified(KeyId id, PublicKey publicKey) {}

    /**
     * Returns the handle to a key by its identifier. The first call sends one request, or two for a secret key. Threads
     * that need the key at the same time share the request. Later calls send none, except that an alias is requested
     * again after some minutes.
     *
     * <p>The handle identifies the key by its ARN, so that the key that belongs to a certificate stays the same even if
     * an alias moves.
     *
     * @throws ProviderException if the KMS call fails, or the provider does not support such a key
     */
    public KmsHandle handle(KeyId id) {
        return asked.computeIfAbsent(
                        id,
                        missing -> new CachedFetch<>(
                                () -> shared(factory.ask(missing)), missing.isAlias() ? CachedFetch.LIFETIME : FOREVER))
                .get();
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
     * @throws ProviderException if KMS has no key spec for the public key
     */
    public PairHandle pair(KeyId id, PublicKey publicKey) {
        return certified.computeIfAbsent(
                new Certified(id, publicKey), missing -> factory.certified(missing.id, missing.publicKey));
    }

    /**
     * Returns the handle to a key, see {@link #handle}. With {@link Lookup#KNOWN_ONLY} it is empty for an unknown key.
     */
    public Optional<KmsHandle> find(KeyId id, Lookup lookup) {
        return lookup == Lookup.MAY_ASK ? Optional.of(handle(id)) : known(id);
    }

    /** Returns the handle to a key if an earlier {@link #handle} found it. Never calls KMS. */
    public Optional<KmsHandle> known(KeyId id) {
        return Optional.ofNullable(asked.get(id)).flatMap(CachedFetch::last);
    }

    /** Waits until KMS knows a new key of a spec, and returns its handle. */
    KmsHandle handleOfNew(KeyId arn, String spec) {
        boolean secret = KeySpec.named(spec).flatMap(MacAlgorithm::of).isPresent();
        Supplier<KmsHandle> request = () -> secret ? factory.askSecret(arn) : factory.ask(arn);
        return asked.computeIfAbsent(
                        arn,
                        made -> new CachedFetch<>(
                                () -> connection.calls().changes().retryUntilKnown(request), FOREVER))
                .get();
    }

    /** Records the key of a new alias, because some KMS servers do not know the alias yet. */
    void note(KeyId alias, KmsHandle key) {
        CachedFetch<KmsHandle> kept = new CachedFetch<>(() -> key, CachedFetch.LIFETIME);
        kept.get();
        asked.put(alias, kept);
    }

    /**
     * Returns the cached handle with the same ARN, or else caches the new one, so that all identifiers of a key share
     * one handle.
     */
    private KmsHandle shared(KmsHandle fresh) {
        return known(fresh.id()).orElseGet(() -> {
            CachedFetch<KmsHandle> kept = new CachedFetch<>(() -> fresh, FOREVER);
            asked.putIfAbsent(fresh.id(), kept);
            return kept.get();
        });
    }
}
