package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.internal.text.Warnings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caches and the connection that all keys of one configuration share. The provider keeps the sessions that were
 * used last, so a KeyStore that is loaded again finds its keys in the caches. Thread-safe.
 */
public final class KmsSession {
    private final Connection connection;
    private final KeyCache keys;
    private final AliasList aliases;
    private final TagCache tags;
    private final KeyCreation creation;

    /** Creates a session outside a provider, for a diagnosis. */
    public KmsSession(Connection connection) {
        this(connection, LogTopic.KEYSTORE.warnings(), ConcurrentHashMap.newKeySet());
    }

    /**
     * Creates a session.
     *
     * @param unnamed the ARNs of keys that sessions of the provider have created without an alias
     */
    KmsSession(Connection connection, Warnings warnings, Set<String> unnamed) {
        this.connection = connection;
        this.aliases = new AliasList(connection, warnings);
        this.keys = new KeyCache(connection, aliases);
        this.tags = new TagCache(connection);
        this.creation = new KeyCreation(keys, aliases, unnamed);
    }

    /** Returns the settings that are in force. */
    public KmsSettings settings() {
        return connection.settings();
    }

    /** Returns the handles to keys. */
    public KeyCache keys() {
        return keys;
    }

    /** Returns the aliases of the account. */
    public AliasList aliases() {
        return aliases;
    }

    /** Returns the tags of keys. */
    public TagCache tags() {
        return tags;
    }

    /** Returns the operations that create keys. */
    public KeyCreation creation() {
        return creation;
    }

    /** Returns the connection, for requests without a key. */
    public Connection connection() {
        return connection;
    }
}
