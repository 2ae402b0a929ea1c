package io.github.kmsjca.benchmarks;

import java.nio.file.Path;
import java.util.Locale;

/** A tool of the JDK that the benchmarks run. */
enum JdkTool {
    JAVA,
    JARSIGNER,
    KEYTOOL;

    Path path() {
        return Path.of(System.getProperty("java.home"), "bin", name().toLowerCase(Locale.ROOT));
    }
}
