package io.github.kmsjca.internal.text;

import java.util.Locale;

/** The topics of log messages. Each has one logger. The page docs/operations.md describes them. */
public enum LogTopic {
    /** KMS calls that failed, and signatures from KMS that were refused. */
    CALLS,
    /** Certificates and the places where they are searched for. */
    CERTIFICATES,
    /** Endpoints without TLS. */
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

    /** Returns a new object that logs to the logger, and does not know what other objects have logged. */
    public Warnings warnings() {
        return new Warnings(logger());
    }
}
