package io.github.kmsjca.internal.config;

/**
 * Which sources may contain a setting. A keystore file may come from anybody, so it may contain only harmless settings
 * and values that are stricter than the operator's.
 */
enum SettingScope {
    /** Harmless in a keystore file, so allowed in any source. */
    FILE("any source"),
    /** Harmless in a keystore file if the value is as strict or stricter. */
    STRICTER_IN_FILE("any source; in a keystore file only as strict or stricter"),
    /** Only the operator may set it, for one KeyStore or for all. */
    STORE("any source except a keystore file"),
    /** It affects only discovery. A KeyStore that is loaded from a file does no discovery. */
    DISCOVERY("any source except a keystore file or its load parameter"),
    /** It affects services that work without a KeyStore. */
    PROVIDER("provider argument, system property or environment");

    private final String text;

    SettingScope(String text) {
        this.text = text;
    }

    /** Returns which sources may contain such a setting, for documents and error texts. */
    String text() {
        return text;
    }

    /** Returns whether a source of this scope may contain a setting of another scope. */
    boolean admits(SettingScope setting) {
        return setting.compareTo(this) <= 0;
    }
}
