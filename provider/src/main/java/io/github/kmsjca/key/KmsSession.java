package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.client.AliasAnswer;
import io.github.kmsjca.client.KmsCalls;
import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.KmsProbe;
import io.github.kmsjca.client.PublicKeyAnswer;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all keys of one configuration share: the settings, the connection to KMS, and the keys used so far. It lives as
 * long as the provider, so that loading a KeyStore again costs no call. Thread-safe.
 */
// public for our other packages; what it shows of them is no API
@SuppressWarnings("exports")
public final class KmsSession {
    /** How long an alias is taken to point to the same key, and the list of aliases to be complete. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** A key that is named by its id or ARN is always the same. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final KmsSettings settings;
    private final Single<Aliases> aliases;
    private final Map<KeyId, Single<KmsPrivateKey>> asked = new ConcurrentHashMap<>();
    private final Map<Certified, KmsPrivateKey> certified = new ConcurrentHashMap<>();
    private final Map<KeyId, Single<Map<String, String>>> tags = new ConcurrentHashMap<>();
    private volatile @Nullable KmsCalls calls;

    /** Makes a session for a diagnosis, whose keys only try to sign; no provider shares it. */
    public KmsSession(KmsSettings settings, KmsProbe probe) {
        this(settings);
        this.calls = probe.calls();
    }

    KmsSession(KmsSettings settings) {
        this.settings = settings;
        this.aliases = new Single<>(() -> Aliases.of(calls().aliases()), LIFETIME);
    }

    /** The aliases of the account, in the order of the service and by name. */
    private record Aliases(List<AliasAnswer> all, Map<String, AliasAnswer> byName) {
        /** One may stand on two pages, if the account changes while they are read. */
        static Aliases of(List<AliasAnswer> read) {
            Map<String, AliasAnswer> byName = new LinkedHashMap<>();
            read.forEach(alias -> byName.put(alias.name(), alias));
            return new Aliases(List.copyOf(byName.values()), byName);
        }
    }

    /** A key and the public key that a certificate tells. */
    private record Certified(KeyId id, PublicKey publicKey) {}

    /** Returns the settings that are in force. */
    public KmsSettings settings() {
        return settings;
    }

    /** Makes them when first asked for: merely linking their class loads a part of the SDK. */
    KmsCalls calls() {
        KmsCalls present = calls;
        return present == null ? makeCalls() : present;
    }

    private synchronized KmsCalls makeCalls() {
        KmsCalls made = calls;
        if (made == null) {
            made = new KmsCalls(settings);
            calls = made;
        }
        return made;
    }

    /** Returns random bytes of KMS, 1 to 1,024: one request. */
    public byte[] random(int length) {
        return calls().random(length);
    }

    /** Returns the aliases of the account: one request for each hundred the first time, and none for minutes after. */
    public List<AliasAnswer> aliases() {
        return aliases.get().all;
    }

    /** Returns the aliases if they have been listed; never calls KMS. */
    public List<AliasAnswer> knownAliases() {
        return aliases.last().map(Aliases::all).orElse(List.of());
    }

    /** Returns an alias of the account if they have been listed and it is one of them; never calls KMS. */
    public Optional<AliasAnswer> knownAlias(String name) {
        return aliases.last().flatMap(listed -> Optional.ofNullable(listed.byName.get(name)));
    }

    /**
     * Returns the handle to a key of which only the identifier is known: one request the first time, shared by all
     * who ask meanwhile, and none after, but for aliases every few minutes. The handle names the key by its ARN, so
     * that an alias which is moved to another key does not change the key under a certificate.
     *
     * @throws ProviderException if KMS refuses, or the key is none that can sign
     */
    public KmsPrivateKey key(KeyId id) {
        return asked.computeIfAbsent(
                        id,
                        missing -> new Single<>(
                                () -> ask(missing, calls()::publicKey), missing.isAlias() ? LIFETIME : FOREVER))
                .get();
    }

