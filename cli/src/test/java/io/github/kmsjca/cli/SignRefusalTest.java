package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The errors of {@code sign} for empty values, wrong options, and keys that do not exist or cannot sign jars. Also the
 * form of its warnings, and the default name of signature files.
 */
class SignRefusalTest {
    private static final String P256 = "ECC_NIST_P256";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @CsvSource({"JAR, '', --alias=a, --out=b", "--alias, a.jar, --alias=, --out=b", "--out, a.jar, --alias=a, --out="})
    void sign_emptyValue_isNamed(String empty, String jar, String alias, String out) {
        assertEquals(
                "kms-jca: " + empty + " cannot be empty; an empty shell variable may be the cause\n",
                Commands.run("sign", jar, alias, out).requireCode(2).err());
    }

    static Stream<Arguments> wrongOptions() {
        return Stream.of(
                Arguments.of("--jobs 0", "--jobs must be at least 1"),
                Arguments.of("--sigfile a.b", "--sigfile must have 1 to 8 letters, digits, - or _, not 'a.b'"),
                Arguments.of("--digest SHA-1", "--digest must be one of SHA-256, SHA-384, SHA-512, not 'SHA-1'"),
                Arguments.of("--tsa tsa.example", "--tsa must be an http or https URL, not 'tsa.example'"),
                Arguments.of("--tsa http://a:b@tsa.example", "--tsa cannot contain a user or a password"));
    }

    @ParameterizedTest
    @MethodSource("wrongOptions")
    void sign_wrongOption_saysWhatIsAllowed(String option, String text) {
        assertEquals(
                "kms-jca: " + text + "\n",
                Commands.run("sign a.jar --alias a " + option).requireCode(2).err());
    }

    @Test
    void sign_warning_beginsWithTheNameOfTheProgram() throws IOException {
        X509Certificate leaf = TestKms.certificate(TestKms.publicKey(P256));
        String entry = TestKms.entry("release", TestKms.arn(P256), leaf);
        Path store = Files.writeString(folder.resolve("release.awskms"), TestKms.fileText(entry));
        // the command prints the warnings before it finds out that this is no jar
        Path jar = Files.createFile(folder.resolve("a.jar"));
        String text = Commands.run("sign " + jar + " --alias release --keystore " + store)
                .requireCode(1)
                .err();
        assertTrue(
                text.lines().anyMatch(line -> line.startsWith("kms-jca: warning: the jars get no timestamp, ")), text);
    }

    private String refusal(String key) throws IOException {
        Path jar = Files.createFile(folder.resolve("a.jar"));
        return Commands.run("sign " + jar + " --alias " + key).requireCode(1).err();
    }

    @Test
    void sign_hmacKey_asksForAnAsymmetricKey() throws IOException {
        String key = TestKms.emulator().createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        assertEquals(
                "kms-jca: KMS key " + key + " (HMAC_256) cannot sign jars; name an asymmetric key\n", refusal(key));
    }

    @Test
    void sign_keyThatASettingExcludes_namesTheSettings() throws IOException {
        Path jar = Files.createFile(folder.resolve("a.jar"));
        String settings = TestKms.settings("keys=alias/b");
        String refusal = Commands.run(
                        Main.commandLine(), List.of("sign", jar.toString(), "--alias", "alias/a"), settings)
                .requireCode(1)
                .err();
        assertEquals(
                "kms-jca: KMS has no key 'alias/a', or the setting keys or adopt excludes it; 'kms-jca list' lists the"
                        + " keys that have an alias\n",
                refusal);
    }

    @ParameterizedTest
    @CsvSource({"release, RELEASE", "alias/release-key, RELEASE-", "team:b.c, B_C", "alias/team/, ALIAS_TE"})
    void nameOf_alias_isAValidNameOfASignatureFile(String alias, String name) {
        assertEquals(name, SignCommand.nameOf(alias));
    }

    @Test
    void sign_unknownKey_saysThatKmsHasNoSuchKey() throws IOException {
        assertEquals(
                "kms-jca: KMS has no key '" + TestKms.NO_KEY + "'; 'kms-jca list' lists the keys that have an alias\n",
                refusal(TestKms.NO_KEY));
    }
}
