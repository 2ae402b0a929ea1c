package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.key.SettingsException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class KmsProviderInitializerTest {
    private static final String[] NO_ARGUMENTS = {};
    private static final String RELAXED = "awskms.callTimeout";

    @AfterEach
    void clearPropertiesAndRequireNoProvider() {
        System.clearProperty("awskms.attempts");
        System.clearProperty(RELAXED);
        assertNull(registered(), "a test has left the provider behind");
    }

    /**
     * The build runs these tests with the oldest supported Spring Boot, or with the version in the property
     * spring-boot.version.
     */
    @Test
    void springBoot_hasTheVersionOfTheBuild() {
        assertEquals(System.getProperty("kmsjca.spring-boot"), SpringBootVersion.getVersion());
    }

    @Test
    void application_withStarter_findsKeysThroughItsProperties() throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            String id = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
            String[] arguments = {
                "--awskms.endpoint=" + emulator.endpoint(),
                "--awskms.region=" + emulator.region(),
                "--awskms.key[My/Key_1]=" + id
            };
            try (ConfigurableApplicationContext context = run(Map.of(), arguments)) {
                KeyStore keys = KeyStore.getInstance("AWSKMS");
                keys.load(null, null);
                PrivateKey key = (PrivateKey) keys.getKey("My/Key_1", null);
                assertEquals("EC", key.getAlgorithm());
                assertTrue(context.isActive());
            }
        }
    }

    @Test
    void bean_whileCreatedAndDestroyed_findsTheProvider() {
        run(Map.of(), NO_ARGUMENTS).close();
        assertTrue(Application.SEEN_AT_CREATION.get() instanceof KmsProvider);
        assertSame(Application.SEEN_AT_CREATION.get(), Application.SEEN_AT_DESTRUCTION.get());
    }

    @Test
    void property_inSeveralSources_isTakenInTheOrderOfSpring() {
        System.setProperty("awskms.attempts", "system");
        assertEquals("system", refusedAttempts(Map.of("awskms.attempts", "file")));
        assertEquals("argument", refusedAttempts(Map.of("awskms.attempts", "file"), "--awskms.attempts=argument"));
    }

    /** Returns the wrong value of the setting {@code attempts} that the error names. */
    private static String refusedAttempts(Map<String, Object> defaults, String... arguments) {
        String text = failure(defaults, arguments);
        return text.replaceFirst(".*attempts=(\\w+) is not a whole number.*", "$1");
    }

    private static String failure(Map<String, Object> defaults, String... arguments) {
        return String.valueOf(assertThrows(SettingsException.class, () -> run(defaults, arguments))
                .getMessage());
    }

    @Test
    void relaxedName_setsTheSetting() {
        assertTrue(failure(Map.of(), "--awskms.CallTimeout=soon").contains("call-timeout=soon is not a time"));
        assertTrue(failure(Map.of("awskms.CallTimeout", "soon"), NO_ARGUMENTS)
                .contains("call-timeout=soon is not a time"));
    }

    @Test
    void unknownProperty_isRefusedWithItsPlace() {
        assertEquals(
                "property awskms.regoin from \"awskms.regoin\" from property source \"defaultProperties\": unknown"
                        + " setting 'regoin'; did you mean 'region'?",
                failure(Map.of("awskms.regoin", "eu-west-1"), NO_ARGUMENTS));
    }

    @Test
    void propertyWithSemicolon_isOneSetting() {
        Map<String, Object> properties =
                Map.of("awskms.profile", "a;attempts=wrong", "awskms.key[a=b;c:d]", "alias/code");
        run(properties, NO_ARGUMENTS).close();
        assertEquals(
                "wrong",
                refusedAttempts(Map.of("awskms.profile", "a;attempts=many", "awskms.attempts", "wrong"), NO_ARGUMENTS));
    }

    /** Does not compare the call timeout in the text: an environment variable may set another one than the default. */
    @Test
    void attemptTimeout_longerThanTheCallTimeout_isRefusedWithItsPlace() {
        String text = failure(Map.of(), "--awskms.attempt-timeout=10m");
        assertTrue(text.startsWith("property awskms.attempt-timeout from "), text);
        assertTrue(text.contains(": attempt-timeout=10m is longer than call-timeout ("), text);
    }

    /** Spring accepts the name, but the provider reads system properties too, and would refuse it on first use. */
    @Test
    void systemProperty_withRelaxedName_isRefused() {
        System.setProperty(RELAXED, "2s");
        assertEquals(
                "system property awskms.callTimeout: unknown setting 'callTimeout'; did you mean 'call-timeout'?",
                failure(Map.of(), NO_ARGUMENTS));
    }

    @Test
    void failedStart_registersNothing() {
        failure(Map.of(), "--awskms.call-timeout=1s", "--awskms.attempt-timeout=2s");
        assertNull(registered());
    }

    @Test
    void placeholder_isResolved() {
        assertTrue(failure(Map.of("awskms.attempts", "${number}", "number", "many"), NO_ARGUMENTS)
                .contains("attempts=many is not"));
    }

    @Test
    void secondContext_withTheSameProperties_sharesTheProvider() {
        try (ConfigurableApplicationContext first = run(Map.of("awskms.attempts", "2"), NO_ARGUMENTS)) {
            Provider shared = registered();
            run(Map.of("awskms.attempts", "2"), NO_ARGUMENTS).close();
            assertTrue(first.isActive());
            assertSame(shared, registered());
        }
    }

    @Test
    void secondContext_withOtherPropertiesWhileInUse_isRefused() throws Exception {
        try (ConfigurableApplicationContext first = run(Map.of("awskms.attempts", "2"), NO_ARGUMENTS)) {
            KeyStore.getInstance("AWSKMS").load(null, null);
            for (Map<String, Object> other : List.<Map<String, Object>>of(Map.of("awskms.attempts", "3"), Map.of())) {
                assertTrue(failure(other, NO_ARGUMENTS).contains("already has other settings"));
            }
            assertTrue(first.isActive());
        }
    }

    @Test
    void secondContext_withAnotherEndpointBeforeTheFirstUse_isRefused() {
        for (Map<String, Object> first : List.<Map<String, Object>>of(endpoint("one"), Map.of())) {
            try (ConfigurableApplicationContext open = run(first, NO_ARGUMENTS)) {
                assertTrue(failure(endpoint("two"), NO_ARGUMENTS).contains("already has other settings"));
                assertTrue(open.isActive());
            }
        }
    }

    private static Map<String, Object> endpoint(String host) {
        return Map.of("awskms.endpoint", "https://" + host + ".example");
    }

    @Test
    void bootstrapContextOfSpringCloud_doesNotGetTheProvider() {
        GenericApplicationContext bootstrap = new GenericApplicationContext();
        bootstrap.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bootstrap", Map.of()));
        new KmsProviderInitializer().initialize(bootstrap);
        assertNull(registered());
    }

    @Test
    void contextOfAnotherType_isRefused() {
        try (ClassPathXmlApplicationContext xml = new ClassPathXmlApplicationContext()) {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> new KmsProviderInitializer().initialize(xml));
            assertTrue(String.valueOf(refused.getMessage()).contains("needs a GenericApplicationContext"));
        }
    }

    @Test
    void nextContext_withOtherPropertiesAfterTheLastIsClosed_getsANewProvider() throws Exception {
        run(Map.of("awskms.attempts", "2"), NO_ARGUMENTS).close();
        Provider first = Application.SEEN_AT_CREATION.get();
        try (ConfigurableApplicationContext second = run(Map.of("awskms.attempts", "3"), NO_ARGUMENTS)) {
            KeyStore.getInstance("AWSKMS").load(null, null);
            assertNotSame(first, registered());
            assertTrue(second.isActive());
        }
    }

    @Test
    void providerOfTheProgram_withASystemProperty_staysWhenTheContextIsClosed() {
        try (KmsProvider own = KmsProvider.install()) {
            System.setProperty("awskms.attempts", "2");
            run(Map.of(), NO_ARGUMENTS).close();
            assertSame(own, registered());
        }
    }

    @Test
    void providerOfTheProgram_withOtherProperties_keepsItsArgumentAndTheContextIsRefused() throws Exception {
        try (KmsProvider own = KmsProvider.install()) {
            own.configure("accounts=111122223333");
            assertTrue(failure(Map.of("awskms.attempts", "2"), NO_ARGUMENTS)
                    .contains("awskms.attempts from \"awskms.attempts\" from property source \"defaultProperties\":"
                            + " this property cannot be used, because the provider AWSKMS was registered before"));
            KeyStore.getInstance("AWSKMS").load(null, null);
            assertSame(own, own.configure("accounts=111122223333"), "the argument in use is another one");
        }
    }

    /** A bootstrap configuration server of Spring Cloud adds its properties in this way. */
    @Test
    void providerOfTheProgram_withAnotherPropertyBeforeTheSystemProperties_refusesTheContext() {
        try (KmsProvider own = KmsProvider.install()) {
            System.setProperty("awskms.attempts", "2");
            GenericApplicationContext context = new GenericApplicationContext();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("bootstrapProperties-server", Map.of("awskms.attempts", "3")));
            SettingsException refused =
                    assertThrows(SettingsException.class, () -> new KmsProviderInitializer().initialize(context));
            assertTrue(String.valueOf(refused.getMessage()).contains("this property cannot be used"));
            assertSame(own, registered());
        }
    }

    @Test
    void provider_isListedBeforeSunRsaSign() {
        run(Map.of(), NO_ARGUMENTS).close();
        List<String> names = Application.names;
        assertTrue(names.indexOf(KmsProvider.NAME) < names.indexOf("SunRsaSign"), String.valueOf(names));
    }

    private static @Nullable Provider registered() {
        return Security.getProvider(KmsProvider.NAME);
    }

    private static ConfigurableApplicationContext run(Map<String, Object> defaults, String... arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(defaults);
        application.setRegisterShutdownHook(false);
        return application.run(arguments);
    }

    @Configuration
    static class Application {
        static final AtomicReference<@Nullable Provider> SEEN_AT_CREATION = new AtomicReference<>();
        static final AtomicReference<@Nullable Provider> SEEN_AT_DESTRUCTION = new AtomicReference<>();
        static List<String> names = List.of();

        @Bean
        AutoCloseable server() {
            SEEN_AT_CREATION.set(registered());
            names = Arrays.stream(Security.getProviders())
                    .map(Provider::getName)
                    .toList();
            return () -> SEEN_AT_DESTRUCTION.set(registered());
        }
    }
}
