package io.github.kmsjca.conformance.network;

/** The HTTP clients that the project ships. */
enum HttpVariant {
    /** Apache HttpClient 5. */
    APACHE("--add-modules=jdk.net"),
    /** The JDK's client, which the provider uses if the module {@code jdk.net} is missing. */
    JDK("--limit-modules=java.base,java.logging,java.naming,java.sql,java.xml,jdk.crypto.ec,jdk.management");

    private final String option;

    HttpVariant(String option) {
        this.option = option;
    }

    /** Returns the option of the Java virtual machine that selects the client. */
    String option() {
        return option;
    }
}
