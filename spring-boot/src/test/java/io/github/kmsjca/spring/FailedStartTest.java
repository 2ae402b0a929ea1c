package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.security.Provider;
import java.security.Security;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that does not start leaves no provider behind, and says why. */
class FailedStartTest {
    /** The provider that a bean or an initializer found registered; null if none of them found one. */
    private static final AtomicReference<@Nullable Provider> SEEN = new AtomicReference<>();

    @AfterEach
    void requireNoProvider() {
        assertNull(registered(), "a failed start has left the provider behind");
    }

    @Test
    void failedBean_leavesNoProvider() {
        assertThrows(
                BeanCreationException.class,
                () -> application(FailingBean.class).run());
        assertNotNull(SEEN.getAndSet(null));
    }

    @Test
    void initializerThatFailsLater_leavesNoProvider() {
        SpringApplication application = application(FailingBean.class);
        application.addInitializers(new FailingInitializer());
        assertEquals(
                "initializer",
                assertThrows(IllegalStateException.class, application::run).getMessage());
        assertNotNull(SEEN.getAndSet(null), "the initializer must run after that of the starter");
    }

    @Test
    void missingSource_leavesNoProvider() {
        SpringApplication application = application();
        application.setSources(Set.of("com.example.Missing"));
        application.addInitializers(new Observer());
        assertThrows(IllegalArgumentException.class, application::run);
        assertNotNull(SEEN.getAndSet(null));
    }

    @Test
    void failedRunner_closesTheProviderAfterTheBeans() {
        assertThrows(
                IllegalStateException.class,
                () -> application(FailingRunner.class).run());
        assertNotNull(SEEN.getAndSet(null));
    }

    @Test
    void failureAnalysis_ofAProperty_hasTheMessageAndAnAction() {
        SettingsException refused = new SettingsException("property awskms.attempts: attempts=many is not a number");
        FailureAnalysis analysis = new SettingsFailureAnalyzer().analyze(refused);
        assertEquals(refused.getMessage(), analysis.getDescription());
        assertTrue(String.valueOf(analysis.getAction()).startsWith("Do what the description says. "));
    }

    @Test
    void failureAnalysis_ofAKeystoreFile_namesTheFile() {
        SettingsException refused = new SettingsException("keystore file, line 3: endpoint is not allowed; remove it");
        IOException repeated = new IOException(refused.getMessage(), refused);
        RuntimeException store = new IllegalStateException("Could not load store from 'file:a.awskms'", repeated);
        FailureAnalysis analysis = new SettingsFailureAnalyzer().analyze(new IllegalStateException("start", store));
        assertEquals(store.getMessage() + ": " + refused.getMessage(), analysis.getDescription());
    }

    @Test
    void failureAnalysis_ofAKeystoreFileFromAUrl_doesNotShowThePassword() {
        SettingsException refused = new SettingsException("keystore file, line 3: endpoint is not allowed; remove it");
        RuntimeException store = new IllegalStateException("Could not load 'https://user:token@host/a'", refused);
        FailureAnalysis analysis = new SettingsFailureAnalyzer().analyze(store);
        assertEquals("Could not load 'https://host/a': " + refused.getMessage(), analysis.getDescription());
    }

    private static @Nullable Provider registered() {
        return Security.getProvider(KmsProvider.NAME);
    }

    private static SpringApplication application(Class<?>... sources) {
        SpringApplication application = new SpringApplication(sources);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        return application;
    }

    private static final class Observer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            SEEN.set(registered());
        }
    }

    private static final class FailingInitializer
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            SEEN.set(registered());
            throw new IllegalStateException("initializer");
        }
    }

    @Configuration
    static class FailingBean {
        @Bean
        AutoCloseable server() {
            SEEN.set(registered());
            throw new IllegalStateException("bean");
        }
    }

    @Configuration
    static class FailingRunner {
        @Bean
        AutoCloseable server() {
            return () -> SEEN.set(registered());
        }

        @Bean
        CommandLineRunner runner() {
            return arguments -> {
                throw new IllegalStateException("runner");
            };
        }
    }
}
