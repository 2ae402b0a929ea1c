package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the emulator with the AWS CLI, a client in another language. */
class AwsCliTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void requireCli() throws InterruptedException {
        try {
            new ProcessBuilder("aws", "--version").start().waitFor();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail("the AWS CLI is missing, and a CI run must not skip these tests", e);
            }
            abort("NOT TESTED with the AWS CLI: there is no 'aws' on the path");
        }
    }

    @Test
    void signAndVerify_digest_isValid() throws Exception {
        String arn = aws("create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY --query KeyMetadata.Arn");
        aws("create-alias --alias-name alias/cli --target-key-id " + arn);
        Files.write(folder.resolve("digest"), new byte[32]);
        String digest = " --key-id alias/cli --message-type DIGEST --message fileb://digest"
                + " --signing-algorithm RSASSA_PSS_SHA_256";
        String signature = aws("sign --query Signature" + digest);
        Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signature));
        String verified = aws("verify --signature fileb://signature --query [SignatureValid,KeyId]" + digest);
        assertEquals("True\t" + arn, verified);
    }

    @Test
    void listAliases_severalPages_returnsAllAliases() throws Exception {
        String key = EMULATOR.createKey("ECC_NIST_P256");
        EMULATOR.createAliases(
                IntStream.range(0, 120).mapToObj("alias/page-%03d"::formatted).toList(), key);
        String names = aws("list-aliases --query Aliases[].AliasName --key-id " + key);
        assertEquals(120, names.split("\\s+").length);
    }

    @Test
    void describeKey_creationDate_isPrintedAsDateOrSeconds() throws Exception {
        String key = EMULATOR.createKey("ECC_NIST_P256");
        String date = aws("describe-key --query KeyMetadata.CreationDate --key-id " + key);
        // version 2 of the AWS CLI prints a date; version 1 prints the seconds that the answer contains
        assertTrue(date.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*|\\d{10}\\.\\d+"), date);
    }

    @Test
    void disableKey_answerWithoutBody_isAcceptedAndKeyIsDisabled() throws Exception {
        String key = EMULATOR.createKey("ECC_NIST_P256");
        assertEquals("", aws("disable-key --key-id " + key));
        assertEquals("Disabled", aws("describe-key --query KeyMetadata.KeyState --key-id " + key));
    }

    @Test
    void describeKey_unknownAlias_showsCodeAndMessage() throws Exception {
        Result result = run("describe-key --key-id alias/none");
        assertNotEquals(0, result.exitCode());
        assertTrue(
                result.text()
                        .contains("(NotFoundException) when calling the DescribeKey operation: Alias"
                                + " arn:aws:kms:us-east-1:111122223333:alias/none is not found."),
                result.text());
    }

    @Test
    void listKeys_emulatorWithCredentials_acceptsOnlyTheRightSecret() throws Exception {
        EmulatorOptions options = EmulatorOptions.defaults().withCredentials("AKID", "right/secret+");
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            String key = emulator.createKey("ECC_NIST_P256");
            Result withRightSecret = run(emulator, "right/secret+", "list-keys --query Keys[].KeyArn");
            assertEquals(key, withRightSecret.text());
            Result withWrongSecret = run(emulator, "wrong/secret+", "list-keys");
            assertNotEquals(0, withWrongSecret.exitCode());
            assertTrue(
                    withWrongSecret.text().contains("(InvalidSignatureException) when calling the ListKeys"),
                    withWrongSecret.text());
        }
    }

    /** The exit code of a command, and its standard output and error. */
    private record Result(int exitCode, String text) {}

    /**
     * Runs an AWS CLI command and returns its output. The command must succeed. Blanks separate the words of the
     * command.
     */
    private static String aws(String command) throws IOException, InterruptedException {
        Result result = run(command);
        assertEquals(0, result.exitCode(), result.text());
        return result.text();
    }

    /** Runs an AWS CLI command, which may fail. */
    private static Result run(String command) throws IOException, InterruptedException {
        return run(EMULATOR, "any", command);
    }

    private static Result run(KmsEmulator emulator, String secret, String command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("aws", "--output", "text", "--region", emulator.region()));
        words.addAll(List.of("--endpoint-url", emulator.endpoint().toString(), "kms"));
        words.addAll(List.of(command.split(" ", -1)));
        Path output = Files.createTempFile(folder, "aws", ".out");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", secret, "AWS_PAGER", ""));
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "the AWS CLI did not end in time: " + words);
        return new Result(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8).strip());
    }
}
