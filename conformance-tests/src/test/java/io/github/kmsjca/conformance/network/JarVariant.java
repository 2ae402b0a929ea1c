package io.github.kmsjca.conformance.network;

import io.github.kmsjca.conformance.tool.Library;
import io.github.kmsjca.conformance.tool.Workplace;

/**
 * Which jar has the provider, and which HTTP client the provider then uses: Apache's client with the module
 * {@code jdk.net}, otherwise the JDK's client.
 */
enum JarVariant {
    LIBRARY("--add-modules=jdk.net"),
    ONE_FILE_JAR("--add-modules=jdk.net"),
    /** The one-file jar as in keytool and jarsigner: without the module {@code jdk.net}, it uses the JDK's client. */
    ONE_FILE_JAR_IN_TOOLS(
            "--limit-modules=java.base,java.logging,java.naming,java.sql,java.xml,jdk.crypto.ec,jdk.management");

    private final String option;

    JarVariant(String option) {
        this.option = option;
    }

    /** Returns the option of the Java virtual machine that decides which HTTP client the provider uses. */
    String option() {
        return option;
    }

    String classPath() {
        return this == LIBRARY ? Library.path() : Workplace.allJar().toString();
    }
}
