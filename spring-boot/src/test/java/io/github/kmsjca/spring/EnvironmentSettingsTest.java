package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.SettingLine;
import io.github.kmsjca.key.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.UrlResource;

class EnvironmentSettingsTest {
    @Test
    void variable_andFile_variableWins() {
        assertEquals(
                Map.of("call-timeout", "2s"),
                settings(Map.of("AWSKMS_CALL_TIMEOUT", "2s"), Map.of("awskms.call-timeout", "9s")));
    }

    @Test
    void variable_thatIsBlank_countsAsNotSet() {
        assertEquals(
                Map.of("region", "eu-west-1"),
                settings(Map.of("AWSKMS_REGION", " "), Map.of("awskms.region", "eu-west-1")));
    }

    @Test
    void property_thatIsEmpty_setsAnEmptyValue() {
        assertEquals(Map.of("accounts", ""), settings(Map.of(), Map.of("awskms.accounts", "")));
    }

    @Test
    void alias_inBracketsOrWithoutSpecialCharacters_staysAsItIs() {
        assertEquals(
                Map.of("key.My/Key_1", "alias/code", "key.plain", "alias/other"),
                settings(Map.of(), Map.of("awskms.key[My/Key_1]", "alias/code", "awskms.key.plain", "alias/other")));
    }

    @Test
    void unknownVariableAndOtherPrefix_areLeftOut() {
        assertEquals(Map.of(), settings(Map.of("AWSKMS_REGOIN", "eu-west-1"), Map.of("other.region", "eu-west-1")));
    }

    @Test
    void variable_withSpringsFormOfTheNameAndAWrongValue_isReportedByItsName() {
        List<SettingLine> lines = lines(Map.of("AWSKMS_CALLTIMEOUT", "soon"), Map.of());
        SettingsException refused = assertThrows(SettingsException.class, () -> KmsSettings.requireValid(lines));
        assertEquals(
                "environment variable AWSKMS_CALLTIMEOUT: unknown setting 'calltimeout'; did you mean 'call-timeout'?",
                refused.getMessage());
    }

    /** In variables, a list is one value with commas. */
    @Test
    void variable_withTheIndexOfAListItem_isReportedByItsName() {
        List<SettingLine> lines = lines(Map.of("AWSKMS_ACCOUNTS_0", "111122223333"), Map.of());
        SettingsException refused = assertThrows(SettingsException.class, () -> KmsSettings.requireValid(lines));
        assertEquals(
                "environment variable AWSKMS_ACCOUNTS_0: unknown setting 'accounts-0'; did you mean 'accounts'?",
                refused.getMessage());
    }

    @Test
    void itemsOfAYamlList_areOneSetting() {
        assertEquals(
                Map.of("accounts", "111122223333,444455556666", "regions", "eu-west-1"),
                settings(
                        Map.of(),
                        Map.of(
                                "awskms.accounts[0]",
                                "111122223333",
                                "awskms.accounts[1]",
                                "444455556666",
                                "awskms.regions[0]",
                                "eu-west-1")));
    }

    @Test
    void item_afterAMissingIndex_isASettingOfItsOwn() {
        assertEquals(
                Map.of("accounts", "111122223333", "accounts.2", "444455556666"),
                settings(Map.of(), Map.of("awskms.accounts[0]", "111122223333", "awskms.accounts[2]", "444455556666")));
    }

    @Test
    void unresolvablePlaceholder_isReportedWithItsPlaceButNotItsValue() {
        SettingsException refused = assertThrows(
                SettingsException.class,
                () -> settings(Map.of(), Map.of("awskms.grant-tokens", "secret-token,${other}")));
        assertEquals(
                "property awskms.grant-tokens from \"awskms.grant-tokens\" from property source \"file\": a placeholder"
                        + " ${...} in the value cannot be resolved; define the property that it names",
                refused.getMessage());
        assertNull(refused.getCause());
    }

    @Test
    void placeholderInAFileFromAUrl_isReportedWithoutTheSecretsOfTheUrl() throws Exception {
        UrlResource file = new UrlResource("https://user:token@host.example/a.properties?signature=secret");
        Origin origin = new TextResourceOrigin(file, new TextResourceOrigin.Location(2, 14));
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new OriginTrackedMapPropertySource(
                        "remote", Map.of("awskms.region", OriginTrackedValue.of("${other}", origin))));
        SettingsException refused =
                assertThrows(SettingsException.class, () -> new EnvironmentSettings(environment).lines());
        assertEquals(
                "property awskms.region from URL [https://host.example/a.properties] - 3:15: a placeholder ${...} in"
                        + " the value cannot be resolved; define the property that it names",
                refused.getMessage());
    }

    private static Map<String, String> settings(Map<String, Object> variables, Map<String, Object> file) {
        return lines(variables, file).stream().collect(Collectors.toMap(SettingLine::name, SettingLine::value));
    }

    private static List<SettingLine> lines(Map<String, Object> variables, Map<String, Object> file) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        // by this name, Spring Boot recognizes the source of the environment variables
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources().addLast(new MapPropertySource("file", file));
        return new EnvironmentSettings(environment).lines();
    }
}
