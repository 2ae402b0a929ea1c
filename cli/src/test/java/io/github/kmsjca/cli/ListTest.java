package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code list}. */
class ListTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String P384 = "ECC_NIST_P384";
    private static final String HEADER = "ALIAS    CERTIFICATE  VALID UNTIL\n";
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey(P256));
    private static final String END = LEAF.getNotAfter().toInstant().toString();
    private static final String BOTH_KEYS = TestKms.settings("keys=" + TestKms.arn(P256) + "," + TestKms.arn(P384));

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void reset() throws IOException {
        file = Files.writeString(
                folder.resolve("release.awskms"),
                TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), LEAF) + "\nalias: ca\n"
                        + TestCertificates.pem(LEAF)));
        TestKms.reset();
    }

    private static String out(String settings, String... words) {
        return Commands.run(Main.commandLine(), List.of(words), settings)
                .requireCode(0)
                .out();
    }

    @Test
    void list_file_showsCertificatesWithoutARequest() {
        assertEquals(
                HEADER + "release  CN=leaf      " + END + "\nca       CN=leaf      " + END + "\n",
                Commands.run("list --keystore " + file).requireCode(0).out());
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void list_long_describesOnlyEntriesWithAKey() {
        String key = TestKms.arn(P256);
        String blanks = " ".repeat(key.length() - 3);
        assertEquals(
                "ALIAS    KEY SPEC       KEY USAGE    KEY STATE  KEY" + blanks + "  CERTIFICATE  VALID UNTIL\n"
                        + "release  ECC_NIST_P256  SIGN_VERIFY  Enabled    " + key + "  CN=leaf      " + END + "\n"
                        + "ca       -              -            -          -  " + blanks + "  CN=leaf      " + END
                        + "\n",
                Commands.run("list --long --keystore " + file).requireCode(0).out());
        assertEquals(List.of("DescribeKey"), TestKms.operations());
    }

    @Test
    void list_long_unusableKey_doesNotHideTheOthers() {
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(TestKms.id(P384)).always().accessDenied());
        List<String> lines = out(BOTH_KEYS, "list", "--long").lines().toList();
        assertTrue(lines.get(1).endsWith("  " + TestKms.arn(P256) + "  -            -"), lines::toString);
        assertTrue(
                lines.get(2).contains("  Enabled    " + TestKms.arn(P384) + "  KMS GetPublicKey for key "),
                lines::toString);
    }

    @Test
    void list_long_descriptionsDenied_showsWhatIsKnown() {
        TestKms.emulator().faults().add(Fault.on("DescribeKey").always().accessDenied());
        Commands.Result result = Commands.run(Main.commandLine(), List.of("list", "--long"), BOTH_KEYS);
        assertEquals("", result.requireCode(0).err());
        assertTrue(result.out().contains("  ECC_NIST_P384  SIGN_VERIFY  -          arn:"), result::toString);
    }

    @Test
    void list_long_keyThatDoesNotExist_saysSoAndDoesNotHideTheOthers() throws IOException {
        Files.writeString(
                file,
                TestKms.fileText(TestKms.entry("gone", TestKms.NO_KEY, LEAF)
                        + TestKms.entry("release", TestKms.arn(P256), LEAF)));
        List<String> lines = Commands.run("list --long --keystore " + file)
                .requireCode(0)
                .out()
                .lines()
                .toList();
        assertTrue(
                lines.get(1).contains("  KMS DescribeKey for key " + TestKms.NO_KEY + " failed: NotFoundException"),
                lines::toString);
        assertTrue(lines.get(2).contains("  Enabled  "), lines::toString);
    }

    @Test
    void list_long_disabledKey_showsItsStateInRed() {
        TestKms.emulator()
                .faults()
                .add(Fault.on("DescribeKey")
                        .always()
                        .rewrite(body -> body.replace("\"KeyState\":\"Enabled\"", "\"KeyState\":\"Disabled\"")));
        String list = Commands.run(
                        Main.commandLine(InstantSource.system(), new Terminal(true, false)),
                        List.of("list", "--long", "--keystore", file.toString()),
                        TestKms.settings())
                .requireCode(0)
                .out();
        assertTrue(list.contains("  \033[1;31mDisabled\033[0m   " + TestKms.arn(P256) + "  CN=leaf"), list);
        assertTrue(list.startsWith("\033[1mALIAS\033[0m    \033[1mKEY SPEC\033[0m"), list);
    }

    @Test
    void list_long_expiredCredentials_showsTheFileAndWarnsOnce() {
        TestKms.emulator().faults().add(Fault.on("DescribeKey").always().error("ExpiredTokenException", 400, null));
        Commands.Result result = Commands.run("list --long --keystore " + file).requireCode(0);
        assertTrue(result.out().contains("release  ECC_NIST_P256  -          -          arn:"), result::toString);
        assertTrue(
                result.err().startsWith("kms-jca: warning: some key states are not known: KMS DescribeKey for key "),
                result::toString);
        assertEquals(1, result.err().lines().count());
    }

    @Test
    void list_long_settingCertificates_showsTheCertificate() throws IOException {
        Path pem = Files.writeString(folder.resolve("chain.pem"), TestCertificates.pem(LEAF));
        String settings = TestKms.settings("keys=" + TestKms.arn(P256), "certificates=" + pem);
        String output = out(settings, "list", "--long");
        assertTrue(output.endsWith("  CN=leaf      " + END + "\n"), output);
        assertEquals(List.of("DescribeKey", "GetPublicKey"), TestKms.operations());
    }

    @Test
    void list_account_requestsOnlyTheAliases() {
        Commands.run("list").requireCode(0);
        assertEquals(
                List.of("ListAliases"), TestKms.operations().stream().distinct().toList());
    }

    @Test
    void list_noEntries_saysWhereAndWhatToCheck() throws IOException {
        Files.writeString(file, TestKms.fileText(""));
        Commands.Result result = Commands.run("list --keystore " + file).requireCode(0);
        assertEquals("", result.out());
        assertEquals("kms-jca: " + file + " has no entries\n", result.err());
        result = Commands.run(Main.commandLine(), List.of("list"), TestKms.settings("keys=alias/none*"))
                .requireCode(0);
        assertTrue(
                result.err().startsWith("kms-jca: no alias in us-east-1 matches the setting keys; check"),
                result::toString);
        String adopting = TestKms.settings("keys=alias/none*", "adopt=" + TestKms.arn(P256));
        result = Commands.run(Main.commandLine(), List.of("list"), adopting).requireCode(0);
        assertTrue(
                result.err()
                        .startsWith("kms-jca: apart from the key of the setting adopt, no alias in us-east-1 matches"),
                result::toString);
        TestKms.emulator()
                .faults()
                .add(Fault.on("ListAliases").always().rewrite(body -> "{\"Aliases\":[],\"Truncated\":false}"));
        result = Commands.run("list").requireCode(0);
        assertTrue(
                result.err().startsWith("kms-jca: there are no keys with an alias in us-east-1; check the Region"),
                result::toString);
    }

    @Test
    void list_json_leavesOutWhatIsUnknown() throws IOException {
        JsonNode entries = json(out(TestKms.settings(), "list", "--json", "--keystore", file.toString()));
        assertEquals(
                "{\"alias\":\"release\",\"certificate\":{\"subject\":\"CN=leaf\",\"notBefore\":\""
                        + LEAF.getNotBefore().toInstant() + "\",\"notAfter\":\"" + END + "\"}}",
                entries.get(0).toString());
        assertEquals(2, entries.size());
    }

    @Test
    void list_jsonLong_hasKeysAndErrors() throws IOException {
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(TestKms.id(P384)).always().accessDenied());
        JsonNode entries = json(out(BOTH_KEYS, "list", "--json", "--long"));
        assertEquals(
                ("{\"alias\":\"%1$s\",\"keyId\":\"%1$s\",\"keySpec\":\"ECC_NIST_P256\",\"keyUsage\":\"SIGN_VERIFY\","
                                + "\"keyState\":\"Enabled\"}")
                        .formatted(TestKms.arn(P256)),
                entries.get(0).toString());
        assertTrue(entries.get(1).get("error").asText().startsWith("KMS GetPublicKey for key "));
    }

    @Test
    void list_jsonLong_keyThatDoesNotExist_keepsWhatTheFileSays() throws IOException {
        Files.writeString(
                file,
                TestKms.fileText(
                        TestKms.entry("gone", TestKms.NO_KEY, LEAF) + "\nalias: bare\nkey: " + TestKms.NO_KEY + "\n"));
        JsonNode entries = json(out(TestKms.settings(), "list", "--json", "--long", "--keystore", file.toString()));
        JsonNode gone = entries.get(0);
        assertEquals(TestKms.NO_KEY, gone.path("keyId").asText());
        assertEquals(P256, gone.path("keySpec").asText());
        assertEquals("CN=leaf", gone.path("certificate").path("subject").asText());
        JsonNode bare = entries.get(1);
        assertEquals(TestKms.NO_KEY, bare.path("keyId").asText());
        assertFalse(bare.has("keySpec"), bare::toString);
        for (JsonNode entry : entries) {
            assertTrue(entry.path("error").asText().contains("NotFoundException"), entry::toString);
        }
        assertEquals(List.of("DescribeKey", "DescribeKey"), TestKms.operations());
    }

    @Test
    void list_jsonWithoutEntries_isAnEmptyList() throws IOException {
        Files.writeString(file, TestKms.fileText(""));
        assertTrue(json(out(TestKms.settings(), "list", "--json", "--keystore", file.toString()))
                .isEmpty());
    }

    private static JsonNode json(String text) throws IOException {
        assertFalse(text.contains("\033"), text);
        return new ObjectMapper().readTree(text).get("entries");
    }

    @Test
    void list_unknownSetting_isAUsageError() {
        Commands.Result result =
                Commands.run(Main.commandLine(), List.of("list"), "regoin=x").requireCode(2);
        assertEquals("kms-jca: --settings: unknown setting 'regoin'; did you mean 'region'?\n", result.err());
    }

    @Test
    void json_failure_isAlsoOnStandardOutput() throws IOException {
        Commands.Result result =
                Commands.run("list --json --keystore " + file + "x").requireCode(1);
        assertEquals("kms-jca: there is no file " + file + "x\n", result.err());
        assertEquals(
                "{\"error\":\"there is no file " + file + "x\"}",
                new ObjectMapper().readTree(result.out()).toString());
        result = Commands.run("list --json --lnog").requireCode(2);
        assertTrue(
                new ObjectMapper().readTree(result.out()).get("error").asText().contains("--long"));
    }
}
