package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.key.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests settings that are valid only together with a setting from another source. */
class ConfigurationTest {
    private static final String CALL_TIMEOUT = "awskms.call-timeout";
    private static final String LONG_ATTEMPTS = "attempt-timeout=60m";

    @AfterEach
    void clear() {
        System.clearProperty(CALL_TIMEOUT);
    }

    @Test
    void configure_attemptTimeoutLongerThanTheDefaultCallTimeout_isValidWithACallTimeoutElsewhere() {
        Configuration configuration = new Configuration();
        configuration.configure(LONG_ATTEMPTS);
        System.setProperty(CALL_TIMEOUT, "60m");
        assertEquals(Duration.ofMinutes(60), configuration.settings().attemptTimeout());
    }

    @Test
    void builder_attemptTimeoutLongerThanTheDefaultCallTimeout_isValidWithACallTimeoutElsewhere() {
        Configuration configuration = new Configuration(Map.of("attempt-timeout", "60m"), false);
        System.setProperty(CALL_TIMEOUT, "60m");
        assertEquals(Duration.ofMinutes(60), configuration.settings().attemptTimeout());
    }

    @Test
    void settings_attemptTimeoutLongerThanTheDefaultCallTimeout_areRefused() {
        Configuration configuration = new Configuration();
        configuration.configure(LONG_ATTEMPTS);
        assertThrows(SettingsException.class, configuration::settings);
    }

    @Test
    void configure_attemptTimeoutLongerThanItsCallTimeout_isRefused() {
        Configuration configuration = new Configuration();
        assertThrows(SettingsException.class, () -> configuration.configure(LONG_ATTEMPTS + ";call-timeout=1m"));
    }
}
