package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.control.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the command line of the samples (help, version, errors, exit codes and memory), the size and comment of their
 * source files, and their row in the README.
 */
@Tag("same-on-every-jdk")
class SamplesProgramTest {
    private static final int MAXIMUM_LINES = 130;

    @TempDir
    Path folder;

    private SampleRunner samples;

    @BeforeEach
    void start() {
        samples = new SampleRunner();
        samples.emulator().createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
    }

    @AfterEach
    void stop() {
        samples.close();
    }

    @Test
    void help_ofAll_listsEverySample() {
        String help = samples.start("--help").requireCode(0).output();
        for (Sample sample : Sample.values()) {
            assertTrue(help.contains("\n  " + sample.title() + " "), help);
        }
    }

    @ParameterizedTest
    @EnumSource
    void help_ofASample_showsItsArguments(Sample sample) {
        String help = samples.start(sample.title(), "--help").requireCode(0).output();
        assertTrue(
                help.startsWith("Usage: samples/run " + sample.title() + " [-hV] " + sample.arguments() + "\n"), help);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sign-file | KEY",
                "create-authority | KEY",
                "issue-certificate | AUTHORITY_KEY",
                "issue-mail-certificate | AUTHORITY_KEY, KEY"
            })
    void help_ofASampleWithKeys_explainsThem(String sample, String keys) {
        String help = samples.start(sample, "--help").requireCode(0).output();
        assertTrue(help.contains("\n\n" + keys + ": key id, key ARN, alias/NAME or alias ARN of a KMS key\n"), help);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-server", "sign-pdf"})
    void help_ofASampleWithAKeystoreFile_explainsNoKey(String sample) {
        String help = samples.start(sample, "--help").requireCode(0).output();
        assertFalse(help.contains("key ARN"), help);
    }

    /** Each sample is one small file, which says how to run it and which permissions it needs. */
    @ParameterizedTest
    @EnumSource
    void source_ofASample_isSmallAndNamesItsActions(Sample sample) throws IOException {
        assertTrue(SampleRunner.source(sample).lines().count() <= MAXIMUM_LINES, sample.title());
        assertFalse(SampleRunner.actions(sample).isEmpty(), sample.title());
    }

    @ParameterizedTest
    @EnumSource
    void readme_table_hasTheSample(Sample sample) throws IOException {
        String command = "`samples/run " + sample.title() + " " + sample.arguments() + "`";
        assertTrue(Files.readString(Path.of("..", "README.md")).contains(command), command);
    }

    @Test
    void version_isThatOfTheProvider() {
        assertEquals(
                "kms-jca samples " + new KmsProvider().getVersionStr() + "\n",
                samples.start("--version").requireCode(0).output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sign-files a b | samples/run: Unmatched arguments from index 0: 'sign-files', 'a', 'b'",
                "sign-file alias/release | sign-file: the arguments are KEY FILE...",
                "public-key alias/release a b | public-key: the arguments are KEY PEM",
                "sign-file --key=alias/release file | sign-file: Unknown option: '--key=alias/release'",
                "create-authority alias/release Release r.pem | create-authority: improperly specified input name",
            })
    void start_wrongUsage_isOneLineAndCode2(String arguments, String expected) {
        String output = samples.start((Object[]) arguments.split(" ", -1))
                .requireCode(2)
                .output();
        assertTrue(output.startsWith(expected) && output.lines().count() == 1, output);
    }

    @Test
    void start_withoutASample_printsTheUsage() {
        assertTrue(samples.start().requireCode(2).output().startsWith("Usage: samples/run "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sign-file alias/none a | sign-file: there is no KMS key pair alias/none",
                "sign-file alias/release none.txt | sign-file: there is no file none.txt",
                "sign-pdf none.awskms a b c | sign-pdf: there is no file none.awskms",
                "issue-certificate alias/release none.pem a.csr serverAuth a.pem"
                        + " | issue-certificate: there is no file none.pem",
            })
    void start_failure_isOneLineAndCode1(String arguments, String expected) {
        assertEquals(
                expected + "\n",
                samples.start((Object[]) arguments.split(" ", -1))
                        .requireCode(1)
                        .output());
    }

    /** The first two exceptions return null as reason. A test that runs as superuser cannot cause the first one. */
    @Test
    void text_fileException_saysWhatIsWrong() {
        assertEquals(
                "file a.pem cannot be used: its permissions do not allow it",
                Samples.text(new AccessDeniedException("a.pem")));
        assertEquals(
                "file a.pem cannot be used: FileAlreadyExistsException",
                Samples.text(new FileAlreadyExistsException("a.pem")));
        assertEquals(
                "file a.pem cannot be used: Is a directory",
                Samples.text(new FileSystemException("a.pem", null, "Is a directory")));
    }

    @Test
    void text_missingFile_saysWhetherTheFolderIsMissing() {
        Path file = folder.resolve("a.pem");
        assertEquals("there is no file " + file, Samples.text(new NoSuchFileException(file.toString())));
        Path missing = folder.resolve("missing");
        assertEquals(
                "there is no folder " + missing,
                Samples.text(new NoSuchFileException(missing.resolve("a.pem").toString())));
    }

    @Test
    void issueCertificate_fileOfAnotherKind_errorNamesArgumentAndFile() throws IOException {
        Path root = folder.resolve("root.pem");
        Path request = folder.resolve("a.csr");
        samples.run(Sample.CREATE_AUTHORITY, "alias/release", "CN=Example Root", root);
        samples.run(Sample.REQUEST_CERTIFICATE, "alias/release", "CN=Example", request);
        Path text = Files.writeString(folder.resolve("text"), "no PEM");
        assertEquals(
                "issue-certificate: AUTHORITY must be a certificate in PEM, not " + request + "\n",
                refusedIssue(request, root));
        assertEquals(
                "issue-certificate: REQUEST must be a certificate request in PEM, not " + text + "\n",
                refusedIssue(root, text));
    }

    private String refusedIssue(Path authority, Path request) {
        return samples.start(
                        "issue-certificate",
                        "alias/release",
                        authority,
                        request,
                        "serverAuth",
                        folder.resolve("issued.pem"))
                .requireCode(2)
                .output();
    }

    @Test
    void issueToken_keyThatIsNeitherRsaNorEc_isRefusedWithoutSigning() throws IOException {
        samples.emulator().createKey("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", "alias/ed25519");
        assertEquals(
                "issue-token: choose an RSA key or a key on the curve P-256, not EdDSA\n",
                samples.start("issue-token", "alias/ed25519", "ES256", "alice", folder.resolve("jwks.json"))
                        .requireCode(1)
                        .output());
        assertEquals(Set.of("GetPublicKey"), samples.calls());
    }

    @Test
    void signFile_deniedByKms_isOneLineAndCode1() throws IOException {
        samples.emulator().faults().add(Fault.on("Sign").accessDenied());
        Path file = Files.writeString(folder.resolve("file"), "a message");
        String output =
                samples.start("sign-file", "alias/release", file).requireCode(1).output();
        assertTrue(output.matches("sign-file: KMS Sign for key \\S+ failed: AccessDeniedException .*\n"), output);
    }

    @Test
    void signFile_wrongSetting_isOneLineAndCode2() {
        System.setProperty("awskms.message", "some");
        try {
            String output = samples.start("sign-file", "alias/release", "file")
                    .requireCode(2)
                    .output();
            assertEquals("sign-file: system property awskms.message: message=some is not one of digest, raw\n", output);
        } finally {
            System.clearProperty("awskms.message");
        }
    }

    @Test
    void signFile_keyThatOpensslCannotVerify_isRefusedWithoutSigning() throws IOException {
        samples.emulator().createKey("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", "alias/ed25519");
        assertEquals(
                "sign-file: choose a key for RSA or ECDSA: 'openssl dgst' cannot verify with a key of spec"
                        + " ECC_NIST_EDWARDS25519\n",
                samples.start("sign-file", "alias/ed25519", "file")
                        .requireCode(1)
                        .output());
        assertEquals(Set.of("GetPublicKey"), samples.calls());
    }

    @Test
    void signFile_hugeFile_needsLittleMemory() throws IOException, InterruptedException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("huge.bin").toFile(), "rw")) {
            sparse.setLength(128L << 20);
        }
        Shell.in(folder)
                .with(samples.emulator())
                .with("AWSKMS_CALL_TIMEOUT", SampleRunner.CALL_TIMEOUT)
                .with("AWSKMS_ATTEMPT_TIMEOUT", SampleRunner.CALL_TIMEOUT)
                .java("-Xmx64m", Samples.class.getName(), "sign-file", "alias/release", "huge.bin")
                .requireCode(0);
    }

    /** Runs the script, as users do. */
    @Test
    void script_withoutCredentials_saysWhatToSetInItsLastLine() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("file.txt"), "a message");
        String output = Shell.in(folder)
                .with("AWS_REGION", "us-east-1")
                .with("HOME", folder.toString())
                .with("JDK_JAVA_OPTIONS", "-Duser.home=" + folder)
                .run(Path.of("run").toAbsolutePath().toString(), "sign-file", "alias/release", "file.txt")
                .requireCode(1)
                .output();
        assertTrue(
                output.matches("(?s)(.*\n)?sign-file: KMS GetPublicKey for key alias/release failed:"
                        + " no AWS credentials were found; set AWS_PROFILE, [^\n]*\n"),
                output);
    }
}
