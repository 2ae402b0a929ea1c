package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.RecentlyUsed;
import io.github.kmsjca.internal.library.Library;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The KMS clients of a provider. Configurations that need equal clients share them, including their connections and
 * what they know about outages. Loads nothing of the SDK before the first client is needed. Thread-safe.
 */
public final class SharedClients implements AutoCloseable {
    private final Supplier<ClientSource> source;
    private final ClientLog log;
    private final RecentlyUsed<ClientOptions, RegionalClients> recent = new RecentlyUsed<>();

    /** All clients that are still in use. */
    private final Set<RegionalClients> all = Collections.newSetFromMap(new WeakHashMap<>());

    private @Nullable Transport transport;
    private boolean closed;

    /**
     * Creates an empty set of clients.
     *
     * @param source the source of the KMS clients; called when the first client is needed, because it loads a part of
     *     the SDK
     */
    public SharedClients(Supplier<ClientSource> source) {
        this(source, ClientLog.ofProvider());
    }

    /** Creates an empty set of clients with another log. */
    SharedClients(Supplier<ClientSource> source, ClientLog log) {
        this.source = source;
        this.log = log;
    }

    /**
     * Returns the clients for a configuration. Only the clients that were used last are kept here. Other clients exist
     * as long as a key uses them.
     *
     * @throws io.github.kmsjca.key.KmsException if the AWS SDK is missing or too old
     */
    synchronized RegionalClients of(KmsSettings settings) {
        // must come first: the code below loads classes that are missing in older SDKs
        Library.AWS_SDK.require();
        try {
            RegionalClients found = recent.of(
                    ClientOptions.of(settings),
                    options -> new RegionalClients(options, source.get(), transport(), log));
            all.add(found);
            return found;
        } catch (LinkageError incomplete) {
            throw UnansweredCall.beforeFirstCall(incomplete);
        }
    }

    private Transport transport() {
        Transport present = transport;
        if (present == null) {
            present = new Transport();
            transport = present;
            if (closed) {
                // so that each request fails at once
                present.close();
            }
        }
        return present;
    }

    /** Closes the clients that the provider built, and ends calls in progress. Later calls fail. */
    @Override
    public void close() {
        Transport present;
        List<RegionalClients> built;
        synchronized (this) {
            closed = true;
            present = transport;
            built = List.copyOf(all);
        }
        // without the lock: close waits for a client that is being built, and that may call the program's code
        if (present != null) {
            present.close();
        }
        // no method reference, because it would load RegionalClients and with it a part of the SDK
        for (RegionalClients each : built) {
            each.close();
        }
    }
}
