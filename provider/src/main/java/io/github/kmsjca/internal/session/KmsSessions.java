package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.Warnings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of a provider, one for each different configuration. Thread-safe. */
public final class KmsSessions {
    private final Map<KmsSettings, KmsSession> sessions = new ConcurrentHashMap<>();
    private final Warnings warnings = new Warnings(System.getLogger(KmsSessions.class.getName()));
    private final Set<String> unnamed = ConcurrentHashMap.newKeySet();

    /** Makes the empty set of sessions. */
    public KmsSessions() {}

    /** Returns the session of a configuration, the same one each time. */
    public KmsSession of(KmsSettings settings) {
        return sessions.computeIfAbsent(
                settings, missing -> new KmsSession(new Connection(missing, warnings), warnings, unnamed));
    }
}
