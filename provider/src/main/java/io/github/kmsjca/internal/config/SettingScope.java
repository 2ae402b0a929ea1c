package io.github.kmsjca.internal.config;

/**
 * Which sources may hold a setting. A keystore file is input that may come from anybody, so it may hold only what cannot
 * harm, and what makes the operator's own settings stricter.
 */
enum SettingScope {
    /** Harmless in a keystore file: any source. */
    FILE("any source"),
    /** Harmless in a keystore file as long as it is stricter: any source. */
    STRICTER_IN_FILE("any source; in a keystore file only as strict or stricter"),
    /** The operator's word, for one KeyStore or for all: not in a keystore file. */
    STORE("any source but a keystore file"),
    /** It says what discovery finds; the entries of a keystore file are all there are. */
    DISCOVERY("any source but a keystore file or its load parameter"),
    /** It is for services that do not know any KeyStore. */
    PROVIDER("provider argument, system property or environment");

    private final String text;

    SettingScope(String text) {
        this.text = text;
    }

    /** Returns where such a setting can stand, for the documents. */
    String text() {
        return text;
    }

    /** Returns whether a source of this scope can hold a setting of another. */
    boolean admits(SettingScope setting) {
        return setting.compareTo(this) <= 0;
    }
}
