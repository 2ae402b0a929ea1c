package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Checks that the settings of a keystore file change no setting of the operator, except to a stricter value, and name
 * no certificates outside the file's folder.
 */
class FileSettingsPropertiesTest {
    private static final Path FOLDER = Path.of("folder").toAbsolutePath();

    /** Values of settings. Each one is valid for some settings and not valid for others. */
    private static final List<String> VALUES = List.of(
            "eu-west-1",
            "us-gov-west-1",
            "eu-west-1,us-east-1",
            "production",
            "http://attacker.example",
            "https://127.0.0.1:1/",
            "alias/release",
            "alias/*",
            "chains",
            "../chains",
            "sub/../../chains",
            "/etc",
            "C:\\chains",
            "\\\\server\\share",
            ".",
            "ignore",
            "read",
            "write",
            "local",
            "kms",
            "digest",
            "raw",
            "fit",
            "strict",
            "first",
            "always",
            "never",
            "111122223333",
            "1ms",
            "3s",
            "15s",
            "60m",
            "1",
            "4",
            "100",
            "true",
            "false",
            "all",
            "signatures",
            "token",
            "");

    private static SettingSource operator(Map<String, String> settings) {
        return SettingSource.of(lines("provider argument", settings), SettingScope.PROVIDER);
    }

    private static List<SettingLine> lines(String source, Map<String, String> settings) {
        List<SettingLine> lines = new ArrayList<>();
        settings.forEach((name, text) -> lines.add(new SettingLine(source, 1, name, text)));
        return lines;
    }

    @Property(tries = 5000)
    void from_anyKeystoreFile_keepsTheOperatorsSettings(
            @ForAll("operatorSettings") Map<String, String> operator, @ForAll("files") Map<String, String> file) {
        Optional<KmsSettings> without = settings(operator, Map.of());
        Optional<KmsSettings> with = settings(operator, file);
        if (without.isEmpty() || with.isEmpty()) {
            // a setting is refused
            return;
        }
        KmsSettings before = without.get();
        KmsSettings after = with.get();
        assertEquals(refusedInFile(before), refusedInFile(after));
        assertNotLessStrict(before, after);
        for (String name : operator.keySet()) {
            if (Setting.named(name)
                    .filter(setting -> setting.scope() == SettingScope.FILE)
                    .isPresent()) {
                assertEquals(
                        allowedInFile(before).get(name), allowedInFile(after).get(name), name);
            }
        }
        assertSameLimits(before, after);
        // a path from the keystore file must stay in the folder of this file
        after.certificates()
                .filter(path -> !operator.containsKey("certificates"))
                .ifPresent(path -> {
                    assertEquals(FOLDER, path.requiredFolder());
                    assertTrue(path.path().normalize().startsWith(FOLDER), path::toString);
                });
    }

    /** Returns the settings from both sources; empty if one of them is refused. */
    private static Optional<KmsSettings> settings(Map<String, String> operator, Map<String, String> file) {
        try {
            return Optional.of(KmsSettings.from(
                    List.of(operator(operator), SettingSource.keystoreFile(lines("keystore file", file), FOLDER))));
        } catch (SettingsException refused) {
            return Optional.empty();
        }
    }

    /** Returns the settings that no keystore file may contain, except those in {@link #assertSameLimits}. */
    private static List<Object> refusedInFile(KmsSettings settings) {
        return List.of(
                settings.endpoint(),
                settings.profile(),
                settings.keys(),
                settings.names(),
                settings.verify(),
                settings.encrypt(),
                settings.spread(),
                settings.maxConnections(),
                settings.grantTokens(),
                settings.adopt(),
                settings.mayCreate(),
                settings.services());
    }

    /** Returns, by name, settings that a keystore file may contain. The operator can override them. */
    private static Map<String, Object> allowedInFile(KmsSettings settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("region", settings.region());
        values.put("regions", settings.regions());
        values.put("certificates", settings.certificates());
        values.put("certificate-tags", settings.certificateTags());
        values.put("ecdsa", settings.ecdsa());
        values.put("message", settings.message());
        return values;
    }

    private static void assertNotLessStrict(KmsSettings before, KmsSettings after) {
        assertTrue(after.verifyAfterSign().compareTo(before.verifyAfterSign()) <= 0);
        assertTrue(after.attempts() <= before.attempts());
        assertNotLonger(before.callTimeout(), after.callTimeout());
        assertNotLonger(before.attemptTimeout(), after.attemptTimeout());
    }

    private static void assertNotLonger(Duration before, Duration after) {
        assertTrue(after.compareTo(before) <= 0);
    }

    /**
     * Compares the settings {@code accounts} and {@code allowed-regions} by the errors for two keys. {@link #VALUES}
     * contain neither the account of the first key nor the Region of the second key.
     */
    private static void assertSameLimits(KmsSettings before, KmsSettings after) {
        KeyId otherAccount = KeyId.parse("arn:aws:kms:eu-west-1:666666666666:alias/a");
        KeyId otherRegion = KeyId.parse("arn:aws:kms:ap-south-1:111122223333:alias/a");
        assertEquals(refusal(before, otherAccount), refusal(after, otherAccount));
        assertEquals(refusal(before, otherRegion), refusal(after, otherRegion));
    }

    private static String refusal(KmsSettings settings, KeyId key) {
        try {
            settings.requireAllowed("file", key);
            return "";
        } catch (SettingsException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Provide
    Arbitrary<Map<String, String>> operatorSettings() {
        return Arbitraries.of(Setting.names().stream()
                        // key.<alias> is not one name: it stands for any number of names
                        .filter(name -> !name.contains("<"))
                        .toList())
                .flatMap(name -> Arbitraries.of(validValues(name)).map(text -> Map.entry(name, text)))
                .list()
                .ofMaxSize(8)
                .map(FileSettingsPropertiesTest::map);
    }

    /** Returns the values that are valid for a setting. */
    private static List<String> validValues(String name) {
        SettingType type = Setting.named(name).orElseThrow().type();
        return VALUES.stream().filter(text -> type.parse(text).isPresent()).toList();
    }

    @Provide
    Arbitrary<Map<String, String>> files() {
        List<String> names = Stream.concat(Setting.names().stream(), Stream.of("key.release", "Region", "x-own", "any"))
                .toList();
        // mostly valid values, so that not every file is refused
        List<String> namesAllowedInFile = Stream.of(Setting.values())
                .filter(setting -> setting.scope().compareTo(SettingScope.STRICTER_IN_FILE) <= 0)
                .map(Setting::settingName)
                .toList();
        Arbitrary<Map.Entry<String, String>> allowed = Arbitraries.of(namesAllowedInFile)
                .flatMap(name -> Arbitraries.of(validValues(name)).map(text -> Map.entry(name, text)));
        Arbitrary<Map.Entry<String, String>> any = Combinators.combine(Arbitraries.of(names), Arbitraries.of(VALUES))
                .as(Map::entry);
        return Arbitraries.frequencyOf(Tuple.of(9, allowed), Tuple.of(1, any))
                .list()
                .ofMaxSize(6)
                .map(FileSettingsPropertiesTest::map);
    }

    private static Map<String, String> map(List<Map.Entry<String, String>> entries) {
        Map<String, String> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }
}
