package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KmsSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings, and the KMS calls that use them. A handle needs nothing else. {@link KmsCalls} is created on first use,
 * because even linking that class loads a part of the SDK. Thread-safe.
 */
public final class Connection {
    private final KmsSettings settings;
    private final @Nullable SharedClients clients;
    private volatile @Nullable KmsCalls calls;

    /**
     * Creates a connection. Loads and sends nothing.
     *
     * @param clients the KMS clients of the provider
     */
    public Connection(KmsSettings settings, SharedClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** Creates a connection for a diagnosis. It uses {@link KmsProbe#calls}, so some of its requests are dry runs. */
    public Connection(KmsSettings settings, KmsProbe probe) {
        this.settings = settings;
        this.clients = null;
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
            // must come first: SharedClients checks the SDK's version, and KmsCalls cannot be linked with a wrong one
            RegionalClients regional = Objects.requireNonNull(clients).of(settings);
            made = new KmsCalls(settings, regional, false);
            calls = made;
        }
        return made;
    }
}
