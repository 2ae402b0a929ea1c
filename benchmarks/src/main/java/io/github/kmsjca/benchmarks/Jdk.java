package io.github.kmsjca.benchmarks;

import java.nio.file.Path;
import java.util.Locale;

/** A program of the JDK that runs this. */
enum Jdk {
    JAVA,
    JAR,
    JARSIGNER,
    KEYTOOL;

    Path path() {
        return Path.of(System.getProperty("java.home"), "bin", name().toLowerCase(Locale.ROOT));
    }
}
