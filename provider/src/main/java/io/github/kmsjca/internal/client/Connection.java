package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * Settings, and the calls that are made with them: all that a handle needs to know. The calls are made when first asked
 * for, since merely linking their class loads a part of the SDK. Thread-safe.
 */
public final class Connection implements AutoCloseable {
    private final KmsSettings settings;
    private final ClientSource source;
    private final Warnings warnings;
    private volatile @Nullable KmsCalls calls;
    private boolean closed;

    /**
     * Makes a connection; nothing is loaded or sent.
     *
     * @param source what the program gives for the clients of the SDK
     * @param warnings told of an endpoint without TLS
     */
    public Connection(KmsSettings settings, ClientSource source, Warnings warnings) {
        this.settings = settings;
        this.source = source;
        this.warnings = warnings;
    }

    /** Makes the connection of a diagnosis, which only tries to sign. */
    public Connection(KmsSettings settings, KmsProbe probe) {
        this(settings, ClientSource.BY_SETTINGS, new Warnings(System.getLogger(Connection.class.getName())));
        this.calls = probe.calls();
    }

    /** Returns the settings that are in force. */
    public KmsSettings settings() {
        return settings;
    }

    /** Returns the calls. */
    public KmsCalls calls() {
        KmsCalls present = calls;
        return present == null ? makeCalls() : present;
    }

    private synchronized KmsCalls makeCalls() {
        KmsCalls made = calls;
        if (made == null) {
            made = new KmsCalls(settings, source, warnings);
            calls = made;
            if (closed) {
                made.close();
            }
        }
        return made;
    }

    /** Ends what was opened for the calls; later calls fail. */
    @Override
    public synchronized void close() {
        closed = true;
        KmsCalls made = calls;
        if (made != null) {
            made.close();
        }
    }
}
