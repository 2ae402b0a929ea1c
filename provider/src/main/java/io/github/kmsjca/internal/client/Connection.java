package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * The settings, and the KMS calls that use them. A handle needs nothing else. {@link KmsCalls} is created on first use,
 * because even linking it loads a part of the SDK. Thread-safe.
 */
public final class Connection implements AutoCloseable {
    private final KmsSettings settings;
    private final ClientSource source;
    private final Warnings warnings;
    private volatile @Nullable KmsCalls calls;
    private boolean closed;

    /**
     * Creates a connection. Nothing is loaded or sent.
     *
     * @param source the source of the KMS clients
     * @param warnings receives the warning about an endpoint without TLS
     */
    public Connection(KmsSettings settings, ClientSource source, Warnings warnings) {
        this.settings = settings;
        this.source = source;
        this.warnings = warnings;
    }

    /** Creates a connection for a diagnosis. Its Sign requests are dry runs. */
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

    /** Closes the KMS clients. Later calls fail. */
    @Override
    public synchronized void close() {
        closed = true;
        KmsCalls made = calls;
        if (made != null) {
            made.close();
        }
    }
}
