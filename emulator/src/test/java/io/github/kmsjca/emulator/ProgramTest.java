package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.Tag;

/** Tests the emulator as a separate process. */
class ProgramTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void start_freePort_printsOneLineWithTheUrl() throws Exception {
        try (Program program = Program.start("--port", "0", "--region", "eu-west-1")) {
            String line = program.readyLine();
            assertTrue(
                    line.matches(
                            "kms-jca emulator ready: http://127\\.0\\.0\\.1:\\d+ \\(eu-west-1\\), for tests only; do"
                                    + " not put production keys in it"),
                    line);
            try (KmsClient kms = client(program, "eu-west-1")) {
                assertTrue(kms.listKeys().keys().isEmpty());
            }
            program.stop();
            assertEquals("", program.restOfOutput());
            assertEquals("", program.errors());
        }
    }

    @Test
    void start_severalRegions_sharesOnePortAndCreatesKeysInTheFirst() throws Exception {
        try (Program program = Program.start(
                "--port",
                "0",
                "--region",
                "eu-west-1,us-east-1",
                "--region",
                "us-west-2",
                "--key",
                "alias/a=HMAC_256")) {
            assertTrue(program.readyLine().contains(" (eu-west-1, us-east-1, us-west-2), "), program.readyLine());
            try (KmsClient first = client(program, "eu-west-1");
                    KmsClient last = client(program, "us-west-2")) {
                assertEquals(1, first.listAliases().aliases().size());
                assertTrue(last.listAliases().aliases().isEmpty());
            }
        }
    }

    @Test
    void start_keyOptions_createKeysWithAliases() throws Exception {
        try (Program program =
                Program.start("--port", "0", "--key", "alias/a=ECC_NIST_P256", "--key", "alias/b/c=ML_KEM_768")) {
            try (KmsClient kms = client(program, "us-east-1")) {
                assertEquals(
                        "ECC_NIST_P256",
                        kms.describeKey(request -> request.keyId("alias/a"))
                                .keyMetadata()
                                .keySpecAsString());
                assertEquals(
                        "ML_KEM_768",
                        kms.describeKey(request -> request.keyId("alias/b/c"))
                                .keyMetadata()
                                .keySpecAsString());
            }
        }
    }

    @Test
    void delay_500Milliseconds_delaysTheAnswer() throws Exception {
        try (Program program = Program.start("--port", "0", "--delay", "500")) {
            try (KmsClient kms = client(program, "us-east-1")) {
                long start = System.nanoTime();
                kms.listKeys();
                assertTrue(System.nanoTime() - start >= Duration.ofMillis(500).toNanos());
            }
        }
    }

    @Test
    void start_afterSigterm_hasTheKeyOfTheStateFileAndCreatesNoOther() throws Exception {
        String[] arguments = {
            "--port", "0", "--state", folder.resolve("state.json").toString(), "--key", "alias/a=ECC_NIST_P256"
        };
        String arn;
        try (Program program = Program.start(arguments);
                KmsClient kms = client(program, "us-east-1")) {
            arn = kms.describeKey(request -> request.keyId("alias/a"))
                    .keyMetadata()
                    .arn();
            // 128 and the number of the signal SIGTERM
            assertEquals(128 + 15, program.stop());
        }
        try (Program program = Program.start(arguments);
                KmsClient kms = client(program, "us-east-1")) {
            assertEquals(
                    arn,
                    kms.describeKey(request -> request.keyId("alias/a"))
                            .keyMetadata()
                            .arn());
            assertEquals(1, kms.listKeys().keys().size());
        }
    }

    @Test
    void start_afterSigkillDuringChanges_hasAllAcknowledgedChanges() throws Exception {
        Path state = folder.resolve("state.json");
        int requestsBeforeKill = 20;
        int acknowledged = 0;
        try (Program program =
                        Program.start("--port", "0", "--state", state.toString(), "--key", "alias/a=ECC_NIST_P256");
                KmsClient kms = client(program, "us-east-1")) {
            String arn = kms.describeKey(request -> request.keyId("alias/a"))
                    .keyMetadata()
                    .arn();
            try {
                for (int i = 0; i < 50; i++) {
                    Tag tag = Tag.builder().tagKey("t" + i).tagValue("v").build();
                    if (i == requestsBeforeKill) {
                        program.kill();
                    }
                    kms.tagResource(request -> request.keyId(arn).tags(tag));
                    acknowledged++;
                }
            } catch (SdkException e) {
                // after the kill, each request can fail
                assertTrue(acknowledged >= requestsBeforeKill, e.toString());
            }
            program.waitForEnd();
        }
        try (KmsEmulator next = KmsEmulator.start(EmulatorOptions.defaults().withState(state));
                KmsClient kms = Clients.withoutRetries(next)) {
            String arn = kms.describeKey(request -> request.keyId("alias/a"))
                    .keyMetadata()
                    .arn();
            int kept =
                    kms.listResourceTags(request -> request.keyId(arn)).tags().size();
            assertTrue(kept >= acknowledged, kept + " of " + acknowledged + " acknowledged tags");
        }
    }

    @Test
    void start_portInUse_printsOneLineAndExitsWith1() throws Exception {
        try (KmsEmulator running = KmsEmulator.start()) {
            String port = String.valueOf(running.endpoint().getPort());
            assertFailsWithOneLine(
                    1, "kms-jca-emulator: cannot listen on 127.0.0.1 port " + port + ": ", "--port", port);
        }
    }

    @Test
    void start_damagedState_printsOneLineWithFileAndPlaceAndExitsWith1() throws Exception {
        Path state = folder.resolve("state.json");
        Files.writeString(state, "{\n  \"Format\": }");
        assertFailsWithOneLine(
                1,
                "kms-jca-emulator: state file " + state + ": line 2, column ",
                "--port",
                "0",
                "--state",
                state.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--key | alias/a=ECC_P256 | unknown key spec 'ECC_P256'; did you mean ECC_NIST_P256? Known key specs:",
                "--key | alias/a=rsa_4096 | unknown key spec 'rsa_4096'; did you mean RSA_4096? Known key specs: [",
                "--key | a=RSA_2048 | 'a=RSA_2048' is not alias/NAME=KEY_SPEC[:KEY_USAGE]",
                "--key | alias/aws/a=RSA_2048 | 'alias/aws/a=RSA_2048' is not alias/NAME=KEY_SPEC[:KEY_USAGE]",
                "--key | alias/a | 'alias/a' is not alias/NAME=KEY_SPEC[:KEY_USAGE]",
                "--key | alias/a=RSA_2048:KEY_AGREEMENT | a key of spec RSA_2048 cannot have usage 'KEY_AGREEMENT'; ",
                "--region | Frankfurt | 'Frankfurt' is not the name of a Region",
                "--port | many | many",
                "--port | 70000 | 70000",
                "--color | red | red",
                "--ports | 4599 | Unknown options: '--ports', '4599'; did you mean --port?"
            })
    void start_wrongOption_printsReasonAndExitsWith2(String option, String value, String reason) throws Exception {
        String line = assertFailsWithOneLine(2, "kms-jca-emulator: ", option, value);
        assertTrue(line.contains(reason), line);
    }

    @Test
    void start_negativeDelay_printsOneLineAndExitsWith2() throws Exception {
        try (Program program = Program.launch("--delay", "-1")) {
            assertEquals(2, program.waitForEnd());
            assertEquals(
                    "kms-jca-emulator: --delay cannot be negative, but is -1",
                    program.errors().strip());
            assertEquals("", program.restOfOutput());
        }
    }

    @Test
    void start_credentialsInTheEnvironment_acceptsOnlyThemAndHidesTheSecret() throws Exception {
        Map<String, String> environment =
                Map.of("KMS_EMULATOR_ACCESS_KEY_ID", "AKID", "KMS_EMULATOR_SECRET_ACCESS_KEY", "a-secret");
        try (Program program = Program.start(environment, "--port", "0")) {
            try (KmsClient kms = client(program, "us-east-1", AwsBasicCredentials.create("AKID", "a-secret"))) {
                assertTrue(kms.listKeys().keys().isEmpty());
            }
            try (KmsClient kms = client(program, "us-east-1", AwsBasicCredentials.create("AKID", "another"))) {
                KmsException refusal = assertThrows(KmsException.class, kms::listKeys);
                assertEquals(
                        "InvalidSignatureException", refusal.awsErrorDetails().errorCode());
            }
            program.stop();
            String output = program.readyLine() + program.restOfOutput() + program.errors();
            assertFalse(output.contains("a-secret"), output);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KMS_EMULATOR_ACCESS_KEY_ID", "KMS_EMULATOR_SECRET_ACCESS_KEY"})
    void start_onlyOneCredentialVariable_printsOneLineAndExitsWith2(String variable) throws Exception {
        try (Program program = Program.launch(Map.of(variable, "a-secret"), "--port", "0")) {
            assertEquals(2, program.waitForEnd());
            String errors = program.errors();
            assertTrue(
                    errors.startsWith("kms-jca-emulator: set both KMS_EMULATOR_ACCESS_KEY_ID and KMS_EMULATOR_SECRET_"),
                    errors);
            assertEquals(1, errors.lines().count(), errors);
            assertFalse(errors.contains("a-secret"), errors);
        }
    }

    @Test
    void start_invalidCredentialVariable_namesTheVariablesAndExitsWith2() throws Exception {
        Map<String, String> environment =
                Map.of("KMS_EMULATOR_ACCESS_KEY_ID", "a/b", "KMS_EMULATOR_SECRET_ACCESS_KEY", "a-secret");
        try (Program program = Program.launch(environment, "--port", "0")) {
            assertEquals(2, program.waitForEnd());
            assertEquals(
                    "kms-jca-emulator: the environment variable KMS_EMULATOR_ACCESS_KEY_ID or"
                            + " KMS_EMULATOR_SECRET_ACCESS_KEY is wrong: the access key id must consist of letters,"
                            + " digits and underscores",
                    program.errors().strip());
        }
    }

    @Test
    void help_namesEveryOptionOfTheEmulator() throws Exception {
        try (Program program = Program.launch("--help")) {
            assertEquals(0, program.waitForEnd());
            String help = program.restOfOutput();
            for (String option : new String[] {"--port", "--host", "--region", "--state", "--key", "--delay"}) {
                assertTrue(help.contains(option), help);
            }
        }
    }

    @Test
    void version_printsNameAndNumber() throws Exception {
        try (Program program = Program.launch("--version")) {
            assertEquals(0, program.waitForEnd());
            String version = program.restOfOutput();
            assertTrue(version.matches("kms-jca-emulator \\d+\\.\\d+\\.\\d+\\S*\n"), version);
        }
    }

    /**
     * Starts the program and asserts its exit code and that it prints only one line, on standard error. Returns that
     * line.
     */
    private static String assertFailsWithOneLine(int code, String beginning, String... arguments) throws Exception {
        try (Program program = Program.launch(arguments)) {
            assertEquals(code, program.waitForEnd());
            String errors = program.errors();
            assertTrue(errors.startsWith(beginning), errors);
            assertEquals(1, errors.lines().count(), errors);
            assertFalse(errors.contains("\tat "), errors);
            assertEquals("", program.restOfOutput());
            return errors;
        }
    }

    private static KmsClient client(Program program, String region) throws IOException {
        return client(program, region, AwsBasicCredentials.create("any", "any"));
    }

    private static KmsClient client(Program program, String region, AwsCredentials credentials) throws IOException {
        return KmsClient.builder()
                .endpointOverride(URI.create(program.endpoint()))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
