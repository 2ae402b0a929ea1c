package io.github.kmsjca.internal.config;

/**
 * Which sources may contain a setting. A keystore file may come from anybody, so it may contain only harmless settings
 * and values that are at least as strict as the operator's. A source that may contain the settings of one scope may
 * also contain the settings of all scopes above it in this list, with one exception: the environment cannot contain
 * {@code key.<alias>}.
 */
enum SettingScope {
    /** Harmless in a keystore file, so allowed in any source. */
    FILE("any source"),
    /** Harmless in a keystore file if the value is at least as strict as the operator's. */
    STRICTER_IN_FILE("any source; in a keystore file, only a value that is at least as strict"),
    /** Only the operator may set it, for one KeyStore or for all. */
    STORE("provider argument, load parameter, system property or environment variable"),
    /** Affects only discovery. A KeyStore that is loaded from a file does no discovery. */
    DISCOVERY(
            "provider argument, system property, environment variable, or the load parameter of a KeyStore without a file"),
    /** Affects services that work without a KeyStore. */
    PROVIDER("provider argument, system property or environment variable");

    private final String sources;

    SettingScope(String sources) {
        this.sources = sources;
    }

    /** Returns which sources may contain the settings of this scope. For one setting, see {@link Setting#sources}. */
    String sources() {
        return sources;
    }

    /** Returns whether a source with this scope may contain a setting with the given scope. */
    boolean admits(SettingScope setting) {
        return setting.compareTo(this) <= 0;
    }
}
