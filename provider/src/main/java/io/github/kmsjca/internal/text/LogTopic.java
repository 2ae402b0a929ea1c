package io.github.kmsjca.internal.text;

import java.util.Locale;

/** The topics of log messages. Each has one logger. The page docs/operations.md describes them. */
public enum LogTopic {
    /** KMS calls that failed. */
    CALLS,
    /** Certificates and the places where they are searched for. */
    CERTIFICATES,
    /** The endpoint and the connections to it. */
    CONNECTIONS,
    /** The KeyStore, its file and its entries. */
    KEYSTORE;

    /** Returns the name of the logger, such as {@code io.github.kmsjca.calls}. */
    public String loggerName() {
        return "io.github.kmsjca." + name().toLowerCase(Locale.ROOT);
    }

    /** Returns the logger. */
    public System.Logger logger() {
        return System.getLogger(loggerName());
    }

    /** Returns warnings that go to the logger, each text once. */
    public Warnings warnings() {
        return new Warnings(logger());
    }
}
