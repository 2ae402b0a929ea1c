package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.AliasAnswer;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.Warnings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The aliases of the account, as a session has listed them. Thread-safe. */
public final class AliasList {
    private final Connection connection;
    private final Warnings warnings;
    private volatile CachedFetch<Listed> listing;

    AliasList(Connection connection, Warnings warnings) {
        this.connection = connection;
        this.warnings = warnings;
        this.listing = listing();
    }

    private CachedFetch<Listed> listing() {
        return new CachedFetch<>(this::list, CachedFetch.LIFETIME);
    }

    /** Aliases in the order of the service, and by name. */
    private record Listed(List<AliasAnswer> all, Map<String, AliasAnswer> byName) {}

    /** Leaves out names of a form that this version does not know, since tools print names as they are. */
    private Listed list() {
        Map<String, AliasAnswer> byName = new LinkedHashMap<>();
        for (AliasAnswer alias : connection.calls().aliases()) {
            if (KeyId.find(alias.name()).filter(KeyId::isAlias).isPresent()) {
                // one may stand on two pages, if the account changes while they are read
                byName.put(alias.name(), alias);
            } else {
                warnings.once("KMS lists an alias '" + ForeignText.of(alias.name())
                        + "' of a form that this version does not know; it is left out");
            }
        }
        return new Listed(List.copyOf(byName.values()), byName);
    }

    /**
     * Returns the aliases: one request for each hundred the first time, and none for minutes after. If KMS may not be
     * asked, they are those of an earlier list, or none.
     */
    public List<AliasAnswer> all(Lookup lookup) {
        return lookup == Lookup.MAY_ASK
                ? listing.get().all
                : listing.last().map(Listed::all).orElse(List.of());
    }

    /** Returns an alias if they have been listed and it is one of them; never calls KMS. */
    public Optional<AliasAnswer> known(String name) {
        return listing.last().flatMap(listed -> Optional.ofNullable(listed.byName.get(name)));
    }

    /** Forgets the list, since an alias has been made. */
    void forget() {
        listing = listing();
    }
}
