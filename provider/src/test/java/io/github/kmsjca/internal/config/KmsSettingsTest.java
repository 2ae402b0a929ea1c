package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.key.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KmsSettingsTest {

    @Test
    void from_noSources_hasTheDefaults() {
        KmsSettings settings = KmsSettings.from(List.of());
        assertEquals(Optional.empty(), settings.region());
        assertEquals(Optional.empty(), settings.profile());
        assertEquals(Optional.empty(), settings.endpoint());
        assertEquals(List.of(), settings.keys());
        assertEquals(Map.of(), settings.names());
        assertEquals(Optional.empty(), settings.certificates());
        assertEquals(VerifyMode.LOCAL, settings.verify());
        assertEquals(MessageMode.DIGEST, settings.message());
        assertEquals(EcdsaMode.FIT, settings.ecdsa());
        assertEquals(VerifyAfterSign.ALWAYS, settings.verifyAfterSign());
        assertEquals(List.of(), settings.regions());
        assertEquals(Duration.ofSeconds(15), settings.callTimeout());
        assertEquals(Duration.ofSeconds(5), settings.attemptTimeout());
        assertEquals(4, settings.attempts());
        assertEquals(Optional.empty(), settings.adopt());
        assertFalse(settings.mayCreate());
        assertEquals(List.of(), settings.grantTokens());
    }

    @Test
    void from_manySettings_haveTheirTypedValues() {
        KmsSettings settings = of("region=eu-west-1;profile=ci;endpoint=https://kms.test:8443/x;keys=alias/a-*, alias/b"
                + ";key.one=alias/one;certificates=chains;verify=kms;message=raw;ecdsa=strict"
                + ";verify-after-sign=never;regions=eu-west-2,us-gov-east-1;call-timeout=1m;attempt-timeout=900ms"
                + ";attempts=1;adopt=alias/new;create=true;grant-tokens=t1=,t2==");
        assertEquals(Optional.of("eu-west-1"), settings.region());
        assertEquals(Optional.of("ci"), settings.profile());
        assertEquals(Optional.of(URI.create("https://kms.test:8443/x")), settings.endpoint());
        assertEquals(List.of("alias/a-*", "alias/b"), settings.keys());
        assertEquals(Map.of("one", KeyId.parse("alias/one")), settings.names());
        assertEquals(Path.of("chains"), settings.certificates().orElseThrow().path());
        assertEquals(VerifyMode.KMS, settings.verify());
        assertEquals(MessageMode.RAW, settings.message());
        assertEquals(EcdsaMode.STRICT, settings.ecdsa());
        assertEquals(VerifyAfterSign.NEVER, settings.verifyAfterSign());
        assertEquals(List.of("eu-west-2", "us-gov-east-1"), settings.regions());
        assertEquals(Duration.ofMinutes(1), settings.callTimeout());
        assertEquals(Duration.ofMillis(900), settings.attemptTimeout());
        assertEquals(1, settings.attempts());
        assertEquals(Optional.of(KeyId.parse("alias/new")), settings.adopt());
        assertEquals(true, settings.mayCreate());
        assertEquals(List.of("t1=", "t2=="), settings.grantTokens());
    }

    @Test
    void from_severalSources_firstWinsForEachSetting() {
        KmsSettings settings = KmsSettings.from(List.of(
                SettingSource.argument("attempts=1;key.a=alias/first;regions="),
                SettingSource.keystoreFile(
                        List.of(new SettingLine("release.awskms", 2, "regions", "eu-west-3")), Path.of("")),
                SettingSource.systemProperties(
                        Map.of("awskms.attempts", "3", "awskms.key.a", "alias/x", "awskms.key.b", "alias/b")),
                SettingSource.environment(Map.of("AWSKMS_REGIONS", "eu-west-2", "AWSKMS_CREATE", "true"))));
        assertEquals(1, settings.attempts());
        assertEquals(true, settings.mayCreate());
        assertEquals(List.of(), settings.regions());
        assertEquals(
                List.of(Map.entry("a", KeyId.parse("alias/first")), Map.entry("b", KeyId.parse("alias/b"))),
                List.copyOf(settings.names().entrySet()));
    }

    @Test
    void from_shortCallTimeout_shortensTheDefaultAttemptTimeout() {
        assertEquals(Duration.ofSeconds(2), of("call-timeout=2s").attemptTimeout());
    }

    @Test
    void from_attemptTimeoutLongerThanCallTimeout_isAnError() {
        SettingsException error = assertThrows(SettingsException.class, () -> of("attempt-timeout=20s"));
        assertEquals(
                "provider argument: attempt-timeout=20s is longer than call-timeout (15s); increase"
                        + " call-timeout or decrease attempt-timeout",
                error.getMessage());
        assertEquals(
                Duration.ofSeconds(20),
                of("attempt-timeout=20s;call-timeout=20s").attemptTimeout());
    }

    @Test
    void toString_hidesGrantTokens() {
        String text = of("grant-tokens=secret,hidden;key.a=alias/a;keys=alias/a,alias/b")
                .toString();
        assertEquals(
                "KmsSettings[keys=alias/a,alias/b; certificate-tags=IGNORE; verify=LOCAL; encrypt=LOCAL; message=DIGEST; ecdsa=FIT; verify-after-sign=ALWAYS;"
                        + " call-timeout=PT15S; attempt-timeout=PT5S; attempts=4; spread=false; max-connections=256; create=false; services=ALL;"
                        + " grant-tokens=(2 hidden); key.a=alias/a]",
                text);
    }

    @Test
    void equals_settingsWithTheSameEffect_isTrue() {
        // both arguments only repeat a default
        assertEquals(of("attempts=4"), of("call-timeout=15s"));
        assertEquals(of("attempts=4").hashCode(), of("call-timeout=15s").hashCode());
        assertNotEquals(of("grant-tokens=a"), of("grant-tokens=b"));
        assertNotEquals(of("key.a=alias/a"), of("key.b=alias/a"));
    }

    @Test
    void names_cannotBeChanged() {
        Map<String, KeyId> names = of("key.a=alias/a").names();
        assertThrows(UnsupportedOperationException.class, names::clear);
    }

    @Test
    void configuration_argumentAndSystemProperty_argumentWins() {
        Configuration configuration = new Configuration();
        configuration.configure("attempts=2");
        System.setProperty("awskms.attempts", "3");
        System.setProperty("awskms.message", "raw");
        try {
            assertEquals(of("attempts=2;message=raw"), configuration.settings());
        } finally {
            System.clearProperty("awskms.attempts");
            System.clearProperty("awskms.message");
        }
    }

    @Test
    void from_keystoreFileAndEnvironment_environmentWins() {
        KmsSettings settings = KmsSettings.from(List.of(
                file("message", "raw"),
                file("region", "eu-west-3"),
                SettingSource.environment(Map.of("AWSKMS_MESSAGE", "digest"))));
        assertEquals(MessageMode.DIGEST, settings.message());
        assertEquals(Optional.of("eu-west-3"), settings.region());
    }

    @Test
    void from_keystoreFile_canMakeLimitsAndChecksStricter() {
        KmsSettings settings = KmsSettings.from(List.of(
                SettingSource.argument("call-timeout=30s;attempt-timeout=10s;verify-after-sign=never"),
                SettingSource.keystoreFile(
                        List.of(
                                new SettingLine("r.awskms", 2, "call-timeout", "4s"),
                                new SettingLine("r.awskms", 3, "attempts", "1"),
                                new SettingLine("r.awskms", 4, "verify-after-sign", "always")),
                        Path.of(""))));
        assertEquals(Duration.ofSeconds(4), settings.callTimeout());
        assertEquals(Duration.ofSeconds(4), settings.attemptTimeout());
        assertEquals(1, settings.attempts());
        assertEquals(VerifyAfterSign.ALWAYS, settings.verifyAfterSign());
    }

    @ParameterizedTest
    @CsvSource({
        "call-timeout, 16s, 15s",
        "attempt-timeout, 6s, 5s",
        "attempts, 5, 4",
        "verify-after-sign, never, always"
    })
    void from_keystoreFileThatIsLessStrictThanTheDefault_isAnError(String name, String text, String defaultText) {
        String variable = "AWSKMS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        assertEquals(
                "r.awskms, line 2: " + name + "=" + text + " is less strict than " + defaultText
                        + ", the value without this line; a keystore file can only make limits and checks stricter;"
                        + " remove the line, or set it as provider argument, load parameter, system property awskms."
                        + name
                        + " or environment variable " + variable,
                assertThrows(SettingsException.class, () -> KmsSettings.from(List.of(file(name, text))))
                        .getMessage());
    }

    @Test
    void from_keystoreFile_cannotNameRegionsOrAccountsThatTheOperatorForbids() {
        SettingSource limited = SettingSource.argument("allowed-regions=eu-west-1,eu-west-2;accounts=111122223333");
        assertEquals(
                Optional.of("eu-west-1"),
                KmsSettings.from(List.of(limited, file("region", "eu-west-1"))).region());
        for (String name : List.of("region", "regions")) {
            assertEquals(
                    "r.awskms, line 2: the setting allowed-regions=eu-west-1,eu-west-2 does not allow Region us-east-1"
                            + " in keystore files; name another key or Region, or add us-east-1 to the setting",
                    assertThrows(
                                    SettingsException.class,
                                    () -> KmsSettings.from(List.of(limited, file(name, "us-east-1"))))
                            .getMessage());
        }
        KmsSettings settings = KmsSettings.from(List.of(limited));
        settings.requireAllowed("r.awskms, entry 'a'", KeyId.parse("alias/a"));
        settings.requireAllowed("r.awskms, entry 'a'", KeyId.parse("arn:aws:kms:eu-west-2:111122223333:alias/a"));
        assertEquals(
                "r.awskms, entry 'a': the setting accounts=111122223333 does not allow account 999999999999 in keystore"
                        + " files; name another key, or add 999999999999 to the setting",
                assertThrows(
                                SettingsException.class,
                                () -> settings.requireAllowed(
                                        "r.awskms, entry 'a'",
                                        KeyId.parse("arn:aws:kms:eu-west-2:999999999999:alias/a")))
                        .getMessage());
    }

    private static SettingSource file(String name, String text) {
        return SettingSource.keystoreFile(List.of(new SettingLine("r.awskms", 2, name, text)), Path.of(""));
    }

    @Property(tries = 300)
    void from_sameSettingsAsArgumentPropertiesOrVariables_areEqual(@ForAll("settings") Map<String, String> texts) {
        String inline = texts.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(";"));
        Map<String, String> properties = new LinkedHashMap<>();
        texts.forEach((name, text) -> properties.put("awskms." + name, text));
        Map<String, String> variables = new LinkedHashMap<>();
        texts.forEach((name, text) -> Setting.named(name)
                .filter(setting -> setting != Setting.KEY)
                .ifPresent(setting -> variables.put(setting.variable(), text)));
        KmsSettings settings = of(inline + ";");
        assertEquals(settings, KmsSettings.from(List.of(SettingSource.systemProperties(properties))));
        assertEquals(
                settings,
                // no environment variable can set key.<alias>, so these settings come from another source
                KmsSettings.from(List.of(
                        SettingSource.environment(variables),
                        SettingSource.of(
                                texts.entrySet().stream()
                                        .filter(entry ->
                                                Setting.named(entry.getKey()).orElseThrow() == Setting.KEY)
                                        .map(entry -> new SettingLine("test", 0, entry.getKey(), entry.getValue()))
                                        .toList(),
                                SettingScope.PROVIDER))));
    }

    @Provide
    Arbitrary<Map<String, String>> settings() {
        Arbitrary<String> keyIds = Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(9)
                .map(name -> "alias/" + name);
        Arbitrary<Map<String, String>> single = Combinators.combine(
                        Arbitraries.integers().between(1, 100),
                        Arbitraries.integers().between(5, 3600),
                        Arbitraries.of(VerifyAfterSign.values()),
                        keyIds.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(true, false))
                .as((attempts, seconds, check, keys, create) -> Map.of(
                        "attempts", attempts.toString(),
                        "call-timeout", seconds + "s",
                        "verify-after-sign", check.name().toLowerCase(Locale.ROOT),
                        "keys", String.join(", ", keys),
                        "create", create.toString()));
        Arbitrary<Map<String, String>> namedKeys = Arbitraries.maps(
                        Arbitraries.strings()
                                .withCharRange('A', 'z')
                                .ofMinLength(1)
                                .map(alias -> "key." + alias),
                        keyIds)
                .ofMaxSize(5);
        return Combinators.combine(single, namedKeys).as((settings, keySettings) -> {
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.putAll(keySettings);
            return all;
        });
    }

    private static KmsSettings of(String argument) {
        return KmsSettings.from(List.of(SettingSource.argument(argument)));
    }
}
