package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.client.AliasAnswer;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The entries of {@code -keystore NONE}: the keys that the settings name, or the aliases of the account. The key of the
 * setting {@code adopt} is not an entry, because keytool creates no key under the name of an existing entry.
 *
 * <p>Only {@link #aliases} lists the aliases of the account, and only if the settings do not name every key.
 * Thread-safe.
 */
final class Discovery {
    private final KmsSession session;
    private final KmsSettings settings;

    Discovery(KmsSession session) {
        this.session = session;
        this.settings = session.settings();
    }

    /** Returns the aliases of all entries. */
    List<String> aliases(Lookup lookup) {
        Stream<String> own = settings.names().entrySet().stream()
                .filter(entry -> !isAdopted(entry.getValue()))
                .map(Map.Entry::getKey);
        return Stream.concat(own, discovered(lookup)).distinct().toList();
    }

    /** Returns the aliases that the setting {@code keys} allows; without any setting that names keys, all aliases. */
    private Stream<String> discovered(Lookup lookup) {
        List<String> filters = settings.keys();
        Stream<String> named =
                filters.stream().filter(filter -> !filter.contains(Wildcards.ANY) && !isAdopted(KeyId.parse(filter)));
        if (namesEveryKey()) {
            return named;
        }
        Predicate<String> wanted = filters.isEmpty() ? alias -> true : matching(filters);
        return Stream.concat(named, listed(session.aliases().all(lookup), wanted));
    }

    /** Returns whether the settings name every key, so that the aliases of the account are not needed. */
    boolean namesEveryKey() {
        List<String> filters = settings.keys();
        return filters.isEmpty()
                ? !settings.names().isEmpty()
                : filters.stream().noneMatch(filter -> filter.contains(Wildcards.ANY));
    }

    private Stream<String> listed(List<AliasAnswer> accountAliases, Predicate<String> wanted) {
        Optional<String> adoptedName = settings.adopt().map(KeyId::name);
        Optional<String> adoptedKey = settings.adopt().flatMap(this::knownKeyId);
        return accountAliases.stream()
                .filter(alias -> wanted.test(alias.name())
                        && !adoptedName.equals(Optional.of(alias.name()))
                        && !adoptedKey.equals(Optional.of(alias.targetKeyId())))
                .map(AliasAnswer::name);
    }

    /** Returns whether an identifier is known to name the key of the setting {@code adopt}. */
    private boolean isAdopted(KeyId id) {
        Optional<KeyId> adopted = settings.adopt();
        if (adopted.isEmpty()) {
            return false;
        }
        Optional<String> adoptedKey = knownKeyId(adopted.get());
        return adopted.get().name().equals(id.name()) || (adoptedKey.isPresent() && adoptedKey.equals(knownKeyId(id)));
    }

    /**
     * Returns whether an identifier may name the key of the setting {@code adopt}: it does, or one of the two is an
     * alias whose key is not known, and the other is a key id or key ARN.
     */
    private boolean mayBeAdopted(KeyId id) {
        Optional<KeyId> adopted = settings.adopt();
        if (adopted.isEmpty()) {
            return false;
        }
        boolean isOneAnAlias = adopted.get().isAlias() != id.isAlias();
        boolean isUnknown =
                knownKeyId(adopted.get()).isEmpty() || knownKeyId(id).isEmpty();
        return isAdopted(id) || (isOneAnAlias && isUnknown);
    }

    /** Returns the key id of an identifier, if it is known without a call. */
    private Optional<String> knownKeyId(KeyId id) {
        return id.isAlias() ? session.aliases().known(id.name()).map(AliasAnswer::targetKeyId) : Optional.of(id.name());
    }

    private static Predicate<String> matching(List<String> filters) {
        List<Wildcards> patterns = filters.stream().map(Wildcards::of).toList();
        return name -> patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /**
     * Returns the key of an entry, without a call; empty if there can be no such entry. The alias of an entry is a name
     * that the settings define, or any key identifier that the settings do not exclude. The identifier need not be in a
     * list from KMS, so that a caller without permission to list aliases can still use a key.
     */
    Optional<KeyId> id(String alias) {
        KeyId named = settings.names().get(alias);
        if (named != null) {
            return Optional.of(named).filter(key -> !isAdopted(key));
        }
        if (!KeyId.isIdentifier(alias)
                || !(settings.keys().isEmpty() || matching(settings.keys()).test(alias))) {
            return Optional.empty();
        }
        KeyId id = KeyId.parse(alias);
        // an identifier that the settings name is an entry, unless it is known to name the adopted key
        boolean isExcluded = settings.keys().contains(alias) ? isAdopted(id) : mayBeAdopted(id);
        return isExcluded ? Optional.empty() : Optional.of(id);
    }

    /**
     * Returns whether an entry exists. Asks KMS about a key that KMS has not listed or returned before. Returns false
     * for an alias that {@link #id} excludes. Otherwise returns false only if KMS answers that there is no such key: a
     * caller without permission to see a key can have permission to sign with it.
     */
    boolean exists(String alias) {
        Optional<KeyId> id = id(alias);
        return id.isPresent() && (isListed(id.get()) || session.keys().exists(id.get()));
    }

    /** Returns whether the settings name an entry in full, not only by {@code *}. The adopted key is not an entry. */
    boolean isConfigured(String alias) {
        return id(alias).isPresent()
                && (settings.names().containsKey(alias) || settings.keys().contains(alias));
    }

    private boolean isListed(KeyId id) {
        return id.isAlias() && session.aliases().known(id.name()).isPresent();
    }

    /** Returns when the alias was created in KMS; empty if no list from KMS contains the alias. */
    Optional<Instant> created(String alias) {
        return session.aliases().known(alias).flatMap(AliasAnswer::created);
    }
}
