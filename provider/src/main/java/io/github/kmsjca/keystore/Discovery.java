package io.github.kmsjca.keystore;

import io.github.kmsjca.client.AliasAnswer;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSession;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of {@code -keystore NONE}: keys that the settings name, or the aliases of the account. Only asking for all
 * of them lists aliases, and only where the settings do not name every key. Thread-safe.
 */
final class Discovery {
    private static final String WILDCARD = "*";

    private final KmsSession session;
    private final KmsSettings settings;
    private final CertificateSource certificates;

    Discovery(KmsSession session) {
        this.session = session;
        this.settings = session.settings();
        this.certificates = settings.certificates().map(CertificateSource::at).orElseGet(CertificateSource::none);
    }

    /** Returns the aliases of all entries; may list the aliases of the account. */
    List<String> aliases() {
        return aliases(session::aliases);
    }

    /** Returns the aliases of all entries as far as they are known without a call. */
    List<String> knownAliases() {
        return aliases(session::knownAliases);
    }

    private List<String> aliases(Supplier<List<AliasAnswer>> account) {
        Stream<String> own = settings.names().entrySet().stream()
                .filter(entry -> !isAdopted(entry.getValue().name()))
                .map(Map.Entry::getKey);
        return Stream.concat(own, discovered(account)).distinct().toList();
    }

    private Stream<String> discovered(Supplier<List<AliasAnswer>> account) {
        List<String> filters = settings.keys();
        if (filters.isEmpty()) {
            return settings.names().isEmpty() ? listed(account.get(), any -> true) : Stream.empty();
        }
        Stream<String> named = filters.stream()
                .filter(filter -> !filter.contains(WILDCARD)
                        && !isAdopted(KeyId.parse(filter).name()));
        boolean complete = filters.stream().noneMatch(filter -> filter.contains(WILDCARD));
        return complete ? named : Stream.concat(named, listed(account.get(), matching(filters)));
    }

    private Stream<String> listed(List<AliasAnswer> account, Predicate<String> wanted) {
        return account.stream()
                .filter(alias -> wanted.test(alias.name()) && !isAdopted(alias.name(), alias.targetKeyId()))
                .map(AliasAnswer::name);
    }

    /** Returns whether the key being adopted goes by one of these key ids and alias names. */
    private boolean isAdopted(String... names) {
        return settings.adopt()
                .map(KeyId::name)
                .filter(List.of(names)::contains)
                .isPresent();
    }

    private static Predicate<String> matching(List<String> filters) {
        return Pattern.compile(filters.stream()
                        .map(filter -> Stream.of(filter.split(Pattern.quote(WILDCARD), -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))
                        .collect(Collectors.joining("|")))
                .asMatchPredicate();
    }

    /**
     * Returns the key of an entry, without a call. Every form of key identifier that the settings do not exclude is an
     * entry, listed or not, so that a key can be used without permission to list. While a key is being adopted there
     * are none: keytool refuses to make an entry whose name it finds taken.
     */
    Optional<KeyId> id(String alias) {
        KeyId named = settings.names().get(alias);
        if (named != null) {
            return Optional.of(named).filter(key -> !isAdopted(key.name()));
        }
        boolean offered = settings.keys().isEmpty() || matching(settings.keys()).test(alias);
        return offered && settings.adopt().isEmpty() && KeyId.isKeyId(alias)
                ? Optional.of(KeyId.parse(alias))
                : Optional.empty();
    }

    /** Returns the handle of an entry: one request the first time. */
    Optional<KmsPrivateKey> key(String alias) {
        return id(alias).map(session::key);
    }

    /** Returns the chain of an entry, leaf first, empty if there is none; may ask KMS for the public key. */
    List<X509Certificate> chain(String alias) {
        return certificates.isEmpty() ? List.of() : key(alias).map(this::chain).orElse(List.of());
    }

    /** Returns the chain of an entry as far as it is known without a call. */
    List<X509Certificate> knownChain(String alias) {
        return id(alias).flatMap(session::known).map(this::chain).orElse(List.of());
    }

    private List<X509Certificate> chain(KmsPrivateKey key) {
        return certificates.chainFor(key.publicKey()).orElse(List.of());
    }

    /** Returns when the alias of an entry was made, if the aliases have been listed. */
    Optional<Instant> created(String alias) {
        return session.knownAliases().stream()
                .filter(known -> known.name().equals(alias))
                .findFirst()
                .flatMap(AliasAnswer::created);
    }
}
