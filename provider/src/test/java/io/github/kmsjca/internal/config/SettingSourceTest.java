package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSourceTest {
    private static final String ALL_NAMES = String.join(", ", Setting.names());

    @TempDir
    Path folder;

    @Test
    void argument_inline_isSplitAtSemicolons() {
        KmsSettings settings = settings(SettingSource.argument(
                " region = eu-west-1 ;attempts=2;; key.My Release=alias/a:b; endpoint=http://127.0.0.1:4599/;"));
        assertEquals(Optional.of("eu-west-1"), settings.region());
        assertEquals(2, settings.attempts());
        assertEquals(Map.of("My Release", KeyId.parse("alias/a:b")), settings.names());
        assertEquals("http://127.0.0.1:4599/", settings.endpoint().orElseThrow().toString());
    }

    @Test
    void argument_fileNameWithOrWithoutAtSign_isReadAsAFile() throws IOException {
        Path file = write("a=b.conf", "attempts: 7\n");
        assertEquals(7, settings(SettingSource.argument("@" + file)).attempts());
        Path plain = write("plain.conf", "attempts: 8\n");
        assertEquals(8, settings(SettingSource.argument(plain.toString())).attempts());
        assertEquals(8, settings(SettingSource.argument("@" + plain)).attempts());
        assertError(
                "provider argument '@" + folder.resolve("none")
                        + "' is neither an existing settings file nor a list such as region=eu-west-1;attempts=2",
                () -> SettingSource.argument("@" + folder.resolve("none")));
    }

    @Test
    void argument_neitherFileNorSettings_saysWhatIsExpected() {
        assertError(
                "provider argument 'release.conf' is neither an existing settings file nor a list such as"
                        + " region=eu-west-1;attempts=2",
                () -> SettingSource.argument("release.conf"));
        assertThrows(SettingsException.class, () -> SettingSource.argument(folder.toString()));
        assertThrows(SettingsException.class, () -> SettingSource.argument(""));
    }

    @Test
    void argument_partWithoutEqualsSign_errorDoesNotRepeatIt() {
        assertError(
                "provider argument: an item of the list is not a setting; write name=value;name=value",
                () -> SettingSource.argument("region=eu-west-1;hidden"));
    }

    @Test
    void argument_settingAfterAtSign_errorDoesNotRepeatIt() {
        assertError(
                "provider argument is neither an existing settings file nor a list such as"
                        + " region=eu-west-1;attempts=2",
                () -> SettingSource.argument("@grant-tokens=hidden"));
    }

    @Test
    void argument_settingGivenTwice_isNamed() {
        assertError(
                "provider argument: setting 'region' is given twice",
                () -> SettingSource.argument("region=eu-west-1;region=eu-west-1"));
    }

    @Test
    void file_commentsBlankLinesEqualsAndColon_areRead() throws IOException {
        Path file = write("release.conf", "\uFEFF# signing\r\n\r\n  region = eu-west-1\r\nkey.r: alias/r\r\n\t# end");
        KmsSettings settings = settings(SettingSource.file(file));
        assertEquals(Optional.of("eu-west-1"), settings.region());
        assertEquals(Map.of("r", KeyId.parse("alias/r")), settings.names());
    }

    @Test
    void file_relativePath_isResolvedAgainstTheFilesFolder() throws IOException {
        Path file = write("release.conf", "certificates=chains/all.pem");
        assertEquals(
                folder.toAbsolutePath().resolve("chains/all.pem"),
                settings(SettingSource.file(file)).certificates().orElseThrow().path());
    }

    @Test
    void file_unknownName_namesLineAndNearest() throws IOException {
        Path file = write("release.conf", "# signing\n\nregoin=eu-west-1\n");
        assertError(
                "settings file " + file + ", line 3: unknown setting 'regoin'; did you mean 'region'?",
                () -> SettingSource.file(file));
    }

    @Test
    void file_noSimilarName_listsAllNames() throws IOException {
        Path file = write("release.conf", "password=x\n");
        assertError(
                "settings file " + file + ", line 1: unknown setting 'password'; the settings are " + ALL_NAMES,
                () -> SettingSource.file(file));
    }

    @Test
    void file_lineThatMayBeASecret_errorDoesNotRepeatIt() throws IOException {
        String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        Path file = write("release.conf", line + "=\n");
        assertError(
                "settings file " + file + ", line 1: unknown setting; the settings are " + ALL_NAMES,
                () -> SettingSource.file(file));
    }

    @Test
    void file_settingGivenTwice_namesBothLines() throws IOException {
        Path file = write("release.conf", "region=eu-west-1\nattempts=2\nregion=eu-west-2\n");
        assertError(
                "settings file " + file + ", line 3: setting 'region' is given twice, first in line 1",
                () -> SettingSource.file(file));
    }

    @Test
    void file_lineWithoutSeparatorOrName_namesTheLine() throws IOException {
        Path file = write("release.conf", "region=eu-west-1\nhidden\n");
        assertError(
                "settings file " + file + ", line 2: this line is not a setting; write name=value",
                () -> SettingSource.file(file));
        Path noName = write("release2.conf", " = 5\n");
        assertError(
                "settings file " + noName + ", line 1: this line is not a setting; write name=value",
                () -> SettingSource.file(noName));
    }

    @Test
    void file_notUtf8_isRefused() throws IOException {
        Path file = Files.write(folder.resolve("l1.conf"), "key.für=alias/a".getBytes(StandardCharsets.ISO_8859_1));
        assertError("settings file " + file + ": is not UTF-8 text; save it as UTF-8", () -> SettingSource.file(file));
    }

    @Test
    void file_missing_isRefused() {
        Path file = folder.resolve("none.conf");
        assertError(
                "settings file " + file + ": cannot be read (java.nio.file.NoSuchFileException: " + file
                        + "); check that the file exists and that this user may read it",
                () -> SettingSource.file(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attempts=0 | attempts=0 is not a whole number from 1 to 100",
                "attempts=101 | attempts=101 is not a whole number from 1 to 100",
                "attempts=+5 | attempts=+5 is not a whole number from 1 to 100",
                "attempts=99999999999 | attempts=99999999999 is not a whole number from 1 to 100",
                "attempts= | attempts= is not a whole number from 1 to 100",
                "call-timeout=0s | call-timeout=0s is not a time from 1ms to 60m such as 500ms, 15s or 2m",
                "call-timeout=15 | call-timeout=15 is not a time from 1ms to 60m such as 500ms, 15s or 2m",
                "call-timeout=61m | call-timeout=61m is not a time from 1ms to 60m such as 500ms, 15s or 2m",
                "verify=LOCAL | verify=LOCAL is not one of local, kms",
                "message=both | message=both is not one of digest, raw",
                "ecdsa=any | ecdsa=any is not one of fit, strict",
                "verify-after-sign=last | verify-after-sign=last is not one of always, first, never",
                "create=yes | create=yes is not true or false",
                "region=EU | region=EU is not a Region such as eu-west-1",
                "regions=eu-west-1,,eu-west-2 | regions=eu-west-1,,eu-west-2 is not a comma-separated list of Regions such as eu-west-1",
                "keys=release | keys=release is not a comma-separated list of key ids, ARNs and alias names (alias/NAME, with * for any characters)",
                "key.r=release | key.r=release is not a key id, key ARN, alias name (alias/NAME) or alias ARN",
                "adopt= | adopt= is not a key id, key ARN, alias name (alias/NAME) or alias ARN",
                "profile= | profile= is not a text of at least one character",
                "certificates= | certificates= is not the path of a file or folder",
                "endpoint=https://me:secret@kms.example | endpoint is not an http or https URL with a host, without user, query and fragment",
                "endpoint=localhost:4599 | endpoint is not an http or https URL with a host, without user, query and fragment",
                "endpoint=ftp://localhost | endpoint is not an http or https URL with a host, without user, query and fragment",
                "grant-tokens=secret, | grant-tokens is not a comma-separated list of tokens without blanks",
                "grant-tokens=sec ret | grant-tokens is not a comma-separated list of tokens without blanks",
            })
    void argument_wrongValue_saysWhatItMustBe(String setting, String error) {
        assertError("provider argument: " + error, () -> SettingSource.argument(setting));
    }

    @Test
    void argument_longWrongValue_errorDoesNotRepeatIt() {
        assertError(
                "provider argument: region is not a Region such as eu-west-1",
                () -> SettingSource.argument("region=" + "x".repeat(101)));
    }

    @ParameterizedTest
    @CsvSource({"1ms, PT0.001S", "500ms, PT0.5S", "15s, PT15S", "2m, PT2M", "60m, PT60M", "3600s, PT60M"})
    void argument_times_areAccepted(String time, Duration expected) {
        assertEquals(
                expected,
                settings(SettingSource.argument("call-timeout=" + time)).callTimeout());
    }

    @Test
    void systemProperties_withOurPrefix_areRead() {
        KmsSettings settings = settings(SettingSource.systemProperties(
                Map.of("awskms.attempts", " 3 ", "awskms.key.Release", "alias/r", "aws.region", "x", "user.dir", "y")));
        assertEquals(3, settings.attempts());
        assertEquals(Map.of("Release", KeyId.parse("alias/r")), settings.names());
    }

    @Test
    void systemProperties_unknownOrWrong_areErrors() {
        assertError(
                "system property awskms.regoin: unknown setting 'regoin'; did you mean 'region'?",
                () -> SettingSource.systemProperties(Map.of("awskms.regoin", "eu-west-1")));
        assertError(
                "system property awskms.attempts: attempts=many is not a whole number from 1 to 100",
                () -> SettingSource.systemProperties(Map.of("awskms.attempts", "many")));
    }

    @Test
    void environment_withOurPrefix_isRead() {
        KmsSettings settings = settings(SettingSource.environment(
                Map.of("AWSKMS_CALL_TIMEOUT", "20s", "AWSKMS_VERIFY", "kms", "AWSKMS_PROFILE", "", "AWS_REGION", "x")));
        assertEquals(Duration.ofSeconds(20), settings.callTimeout());
        assertEquals(VerifyMode.KMS, settings.verify());
        assertEquals(Optional.empty(), settings.profile());
    }

    @Test
    void parameter_keySettingForAFile_errorNamesTheSourcesOfKeySettings() {
        KmsLoadStoreParameter parameter = KmsLoadStoreParameter.ofFile(folder.resolve("release.awskms"));
        assertError(
                "load parameter: setting 'key.a' has no effect on a KeyStore with a file; remove it, or set it for"
                        + " other KeyStores, as provider argument, system property, or the load parameter of a KeyStore"
                        + " without a file",
                () -> SettingSource.parameter(parameter.with("key.a", "alias/a")));
    }

    @Test
    void parameter_settingOfTheProvider_errorNamesTheSourcesOfTheSetting() {
        assertError(
                "load parameter: setting 'adopt' has no effect on a KeyStore; set it as provider argument, system"
                        + " property or environment variable",
                () -> SettingSource.parameter(
                        KmsLoadStoreParameter.ofDiscovery().with("adopt", "alias/a")));
    }

    @Test
    void environment_unknownWrongOrKeySetting_areErrors() {
        assertError(
                "environment variable AWSKMS_REGOIN: unknown setting 'regoin'; did you mean 'region'?",
                () -> SettingSource.environment(Map.of("AWSKMS_REGOIN", "eu-west-1")));
        assertError(
                "environment variable AWSKMS_CREATE: create=1 is not true or false",
                () -> SettingSource.environment(Map.of("AWSKMS_CREATE", "1")));
    }

    /** Some programs can set variables with a dot. */
    @ParameterizedTest
    @ValueSource(strings = {"AWSKMS_KEY_RELEASE", "AWSKMS_KEY.Release", "AWSKMS_key.release", "AWSKMS_key_release"})
    void environment_key_isRefused(String variable) {
        assertError(
                "environment variable " + variable + ": key.<alias> cannot come from the environment, because the"
                        + " name of a variable cannot contain all characters of an alias; use a settings file or the system"
                        + " property awskms.key.<alias>",
                () -> SettingSource.environment(Map.of(variable, "alias/r")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys=alias/a      | system property awskms.keys or environment variable AWSKMS_KEYS",
                "key.a=alias/a     | or system property awskms.key.a",
                "adopt=alias/a     | system property awskms.adopt or environment variable AWSKMS_ADOPT",
                "create=true       | system property awskms.create or environment variable AWSKMS_CREATE",
                "endpoint=http://a | load parameter, system property awskms.endpoint"
                        + " or environment variable AWSKMS_ENDPOINT"
            })
    void keystoreFile_settingOnlyForTheOperator_errorNamesOtherPlaces(String setting, String where) {
        SettingLine line = SettingLine.parse("release.awskms", 3, setting).orElseThrow();
        assertError(
                "release.awskms, line 3: setting '" + line.name()
                        + "' is not allowed in a keystore file, which may come from"
                        + " anybody; remove the line, or set it as provider argument, " + where,
                () -> SettingSource.keystoreFile(List.of(line), folder));
        assertEquals(1, SettingSource.argument(setting).values().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate-tags=write | one of ignore, read                                    | CERTIFICATE_TAGS",
                "certificates=/chains   | a relative path inside the folder of the keystore file | CERTIFICATES"
            })
    void keystoreFile_valueOnlyForTheOperator_errorNamesOtherPlaces(String setting, String wanted, String variable) {
        SettingLine line = SettingLine.parse("release.awskms", 3, setting).orElseThrow();
        assertError(
                "release.awskms, line 3: " + setting + " is not " + wanted
                        + "; remove the line, or set it as provider argument, load parameter, system property awskms."
                        + line.name() + " or environment variable AWSKMS_" + variable,
                () -> SettingSource.keystoreFile(List.of(line), folder));
        assertEquals(1, SettingSource.argument(setting).values().size());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static KmsSettings settings(SettingSource source) {
        return KmsSettings.from(List.of(source));
    }

    private static void assertError(String text, Executable action) {
        assertEquals(text, assertThrows(SettingsException.class, action).getMessage());
    }
}
