package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.AliasAnswer;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.NearestName;
import io.github.kmsjca.internal.text.Warnings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The cached list of the account's aliases. Thread-safe. */
public final class AliasList {
    private final Connection connection;
    private final Warnings warnings;
    private volatile CachedFetch<Aliases> cached;

    AliasList(Connection connection, Warnings warnings) {
        this.connection = connection;
        this.warnings = warnings;
        this.cached = notFetched();
    }

    private CachedFetch<Aliases> notFetched() {
        return new CachedFetch<>(this::fetch, CachedFetch.LIFETIME);
    }

    /** The aliases in the order in which KMS lists them, and by name. */
    private record Aliases(List<AliasAnswer> all, Map<String, AliasAnswer> byName) {}

    /** Lists the aliases in KMS. Leaves out aliases with malformed names, because tools print names unchanged. */
    private Aliases fetch() {
        Map<String, AliasAnswer> byName = new LinkedHashMap<>();
        for (AliasAnswer alias : connection.calls().aliases()) {
            if (KeyId.find(alias.name()).filter(KeyId::isAlias).isPresent()) {
                // an alias can be on two pages if aliases change between the two requests
                byName.put(alias.name(), alias);
            } else {
                warnings.once("KMS lists an alias '" + ForeignText.of(alias.name())
                        + "' in a form that this version of kms-jca does not know; the alias is left out");
            }
        }
        return new Aliases(List.copyOf(byName.values()), byName);
    }

    /**
     * Returns the aliases. The first call sends one request for each hundred aliases. For some minutes, later calls
     * send no request. With {@link Lookup#KNOWN_ONLY}, the result is the last list; empty if there is none.
     */
    public List<AliasAnswer> all(Lookup lookup) {
        return lookup == Lookup.MAY_ASK
                ? cached.get().all
                : cached.last().map(Aliases::all).orElse(List.of());
    }

    /** Returns an alias if the last list contains it. Never calls KMS. */
    public Optional<AliasAnswer> known(String name) {
        return cached.last().flatMap(aliases -> Optional.ofNullable(aliases.byName.get(name)));
    }

    /**
     * Returns the alias whose name is most similar to the given name; empty if no known alias is similar. Looks in the
     * last list and in the settings {@code keys} and {@code key.<alias>}. Never calls KMS.
     */
    public Optional<String> nearest(String name) {
        KmsSettings settings = connection.settings();
        Stream<String> inSettings = Stream.concat(
                settings.keys().stream(), settings.names().values().stream().map(KeyId::name));
        List<String> known = Stream.concat(all(Lookup.KNOWN_ONLY).stream().map(AliasAnswer::name), inSettings)
                .filter(alias -> !alias.equals(name)
                        && KeyId.find(alias).filter(KeyId::isAliasName).isPresent())
                .toList();
        return NearestName.of(name, known);
    }

    /** Discards the list after an alias was created. */
    void forget() {
        cached = notFetched();
    }
}
