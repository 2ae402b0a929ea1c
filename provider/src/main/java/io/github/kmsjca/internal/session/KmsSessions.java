package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.ClientSource;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.Warnings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The sessions of a provider, one for each configuration. Thread-safe. */
public final class KmsSessions implements AutoCloseable {
    private final Supplier<ClientSource> source;
    private final Map<KmsSettings, KmsSession> sessions = new HashMap<>();
    private final Warnings openEndpoints = new Warnings(System.getLogger(Connection.class.getName()));
    private final Warnings unknownAliases = new Warnings(System.getLogger(AliasList.class.getName()));
    private final Set<String> unnamed = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /** Creates an empty set of sessions, whose KMS clients the provider builds. */
    public KmsSessions() {
        this(() -> ClientSource.BY_SETTINGS);
    }

    /**
     * Creates an empty set of sessions.
     *
     * @param source the source of the KMS clients; called when a session is created, because it loads a part of the SDK
     */
    public KmsSessions(Supplier<ClientSource> source) {
        this.source = source;
    }

    /** Returns the session for a configuration, always the same one. */
    public synchronized KmsSession of(KmsSettings settings) {
        KmsSession session = sessions.computeIfAbsent(
                settings,
                missing ->
                        new KmsSession(new Connection(missing, source.get(), openEndpoints), unknownAliases, unnamed));
        if (closed) {
            session.connection().close();
        }
        return session;
    }

    /** Closes the KMS clients of all sessions. Later KMS calls fail. */
    @Override
    public synchronized void close() {
        closed = true;
        sessions.values().forEach(session -> session.connection().close());
    }
}
