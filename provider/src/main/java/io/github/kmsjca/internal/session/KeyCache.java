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

/** The handles of a session: those that KMS was asked for, and those that certificates gave. Thread-safe. */
public final class KeyCache {
    /** A key that is named by its id or ARN is always the same. */
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

    /** A key, and the public key that a certificate has. */
    private record Certified(KeyId id, PublicKey publicKey) {}

    /**
     * Returns the handle to a key of which only the identifier is known: one request the first time (two for a secret
     * key), shared by all who ask meanwhile, and none after, but for aliases every few minutes. The handle names the
     * key by its ARN, so that an alias which is moved to another key does not change the key under a certificate.
     *
     * @throws ProviderException if KMS refuses, or the provider has no use for such a key
     */
    public KmsHandle handle(KeyId id) {
        return asked.computeIfAbsent(
                        id,
                        missing -> new CachedFetch<>(
                                () -> shared(factory.ask(missing)), missing.isAlias() ? CachedFetch.LIFETIME : FOREVER))
                .get();
    }

    /**
     * Returns the handle to a key pair of which only the identifier is known, see {@link #handle}.
     *
     * @throws ProviderException if KMS refuses, or the key is no key pair
     */
    public PairHandle pair(KeyId id) {
        if (handle(id) instanceof PairHandle pair) {
            return pair;
        }
        throw KmsErrors.unusable(handle(id) + " is a secret key; name an asymmetric key");
    }

    /**
     * Returns the handle to a key pair with the public key that a certificate has; never calls KMS. Whether the two belong
     * together shows with the first signature.
     *
     * @throws ProviderException if KMS has no keys like the public key
     */
    public PairHandle pair(KeyId id, PublicKey publicKey) {
        return certified.computeIfAbsent(
                new Certified(id, publicKey), missing -> factory.certified(missing.id, missing.publicKey));
    }

    /** Returns the handle to a key, see {@link #handle}; empty only if KMS may not be asked and it is not known. */
    public Optional<KmsHandle> find(KeyId id, Lookup lookup) {
        return lookup == Lookup.MAY_ASK ? Optional.of(handle(id)) : known(id);
    }

    /** Returns the handle to a key if an earlier {@link #handle} has found it; never calls KMS. */
    public Optional<KmsHandle> known(KeyId id) {
        return Optional.ofNullable(asked.get(id)).flatMap(CachedFetch::last);
    }

    /** Returns the handle to a key of a spec that has just been made, as soon as KMS knows it. */
    KmsHandle handleOfNew(KeyId arn, String spec) {
        boolean secret = KeySpec.named(spec).flatMap(MacAlgorithm::of).isPresent();
        Supplier<KmsHandle> request = () -> secret ? factory.askSecret(arn) : factory.ask(arn);
        return asked.computeIfAbsent(
                        arn,
                        made -> new CachedFetch<>(
                                () -> connection.calls().changes().whenKnown(request), FOREVER))
                .get();
    }

    /** Notes which key a new alias points to: KMS does not know it everywhere at once. */
    void note(KeyId alias, KmsHandle key) {
        CachedFetch<KmsHandle> kept = new CachedFetch<>(() -> key, CachedFetch.LIFETIME);
        kept.get();
        asked.put(alias, kept);
    }

    /** Returns the handle to the key of an ARN, the same one whichever identifier led to it. */
    private KmsHandle shared(KmsHandle fresh) {
        return known(fresh.id()).orElseGet(() -> {
            CachedFetch<KmsHandle> kept = new CachedFetch<>(() -> fresh, FOREVER);
            asked.putIfAbsent(fresh.id(), kept);
            return kept.get();
        });
    }
}
