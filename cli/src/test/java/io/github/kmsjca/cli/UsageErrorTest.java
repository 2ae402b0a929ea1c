package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.testing.TestKms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The help, the version, the exit codes, the JSON of {@code pubkey} and {@code policy}, and the errors for wrong or
 * missing commands, options and arguments.
 */
class UsageErrorTest {
    /** Runs a command without settings. */
    private static Commands.Result run(String words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.isEmpty() ? new String[0] : words.split(" "));
        return new Commands.Result(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lst | unknown command 'lst'; did you mean list?; 'kms-jca --help' lists the commands",
                "frobnicate x y | unknown command 'frobnicate'; 'kms-jca --help' lists the commands",
                "help sgin | unknown command 'sgin'; did you mean sign?; 'kms-jca --help' lists the commands",
                "--keystore a list | --keystore is an option of a command, so write it after the command, as in"
                        + " 'kms-jca list --keystore ...'",
                "list --keystroe a | unknown option '--keystroe'; did you mean --keystore?; 'kms-jca list --help' lists"
                        + " the options",
                "list -keystore a | unknown option '-keystore'; did you mean --keystore?; 'kms-jca list --help' lists"
                        + " the options",
                "pubkey alias/a alias/b | 'alias/b' is one argument too many; 'kms-jca pubkey --help' shows the"
                        + " arguments",
                "pubkey | Missing required parameter: 'KEY'; 'kms-jca pubkey --help' shows the arguments",
                "list --keystore | Missing required parameter for option '--keystore' (FILE); 'kms-jca list --help'"
                        + " lists the options",
                "selfsign alias/a --subjct CN=x | unknown option '--subjct'; did you mean --subject?;"
                        + " 'kms-jca selfsign --help' lists the options",
                "completion | Missing required parameter: 'SHELL'; choose from bash, zsh, fish",
                "completion csh | Invalid value for positional parameter at index 0 (SHELL): unknown shell 'csh';"
                        + " did you mean zsh?; choose from bash, zsh, fish",
                "certreq --extended-key-usage codesign | Invalid value for option '--extended-key-usage' (PURPOSE):"
                        + " unknown purpose 'codesign'; choose from codeSigning, serverAuth, clientAuth,"
                        + " emailProtection, timeStamping, OCSPSigning",
                "certreq --key-usage CRLSign | Invalid value for option '--key-usage' (USAGE): unknown usage 'CRLSign';"
                        + " did you mean cRLSign?; choose from digitalSignature, nonRepudiation, keyCertSign, cRLSign"
            })
    void command_unknownOrMissingWords_areReportedInOneLine(String words, String error) {
        Commands.Result result = run(words).requireCode(2);
        assertEquals("kms-jca: " + error + "\n", result.err());
        assertEquals("", result.out());
    }

    @Test
    void help_ofACommand_isTheSameAsItsOption() {
        assertEquals(run("list --help").out(), run("help list").requireCode(0).out());
        assertTrue(run("help").requireCode(0).out().contains("\n  help           Show the help of a command.\n"));
    }

    @Test
    void version_namesEverythingThatABugReportNeeds() {
        List<String> lines = run("--version").requireCode(0).out().lines().toList();
        assertTrue(lines.get(0).matches("kms-jca \\S+, commit ([0-9a-f]{12}|unknown)"), lines.get(0));
        assertTrue(lines.get(1).matches("AWS SDK for Java 2\\.\\d+\\.\\d+"), lines.get(1));
        assertTrue(lines.get(2).startsWith("Java " + System.getProperty("java.version") + " ("), lines.get(2));
    }

    @Test
    void exitCodes_matchTheDocumentAndTheHelp() throws Exception {
        String head = "| Exit code | Meaning |\n|---|---|\n";
        String document = Files.readString(Path.of("..", "docs", "commands.md"));
        String rows = Arrays.stream(ExitStatus.values())
                .map(row -> "| " + row.code() + " | " + row.meaning() + " |\n")
                .collect(Collectors.joining());
        assertTrue(document.contains(head + rows + "\n"), rows);
        String help = run("--help").out();
        assertTrue(help.contains("\n  130   The command was interrupted, for example with Ctrl-C (SIGINT).\n"), help);
        // the help wraps long meanings, and has no Markdown
        String oneLine = help.replaceAll("\\s+", " ");
        for (ExitStatus row : ExitStatus.values()) {
            assertTrue(oneLine.contains(" " + row.code() + " " + row.meaning().replace("`", "")), oneLine);
        }
    }

    @Test
    void json_ofPubkeyAndPolicy_containsTheTextOutput() throws Exception {
        String arn = TestKms.arn("ECC_NIST_P256");
        String pubkey = Commands.run("pubkey --json " + arn).requireCode(0).out();
        JsonNode document = new ObjectMapper().readTree(pubkey);
        assertEquals(arn, document.get("keyId").asText());
        assertEquals(
                "ECC_NIST_P256 SIGN_VERIFY",
                document.get("keySpec").asText() + " "
                        + document.get("keyUsage").asText());
        assertEquals(
                Commands.run("pubkey " + arn).out(), document.get("publicKey").asText());
        assertEquals(
                Commands.run("policy --for sign " + arn).out(),
                Commands.run("policy --json --for sign " + arn).requireCode(0).out());
    }
}
