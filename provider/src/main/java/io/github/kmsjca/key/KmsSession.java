package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.MacAlgorithm;
import io.github.kmsjca.client.AliasAnswer;
import io.github.kmsjca.client.KmsCalls;
import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.KmsProbe;
import io.github.kmsjca.config.ForeignText;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsKeyGenParameterSpec;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.Warnings;
import java.security.ProviderException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private final Warnings warnings;
    private final Handles handles = new Handles(this);
    private final KeyCreation creation = new KeyCreation(this);
    private final Map<KeyId, Single<KmsHandle>> asked = new ConcurrentHashMap<>();
    private final Map<Certified, KmsPrivateKey> certified = new ConcurrentHashMap<>();
    private final Map<KeyId, Single<Map<String, String>>> tags = new ConcurrentHashMap<>();
    private volatile Single<Aliases> aliases;
    private volatile @Nullable KmsCalls calls;

    /** Makes a session for a diagnosis, whose keys only try to sign; no provider shares it. */
    public KmsSession(KmsSettings settings, KmsProbe probe) {
        this(settings, new Warnings(System.getLogger(KmsSession.class.getName())));
        this.calls = probe.calls();
    }

    KmsSession(KmsSettings settings, Warnings warnings) {
        this.settings = settings;
        this.warnings = warnings;
        this.aliases = listing();
    }

    private Single<Aliases> listing() {
        return new Single<>(() -> Aliases.of(usable(calls().aliases())), LIFETIME);
    }

    /** Leaves out names that this version takes for none; tools print the others as they are. */
    private List<AliasAnswer> usable(List<AliasAnswer> listed) {
        return listed.stream()
                .filter(alias -> {
                    boolean usable =
                            KeyId.find(alias.name()).filter(KeyId::isAlias).isPresent();
                    if (!usable) {
                        warnings.once("KMS lists an alias '" + ForeignText.of(alias.name())
                                + "' of a form that this version does not know; it is left out");
                    }
                    return usable;
                })
                .toList();
    }

    /** Takes note of a new alias, which KMS itself does not know everywhere at once. */
    void noteAlias(KeyId alias, KmsHandle key) {
        Single<KmsHandle> kept = new Single<>(() -> key, LIFETIME);
        kept.get();
        asked.put(alias, kept);
        aliases = listing();
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
            made = new KmsCalls(settings, warnings);
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
     * Returns the handle to a key of which only the identifier is known: one request the first time (two for a secret
     * key), shared by all who ask meanwhile, and none after, but for aliases every few minutes. The handle names the
     * key by its ARN, so that an alias which is moved to another key does not change the key under a certificate.
     *
     * @throws ProviderException if KMS refuses, or the key is none that the provider has a use for
     */
    public KmsHandle handle(KeyId id) {
        return asked.computeIfAbsent(
                        id,
                        missing -> new Single<>(
                                () -> shared(handles.ask(missing)), missing.isAlias() ? LIFETIME : FOREVER))
                .get();
    }

    /**
     * Returns the handle to a key pair of which only the identifier is known, see {@link #handle}.
     *
     * @throws ProviderException if KMS refuses, or the key is no key pair
     */
    public KmsPrivateKey key(KeyId id) {
        if (handle(id) instanceof KmsPrivateKey pair) {
            return pair;
        }
        throw new KmsException(handle(id) + " is a secret key; name an asymmetric key", null);
    }

    /** Returns the handle to a key of a spec that has just been made, as soon as KMS knows it. */
    KmsHandle handleOfNew(KeyId arn, String spec) {
        boolean secret = KeySpec.named(spec).flatMap(MacAlgorithm::of).isPresent();
        Supplier<KmsHandle> request = () -> secret ? handles.askSecret(arn) : handles.ask(arn);
        return asked.computeIfAbsent(
                        arn, made -> new Single<>(() -> calls().changes().whenKnown(request), FOREVER))
                .get();
    }

    /**
     * Makes a key in KMS, with its alias if one is wanted, and returns the handle to it.
     *
     * @throws ProviderException if KMS refuses; where the key has been made, it names the key
     */
    public KmsHandle create(KmsKeyGenParameterSpec wanted) {
        return creation.create(wanted);
    }

    /**
     * Gives a key that this session has made without alias an alias, and does nothing for other keys.
     *
     * @throws ProviderException if KMS refuses; it names the key
     */
    public void nameIfNew(KmsHandle key, String alias) {
        creation.nameIfNew(key, alias);
    }

    /** Returns the handle to a key if an earlier {@link #handle} has learned of it; never calls KMS. */
    public Optional<KmsHandle> known(KeyId id) {
        return Optional.ofNullable(asked.get(id)).flatMap(Single::last);
    }

    /**
     * Returns the handle to a key whose public key a certificate tells; never calls KMS. That the two belong together
     * is seen with the first signature.
     *
     * @throws ProviderException if KMS has no keys like the public key
     */
    public KmsPrivateKey key(KeyId id, PublicKey publicKey) {
        return certified.computeIfAbsent(new Certified(id, publicKey), it -> handles.certified(it.id, it.publicKey));
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
                calls().changes().tag(id, added);
            }
            if (!removed.isEmpty()) {
                calls().changes().untag(id, removed);
            }
        } finally {
            tags.remove(id);
        }
    }

    /** Returns the handle to the key of an ARN, the same one whichever identifier led to it. */
    private KmsHandle shared(KmsHandle fresh) {
        KeyId arn = KeyId.parse(fresh.keyId());
        return known(arn).orElseGet(() -> {
            Single<KmsHandle> kept = new Single<>(() -> fresh, FOREVER);
            asked.putIfAbsent(arn, kept);
            return kept.get();
        });
    }
}
