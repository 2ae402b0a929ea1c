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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The entries of {@code -keystore NONE}: the keys that the settings name, or the aliases of the account. The key of the
 * setting {@code adopt} is not an entry, because keytool creates no key under the name of an existing entry.
 *
 * <p>Lists the aliases of the account only to return all entries, and only if the settings do not name every key.
 * Thread-safe.
 */
final class Discovery {
    private final KmsSession session;
    private final KmsSettings settings;

    Discovery(KmsSession session) {
        this.session = session;
        this.settings = session.settings();
    }

    /** Returns the aliases of all entries. May list the aliases of the account. */
    List<String> aliases(Lookup lookup) {
        Supplier<List<AliasAnswer>> accountAliases = () -> session.aliases().all(lookup);
        Stream<String> own = settings.names().entrySet().stream()
                .filter(entry -> !isAdopted(entry.getValue()))
                .map(Map.Entry::getKey);
        return Stream.concat(own, discovered(accountAliases)).distinct().toList();
    }

    private Stream<String> discovered(Supplier<List<AliasAnswer>> accountAliases) {
        List<String> filters = settings.keys();
        if (filters.isEmpty()) {
            return settings.names().isEmpty() ? listed(accountAliases.get(), alias -> true) : Stream.empty();
        }
        Stream<String> named =
                filters.stream().filter(filter -> !filter.contains(Wildcards.ANY) && !isAdopted(KeyId.parse(filter)));
        return namesEveryKey() ? named : Stream.concat(named, listed(accountAliases.get(), matching(filters)));
    }

    /** Returns whether the settings name every key, so that no list is needed. */
    boolean namesEveryKey() {
        List<String> filters = settings.keys();
        return filters.isEmpty()
                ? !settings.names().isEmpty()
                : filters.stream().noneMatch(filter -> filter.contains(Wildcards.ANY));
    }

    private Stream<String> listed(List<AliasAnswer> accountAliases, Predicate<String> wanted) {
        Optional<KeyId> adopted = settings.adopt();
        Optional<String> key = adopted.flatMap(this::knownKeyId);
        return accountAliases.stream()
                .filter(alias -> wanted.test(alias.name())
                        && !key.equals(Optional.of(alias.targetKeyId()))
                        && adopted.map(KeyId::name).filter(alias.name()::equals).isEmpty())
                .map(AliasAnswer::name);
    }

    /** Returns whether an identifier is known to name the key of the setting {@code adopt}. */
    private boolean isAdopted(KeyId id) {
        return settings.adopt()
                .filter(adopted -> adopted.name().equals(id.name())
                        || knownKeyId(adopted)
                                .filter(key -> knownKeyId(id).equals(Optional.of(key)))
                                .isPresent())
                .isPresent();
    }

    /**
     * Returns whether an identifier may name the key of the setting {@code adopt}. This is not known if exactly one of
     * the two is an alias, and the target of that alias is not known.
     */
    private boolean mayBeAdopted(KeyId id) {
        return settings.adopt()
                .filter(adopted -> isAdopted(id)
                        || (adopted.isAlias() != id.isAlias()
                                && (knownKeyId(adopted).isEmpty()
                                        || knownKeyId(id).isEmpty())))
                .isPresent();
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
     * Returns the key of an entry, without a call. Accepts every form of key identifier that the settings do not
     * exclude, listed or not, so that a caller without permission to list aliases can still use a key.
     */
    Optional<KeyId> id(String alias) {
        KeyId named = settings.names().get(alias);
        if (named != null) {
            return Optional.of(named).filter(key -> !isAdopted(key));
        }
        if (!KeyId.isKeyId(alias)
                || !(settings.keys().isEmpty() || matching(settings.keys()).test(alias))) {
            return Optional.empty();
        }
        KeyId id = KeyId.parse(alias);
        return Optional.of(id).filter(key -> settings.keys().contains(alias) ? !isAdopted(key) : !mayBeAdopted(key));
    }

    /**
     * Returns whether an entry exists. Asks KMS about a key that KMS has not listed or returned before. Returns false
     * only if KMS answers that there is no such key: a caller without permission to see a key can have permission to
     * sign with it.
     */
    boolean exists(String alias) {
        Optional<KeyId> id = id(alias);
        return id.isPresent() && (isListed(id.get()) || session.keys().exists(id.get()));
    }

    /** Returns whether the settings name the key of an entry, other than the key of the setting {@code adopt}. */
    boolean isConfigured(String alias) {
        return id(alias).isPresent()
                && (settings.names().containsKey(alias) || settings.keys().contains(alias));
    }

    private boolean isListed(KeyId id) {
        return id.isAlias() && session.aliases().known(id.name()).isPresent();
    }

    /** Returns the creation time of the alias of an entry; empty if the aliases have not been listed. */
    Optional<Instant> created(String alias) {
        return session.aliases().known(alias).flatMap(AliasAnswer::created);
    }
}
