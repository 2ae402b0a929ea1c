package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.config.KeyId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The cached tags of keys, by ARN. Thread-safe. */
public final class TagCache {
    private final Connection connection;
    private final Map<KeyId, CachedFetch<Map<String, String>>> tags = new ConcurrentHashMap<>();

    TagCache(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns the tags of a key. The first call sends one request. For some minutes, later calls send no request. With
     * {@link Lookup#KNOWN_ONLY}, the result is the last answer; empty if there is none.
     */
    public Map<String, String> of(KeyId arn, Lookup lookup) {
        return lookup == Lookup.MAY_ASK
                ? tags.computeIfAbsent(
                                arn,
                                key -> new CachedFetch<>(
                                        () -> connection.calls().tags(key), CachedFetch.LIFETIME))
                        .get()
                : Optional.ofNullable(tags.get(arn)).flatMap(CachedFetch::last).orElse(Map.of());
    }

    /**
     * Adds tags to a key, then removes other tags. Each of the two steps sends one request, unless there is nothing to
     * change. Between the steps, the key has the new tags, and still the tags to be removed. Forgets the cached tags of
     * the key, even if a step fails.
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
