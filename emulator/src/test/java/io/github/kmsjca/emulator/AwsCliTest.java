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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS command line as a second client, in another language. */
class AwsCliTest {
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void requireCli() throws InterruptedException {
        try {
            new ProcessBuilder("aws", "--version").start().waitFor();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail("the AWS CLI is not there, and without it the emulator is not tested in CI", e);
            }
            abort("NOT TESTED: the emulator with the AWS CLI, because there is no 'aws' on the path");
        }
    }

    @AfterAll
    static void close() {
        EMULATOR.close();
    }

    @Test
    void createSignVerify_digest_works() throws Exception {
        String arn = aws(
                0,
                "create-key",
                "--key-spec",
                "RSA_2048",
                "--key-usage",
                "SIGN_VERIFY",
                "--query",
                "KeyMetadata.Arn",
                "--output",
                "text");
        aws(0, "create-alias", "--alias-name", "alias/cli", "--target-key-id", arn);
        Path digest = Files.write(folder.resolve("digest"), new byte[32]);
        String signature = aws(
                0,
                "sign",
                "--key-id",
                "alias/cli",
                "--message-type",
                "DIGEST",
                "--message",
                "fileb://" + digest,
                "--signing-algorithm",
                "RSASSA_PSS_SHA_256",
                "--query",
                "Signature",
                "--output",
                "text");
        Path signed = Files.write(
                folder.resolve("signature"), java.util.Base64.getDecoder().decode(signature));
        String verdict = aws(
                0,
                "verify",
                "--key-id",
                "alias/cli",
                "--message-type",
                "DIGEST",
                "--message",
                "fileb://" + digest,
                "--signing-algorithm",
                "RSASSA_PSS_SHA_256",
                "--signature",
                "fileb://" + signed,
                "--query",
                "[SignatureValid, KeyId]",
                "--output",
                "text");
        assertEquals("True\t" + arn, verdict);
    }

    @Test
    void listAliases_severalPages_areJoined() throws Exception {
        String key = EMULATOR.createKey("ECC_NIST_P256");
        EMULATOR.createAliases(
                IntStream.range(0, 120).mapToObj("alias/page-%03d"::formatted).toList(), key);
        String names = aws(0, "list-aliases", "--key-id", key, "--query", "Aliases[].AliasName", "--output", "text");
        assertEquals(120, names.split("\\s+").length);
    }

    @Test
    void describeKey_dates_areUnderstood() throws Exception {
        String key = EMULATOR.createKey("ECC_NIST_P256");
        String date =
                aws(0, "describe-key", "--key-id", key, "--query", "KeyMetadata.CreationDate", "--output", "text");
        assertTrue(date.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*|\\d{10}\\.\\d+"), date);
    }

    @Test
    void operationWithoutOutput_disableKey_works() throws Exception {
        String key = EMULATOR.createKey("ECC_NIST_P256");
        assertEquals("", aws(0, "disable-key", "--key-id", key));
        assertEquals(
                "Disabled",
                aws(0, "describe-key", "--key-id", key, "--query", "KeyMetadata.KeyState", "--output", "text"));
    }

    @Test
    void error_unknownAlias_showsCodeAndText() throws Exception {
        String problem = aws(-1, "describe-key", "--key-id", "alias/none");
        assertTrue(
                problem.contains("(NotFoundException) when calling the DescribeKey operation: Alias"
                        + " arn:aws:kms:us-east-1:111122223333:alias/none is not found."),
                problem);
    }

    /** Runs a command and returns its output, or its errors if it is to fail. */
    private static String aws(int expectedCode, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", EMULATOR.endpoint().toString(), "--region", EMULATOR.region(), "kms"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "aws", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("AWS_ACCESS_KEY_ID", "any");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "any");
        builder.environment().put("AWS_PAGER", "");
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "the AWS CLI does not end: " + command);
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        if (expectedCode == 0) {
            assertEquals(0, process.exitValue(), text);
        } else {
            assertNotEquals(0, process.exitValue(), text);
        }
        return text;
    }
}
