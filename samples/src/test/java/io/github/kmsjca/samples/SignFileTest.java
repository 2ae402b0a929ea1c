package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands of the program in this JVM. An emulator replaces KMS, and OpenSSL verifies signatures. */
@Tag("same-on-every-jdk")
class SignFileTest {
    private static final List<String> RSA = List.of("RSA_2048");
    private static final List<String> EC =
            List.of("ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1");
    private static KmsEmulator emulator;
    private static Map<String, String> properties;

    @TempDir
    Path folder;

    private Path file;
    private Path pem;

    @BeforeAll
    static void start() {
        emulator = KmsEmulator.start();
        Stream.concat(RSA.stream(), EC.stream())
                .forEach(spec -> emulator.createKey(spec, "SIGN_VERIFY", "alias/" + spec));
        properties = Map.of(
                "aws.endpointUrlKms",
                emulator.endpoint().toString(),
                "aws.region",
                emulator.region(),
                "aws.accessKeyId",
                "test",
                "aws.secretAccessKey",
                "test");
        properties.forEach(System::setProperty);
    }

    @AfterAll
    static void stopEmulator() {
        properties.keySet().forEach(System::clearProperty);
        emulator.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("it's a file.txt"), "a message");
        pem = folder.resolve("key.pem");
        emulator.requests().clear();
        Security.addProvider(new KmsProvider());
    }

    @AfterEach
    void forgetKeys() {
        Security.removeProvider(KmsProvider.NAME);
    }

    /** Runs a command. Removes the folder from the file names in the output. */
    private Shell.Result program(Object... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code = SignFile.commandLine()
                .setOut(writer)
                .setErr(writer)
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Shell.Result(code, output.toString().replace(folder + "/", ""));
    }

    static Stream<Arguments> everyAlgorithmAndKey() {
        return Stream.of(FileAlgorithm.values())
                .flatMap(row -> (row.jcaName().contains("ECDSA") ? EC : RSA)
                        .stream().map(spec -> Arguments.of(row.jcaName(), spec)));
    }

    @ParameterizedTest
    @MethodSource("everyAlgorithmAndKey")
    void sign_anyAlgorithm_printsAnOpensslCommandThatVerifies(String algorithm, String spec)
            throws IOException, InterruptedException {
        Openssl.require();
        String key = "alias/" + spec;
        String output = program("sign", "--key", key, "--algorithm", algorithm, file)
                .requireCode(0)
                .output();
        program("pubkey", "--key", key, "--out", pem).requireCode(0);
        String command = output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("openssl "))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "Verified OK\n",
                Shell.in(folder).run("sh", "-c", command).requireCode(0).output());
    }

    @ParameterizedTest
    @MethodSource("everyAlgorithmAndKey")
    void verify_publicKeyInFile_makesNoCall(String algorithm, String spec) throws IOException {
        program("sign", "--key", "alias/" + spec, "--algorithm", algorithm, file)
                .requireCode(0);
        program("pubkey", "--key", "alias/" + spec, "--out", pem).requireCode(0);
        emulator.requests().clear();
        Shell.Result valid = program("verify", "--public-key", pem, "--algorithm", algorithm, file);
        assertEquals("it's a file.txt: valid\n", valid.requireCode(0).output());
        Files.writeString(file, "another message");
        Shell.Result invalid = program("verify", "--public-key", pem, "--algorithm", algorithm, file);
        assertEquals(
                "it's a file.txt: INVALID as " + algorithm + "\n",
                invalid.requireCode(1).output());
        assertEquals(List.of(), calls());
    }

    @Test
    void sign_manyFiles_makesOneCallForEachFileAndOneForTheKey() throws IOException {
        Files.writeString(folder.resolve("other.txt"), "");
        program("sign", "--key", "alias/RSA_2048", file, folder.resolve("other.txt"))
                .requireCode(0);
        assertEquals(List.of("GetPublicKey", "Sign", "Sign"), calls());
    }

    @Test
    void sign_raw_sendsTheMessage() throws IOException {
        program("sign", "--key", "alias/ECC_NIST_P256", "--message", "raw", file)
                .requireCode(0);
        assertTrue(emulator.requests().of("Sign").get(0).parameters().contains("\"RAW\""));
        program("verify", "--key", "alias/ECC_NIST_P256", file).requireCode(0);
    }

    @Test
    void sign_rawAndTooLong_namesTheMaximumLength() throws IOException {
        Files.write(file, new byte[4097]);
        String output = program("sign", "--key", "alias/ECC_NIST_P256", "--message", "raw", file)
                .requireCode(1)
                .output();
        assertEquals(
                "sign-file: with message=raw, KMS accepts at most 4096 bytes; set message=digest for longer messages\n",
                output);
    }

    @Test
    void verify_byKms_callsVerify() throws IOException {
        program("sign", "--key", "alias/ECC_NIST_P256", file).requireCode(0);
        emulator.requests().clear();
        program("verify", "--key", "alias/ECC_NIST_P256", "--verify", "kms", file)
                .requireCode(0);
        assertEquals(List.of("GetPublicKey", "Verify"), calls());
        Files.writeString(file, "another message");
        program("verify", "--key", "alias/ECC_NIST_P256", "--verify", "kms", file)
                .requireCode(1);
    }

    @Test
    void verify_deniedByKms_reportsTheKmsError() throws IOException {
        program("sign", "--key", "alias/ECC_NIST_P256", file).requireCode(0);
        emulator.faults().add(Fault.on("Verify").accessDenied());
        String output = program("verify", "--key", "alias/ECC_NIST_P256", "--verify", "kms", file)
                .requireCode(1)
                .output();
        assertTrue(output.matches("sign-file: KMS Verify for key \\S+ failed: AccessDeniedException .*\n"), output);
    }

    @Test
    void verify_bytesThatAreNotASignature_isInvalid() throws IOException {
        Files.writeString(FileSignature.pathFor(file), "not a signature");
        assertEquals(
                "it's a file.txt: INVALID as SHA256withECDSA\n",
                program("verify", "--key", "alias/ECC_NIST_P256", file)
                        .requireCode(1)
                        .output());
    }

    @Test
    void sign_algorithmOfAnotherKeySpec_isRefused() throws IOException {
        String output = program("sign", "--key", "alias/RSA_2048", "--algorithm", "SHA256withECDSA", file)
                .requireCode(1)
                .output();
        assertTrue(
                output.matches("sign-file: KMS key arn:\\S+ \\(RSA_2048\\) cannot sign with SHA256withECDSA; .*\n"),
                output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign", "verify", "pubkey"})
    void help_ofACommand_showsItsOptions(String command) throws IOException {
        String help = program(command, "--help").requireCode(0).output();
        assertTrue(help.startsWith("Usage: sign-file " + command + " ") && help.contains("--key"), help);
    }

    @Test
    void sign_keyNeitherRsaNorEc_isRefusedWithoutSigning() throws IOException {
        emulator.createKey("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", "alias/ed25519");
        assertEquals(
                "sign-file: this program signs only with RSA and EC keys, because 'openssl dgst' verifies no others;"
                        + " this is a key for EdDSA\n",
                program("sign", "--key", "alias/ed25519", file).requireCode(1).output());
        assertEquals(List.of("GetPublicKey"), calls());
    }

    @Test
    void sign_unknownKey_isReportedInOneLine() throws IOException {
        String output =
                program("sign", "--key", "alias/none", file).requireCode(1).output();
        assertEquals(
                "sign-file: there is no KMS key pair 'alias/none'; write a key id, key ARN, alias/NAME or alias ARN, and"
                        + " check the account and the Region\n",
                output);
    }

    @Test
    void sign_missingFile_namesTheFile() throws IOException {
        assertEquals(
                "sign-file: there is no file none.txt\n",
                program("sign", "--key", "alias/RSA_2048", folder.resolve("none.txt"))
                        .requireCode(1)
                        .output());
    }

    @Test
    void sign_wrongMessageMode_isAUsageError() throws IOException {
        String output = program("sign", "--key", "alias/RSA_2048", "--message", "some", file)
                .requireCode(2)
                .output();
        assertEquals("sign-file: load parameter: message=some is not one of digest, raw\n", output);
    }

    private static List<String> calls() {
        return emulator.requests().all().stream().map(LoggedRequest::operation).toList();
    }
}
