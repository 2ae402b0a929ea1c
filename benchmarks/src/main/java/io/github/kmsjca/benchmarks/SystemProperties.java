package io.github.kmsjca.benchmarks;

import java.util.Map;

/** System properties that are set until this object is closed. */
record SystemProperties(Map<String, String> properties) implements AutoCloseable {
    static SystemProperties set(Map<String, String> properties) {
        properties.forEach(System::setProperty);
        return new SystemProperties(properties);
    }

    @Override
    public void close() {
        properties.keySet().forEach(System::clearProperty);
    }
}