    /**
     * Makes a signing key in KMS and returns the handle to it.
     *
     * @throws ProviderException if KMS refuses; where the key has been made, it names the key
     */
    public KmsPrivateKey create(KeySpec spec) {
        KeyId id = KeyId.parse(calls().createSigningKey(spec));
        try {
            return asked.computeIfAbsent(id, made -> new Single<>(() -> ask(made, calls()::publicKeyOfNew), FOREVER))
                    .get();
        } catch (KmsException e) {
            throw new KmsException(
                    "KMS has made key " + id + ", which cannot be used yet; name it with the setting adopt later, or"
                            + " delete it with 'aws kms schedule-key-deletion' (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Returns the handle to a key if an earlier {@link #key(KeyId)} has learned its public key; never calls KMS. */
    public Optional<KmsPrivateKey> known(KeyId id) {
        return Optional.ofNullable(asked.get(id)).flatMap(Single::last);
    }

    /**
     * Returns the handle to a key whose public key a certificate tells; never calls KMS. That the two belong together
     * is seen with the first signature.
     *
     * @throws ProviderException if KMS has no keys like the public key
     */
    public KmsPrivateKey key(KeyId id, PublicKey publicKey) {
        return certified.computeIfAbsent(new Certified(id, publicKey), it -> {
            KeySpec spec = PublicKeys.spec(publicKey)
                    .orElseThrow(() -> new ProviderException("the certificate of key " + id + " is for a "
                            + publicKey.getAlgorithm() + " key of a kind that KMS does not have; "
                            + "give the entry the certificate of its own key"));
            return handle(id, spec, publicKey);
        });
    }

    /** Returns the tags of a key that is named by its ARN: one request for fifty, and none for minutes after. */
    public Map<String, String> tags(KeyId id) {
        return tags.computeIfAbsent(id, it -> new Single<>(() -> calls().tags(it), LIFETIME))
                .get();
    }

    /** Returns the tags of a key as far as they have been asked for; never calls KMS. */
    public Map<String, String> knownTags(KeyId id) {
        return Optional.ofNullable(tags.get(id)).flatMap(Single::last).orElse(Map.of());
    }

    /**
     * Gives a key tags and takes others away, one request each. In between, all of the first are there, and those of
     * the second still are.
     */
    public void retag(KeyId id, Map<String, String> added, Collection<String> removed) {
        try {
            if (!added.isEmpty()) {
                calls().tag(id, added);
            }
            if (!removed.isEmpty()) {
                calls().untag(id, removed);
            }
        } finally {
            tags.remove(id);
        }
    }

    /** Returns the key used so far that a public key belongs to. */
    Optional<KmsPrivateKey> owner(PublicKey publicKey) {
        return Stream.concat(asked.values().stream().flatMap(key -> key.last().stream()), certified.values().stream())
                .filter(key -> key.publicKey().equals(publicKey))
                .findFirst();
    }

    private KmsPrivateKey ask(KeyId id, Function<KeyId, PublicKeyAnswer> request) {
        PublicKeyAnswer answer = request.apply(id);
        if (!answer.canSign()) {
            throw new KmsException(
                    "key " + id + " is for " + answer.keyUsage() + " and cannot sign; name a key whose key usage is "
                            + PublicKeyAnswer.SIGNING,
                    null);
        }
        KeySpec spec = KeySpec.named(answer.keySpec())
                .orElseThrow(() -> new KmsException(
                        "key " + id + " has key spec " + answer.keySpec() + ", which this version does not know",
                        null));
        try {
            PublicKey publicKey = PublicKeys.parse(spec, answer.publicKey());
            return shared(KeyId.parse(answer.arn()), spec, publicKey);
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new KmsException("what KMS answered for key " + id + " cannot be read as a public key", e);
        }
    }

    /** Returns the handle to the key of an ARN, the same one whichever identifier led to it. */
    private KmsPrivateKey shared(KeyId arn, KeySpec spec, PublicKey publicKey) {
        return known(arn).orElseGet(() -> {
            Single<KmsPrivateKey> fresh = new Single<>(() -> handle(arn, spec, publicKey), FOREVER);
            asked.putIfAbsent(arn, fresh);
            return fresh.get();
        });
    }

    private KmsPrivateKey handle(KeyId id, KeySpec spec, PublicKey publicKey) {
        return switch (spec.family()) {
            case RSA -> new RsaHandle(id, spec, (RSAPublicKey) publicKey, this);
            case EC ->
                publicKey instanceof ECPublicKey ec
                        ? new EcHandle(id, spec, ec, this)
                        : new NamedHandle(id, spec, publicKey, this);
            case EDDSA -> new EdEcHandle(id, spec, publicKey, this);
            case ML_DSA, SM2 -> new NamedHandle(id, spec, publicKey, this);
        };
    }
}
