package io.github.kmsjca.config;

/** How far a setting reaches, which decides the sources that it can stand in. */
enum Reach {
    /** Each KeyStore has its own: any source. */
    STORE("any source"),
    /** It says what discovery finds: any source but a keystore file, whose entries are all there are. */
    DISCOVERY("any source but a keystore file"),
    /** It is for services that know of no KeyStore: not with one. */
    PROVIDER("provider argument, system property or environment");

    private final String text;

    Reach(String text) {
        this.text = text;
    }

    /** Returns where such a setting can stand, for the documents. */
    String text() {
        return text;
    }

    /** Returns whether a source of this reach can hold a setting of another. */
    boolean admits(Reach setting) {
        return setting.compareTo(this) <= 0;
    }
}
