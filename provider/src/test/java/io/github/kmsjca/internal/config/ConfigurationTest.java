package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.key.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that attempt-timeout is compared with call-timeout, its maximum: at once if both come from one source,
 * otherwise only after all sources are known.
 */
class ConfigurationTest {
    private static final String CALL_TIMEOUT = "awskms.call-timeout";
    private static final String LONG_ATTEMPT_TIMEOUT = "attempt-timeout=60m";

    @AfterEach
    void clear() {
        System.clearProperty(CALL_TIMEOUT);
    }

    @Test
    void configure_longAttemptTimeout_isValidIfAnotherSourceSetsTheCallTimeout() {
        Configuration configuration = new Configuration();
        configuration.configure(LONG_ATTEMPT_TIMEOUT);
        System.setProperty(CALL_TIMEOUT, "60m");
        assertEquals(Duration.ofMinutes(60), configuration.settings().attemptTimeout());
    }

    @Test
    void builder_longAttemptTimeout_isValidIfAnotherSourceSetsTheCallTimeout() {
        Configuration configuration = new Configuration(Map.of("attempt-timeout", "60m"), false);
        System.setProperty(CALL_TIMEOUT, "60m");
        assertEquals(Duration.ofMinutes(60), configuration.settings().attemptTimeout());
    }

    @Test
    void settings_attemptTimeoutLongerThanTheDefaultCallTimeout_isRefused() {
        Configuration configuration = new Configuration();
        configuration.configure(LONG_ATTEMPT_TIMEOUT);
        assertThrows(SettingsException.class, configuration::settings);
    }

    @Test
    void configure_attemptTimeoutLongerThanTheCallTimeoutInTheSameSource_isRefused() {
        Configuration configuration = new Configuration();
        assertThrows(SettingsException.class, () -> configuration.configure(LONG_ATTEMPT_TIMEOUT + ";call-timeout=1m"));
    }
}
