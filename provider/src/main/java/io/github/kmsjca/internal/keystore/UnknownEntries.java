package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.NearestName;
import io.github.kmsjca.internal.text.Warnings;
import java.util.List;
import java.util.Optional;

/**
 * Warns about names that are not entries, if the caller may have meant another entry, and about keys that do not exist
 * in KMS. A KeyStore returns null for these names, and jarsigner prints only that there is no chain. Makes no KMS call.
 * Thread-safe.
 */
final class UnknownEntries {
    private final Warnings warnings;

    UnknownEntries(Warnings warnings) {
        this.warnings = warnings;
    }

    /**
     * Warns about an alias for which a caller gets null instead of a key or chain, if the caller may have meant another
     * entry, or if KMS has lately said that it has no such key.
     */
    void check(Entries entries, String alias) {
        if (!entries.contains(alias)) {
            suggestion(entries, alias)
                    .ifPresent(text -> warnings.once("there is no entry '" + ForeignText.of(alias) + "'; " + text));
        } else if (entries.isKnownToBeMissing(alias)) {
            warnings.once("KMS has no key for entry '" + ForeignText.of(alias) + "'; "
                    + entries.session()
                            .aliases()
                            .nearest(alias)
                            .map(name -> "did you mean " + ForeignText.of(name) + "?")
                            .orElse("check the key identifier, the account and the Region"));
        }
    }

    /** Warns about an entry whose key KMS does not have, if the settings name this key. */
    void checkConfigured(Entries entries, String alias) {
        if (entries.isConfigured(alias)) {
            warnings.once("KMS has no key for entry '" + ForeignText.of(alias)
                    + "' of the setting keys or key.<alias>; check the key identifier, the account and the Region");
        }
    }

    private static Optional<String> suggestion(Entries entries, String alias) {
        List<String> names = entries.aliases(Lookup.KNOWN_ONLY);
        String kmsAlias = KeyId.ALIAS_PREFIX + alias;
        if (names.contains(kmsAlias)) {
            return Optional.of("did you mean '" + kmsAlias + "'?");
        }
        Optional<String> nearest = NearestName.of(alias, names).map(name -> "did you mean '" + name + "'?");
        if (nearest.isEmpty() && entries.contains(kmsAlias)) {
            return Optional.of("if it is the alias of a KMS key, write '" + kmsAlias + "'");
        }
        return nearest;
    }
}
