package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.ClientSource;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.SharedClients;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.RecentlyUsed;
import io.github.kmsjca.internal.library.Library;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.internal.text.Warnings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The sessions of a provider, one for each configuration. Thread-safe. */
public final class KmsSessions implements AutoCloseable {
    private final SharedClients clients;
    private final RecentlyUsed<KmsSettings, KmsSession> sessions = new RecentlyUsed<>();
    private final Warnings aliasWarnings = LogTopic.KEYSTORE.warnings();

    /** The ARNs of keys that these sessions have created without an alias. */
    private final Set<String> unnamed = ConcurrentHashMap.newKeySet();

    /** Creates an empty set of sessions. The provider builds the KMS clients. */
    public KmsSessions() {
        this(() -> ClientSource.BY_SETTINGS);
    }

    /**
     * Creates an empty set of sessions.
     *
     * @param source the source of the KMS clients; called when the first client is needed, because it loads a part of
     *     the SDK
     */
    public KmsSessions(Supplier<ClientSource> source) {
        this.clients = new SharedClients(source);
    }

    /**
     * Returns the session for a configuration. Equal settings get the same session. Only the sessions that were used
     * last are kept. An older session keeps working for its keys, but equal settings then get a new session.
     *
     * @throws io.github.kmsjca.key.KmsException if Bouncy Castle is missing or too old
     */
    public KmsSession of(KmsSettings settings) {
        Library.BOUNCY_CASTLE.require();
        return sessions.of(settings, wanted -> new KmsSession(new Connection(wanted, clients), aliasWarnings, unnamed));
    }

    /** Closes the KMS clients of all sessions, and ends calls in progress. Later KMS calls fail. */
    @Override
    public void close() {
        clients.close();
    }
}
