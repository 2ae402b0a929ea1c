package io.github.kmsjca.samples;

/** The OpenSSL program. */
final class Openssl {
    private Openssl() {}

    /** Skips the test if the program is missing, as {@link Shell#require} does. */
    static void require() {
        Shell.require("openssl");
    }
}
