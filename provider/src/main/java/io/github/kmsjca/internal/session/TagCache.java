package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KeyId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tags of keys, which their ARNs name. Thread-safe. */
public final class TagCache {
    private final Connection connection;
    private final Map<KeyId, CachedFetch<Map<String, String>>> tags = new ConcurrentHashMap<>();

    TagCache(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns the tags of a key: one request for fifty, and none for minutes after. If KMS may not be asked, they are
     * those of an earlier answer, or none.
     */
    public Map<String, String> of(KeyId arn, Lookup lookup) {
        return lookup == Lookup.MAY_ASK
                ? tags.computeIfAbsent(
                                arn,
                                it -> new CachedFetch<>(() -> connection.calls().tags(it), CachedFetch.LIFETIME))
                        .get()
                : Optional.ofNullable(tags.get(arn)).flatMap(CachedFetch::last).orElse(Map.of());
    }

    /**
     * Adds and removes tags of a key, one request each. In between, all of the first are there, and those of the second
     * still are.
     */
    public void change(KeyId arn, Map<String, String> added, Collection<String> removed) {
        try {
            if (!added.isEmpty()) {
                connection.calls().changes().tag(arn, added);
            }
            if (!removed.isEmpty()) {
                connection.calls().changes().untag(arn, removed);
            }
        } finally {
            tags.remove(arn);
        }
    }
}
