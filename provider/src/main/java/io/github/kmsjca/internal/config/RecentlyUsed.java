package io.github.kmsjca.internal.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Values that are made for configurations, such as connections and caches. Keeps only the hundred values that were used
 * last, because a program may use other settings for each request, for example other grant tokens. Thread-safe.
 *
 * @param <K> what the value is made for
 * @param <V> the value
 */
public final class RecentlyUsed<K, V> {
    private static final int MAX_VALUES = 100;

    /** The values in the order of their last use, the most recent one last. */
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Returns the value for a key. Makes one if there is none. If there are then too many values, forgets the value
     * that has not been used for the longest time.
     */
    public synchronized V of(K key, Function<K, V> make) {
        V value = values.computeIfAbsent(key, make);
        if (values.size() > MAX_VALUES) {
            values.remove(values.keySet().iterator().next());
        }
        return value;
    }
}
