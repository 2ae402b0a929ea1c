package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies a signature of each row that OpenSSL 3.0 supports, so that not only Java verifies our signatures. */
@Tag("same-on-every-jdk")
class OpensslTest {
    private static final Pattern HASH_IN_NAME = Pattern.compile("(SHA\\d+|SHA3-\\d+)with.*");

    /** The OpenSSL command for algorithms that take the whole message. */
    private static final String WHOLE_MESSAGE = "pkeyutl";

    /**
     * The commands for algorithms without parameters that {@link #HASH_IN_NAME} does not match. If the algorithm takes
     * a digest from the caller, the test hashes with SHA-256.
     */
    private static final Map<String, String> COMMANDS_BY_NAME = Map.of(
            "NONEwithRSA", "dgst -sha256",
            "NONEwithECDSA", "dgst -sha256",
            "SM3withSM2", "dgst -sm3 -sigopt distid:1234567812345678",
            "Ed25519", WHOLE_MESSAGE,
            "EdDSA", WHOLE_MESSAGE);

    @TempDir
    private Path folder;

    /** Skips the tests if OpenSSL is missing. In CI ({@code CI=true}), they fail instead. */
    @BeforeAll
    static void requireOpenssl() {
        boolean isInstalled = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of(Path.of(path, "openssl"), Path.of(path, "openssl.exe")))
                .anyMatch(Files::isExecutable);
        String text = "NOT TESTED against OpenSSL: there is no 'openssl' on the path; install it";
        assertTrue(isInstalled || !"true".equals(System.getenv("CI")), text);
        assumeTrue(isInstalled, text);
    }

    static Stream<Trial> trials() {
        return Trials.forThisRun().filter(trial -> command(trial.row()).isPresent());
    }

    /**
     * Returns the OpenSSL command that verifies a row's signatures. It is empty for rows that OpenSSL 3.0 does not
     * support: signatures in P1363 format, and ML-DSA.
     */
    private static Optional<String> command(SignatureRow row) {
        Matcher matcher = HASH_IN_NAME.matcher(row.algorithm());
        if (COMMANDS_BY_NAME.containsKey(row.algorithm())) {
            return Optional.of(COMMANDS_BY_NAME.get(row.algorithm()));
        }
        if (row.parameters().isPresent()) {
            return Optional.of(pss(row.parameters().get().getDigestAlgorithm().replace("-", "")));
        }
        if (!matcher.matches() || row.algorithm().endsWith("inP1363Format")) {
            return Optional.empty();
        }
        return Optional.of(row.algorithm().endsWith("/PSS") ? pss(matcher.group(1)) : dgst(matcher.group(1)));
    }

    private static String dgst(String hash) {
        return "dgst -" + hash.toLowerCase(Locale.ROOT);
    }

    private static String pss(String hash) {
        return dgst(hash) + " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";
    }

    @Test
    void rows_withoutOpensslCommand_areP1363AndMlDsa() {
        assertTrue(SignatureRow.of(Trials.TARGET.provider())
                .filter(row -> command(row).isEmpty())
                .allMatch(row -> row.algorithm().endsWith("inP1363Format")
                        || row.algorithm().startsWith("ML-DSA")));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_everySupportedRow_isAcceptedByOpenssl(Trial trial)
            throws GeneralSecurityException, IOException, InterruptedException {
        // for an algorithm that takes a digest, trial.message() is the digest or DigestInfo of Trial.MESSAGE
        byte[] signature = trial.sign(trial.message());
        String command = command(trial.row()).orElseThrow();
        Path key = Files.writeString(
                folder.resolve("key.pem"), pem(trial.key().publicKey().getEncoded()));
        assertEquals(0, exitCode(command, key, Trial.MESSAGE, signature));
        assertNotEquals(0, exitCode(command, key, new byte[] {1}, signature));
    }

    /** Verifies a signature with OpenSSL, and returns the exit code: 0 if the signature is valid. */
    private int exitCode(String openssl, Path key, byte[] message, byte[] signature)
            throws IOException, InterruptedException {
        String in = Files.write(folder.resolve("message"), message).toString();
        String signed = Files.write(folder.resolve("signature"), signature).toString();
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(openssl.split(" ")));
        command.addAll(
                openssl.equals(WHOLE_MESSAGE)
                        ? List.of(
                                "-verify", "-rawin", "-pubin", "-inkey", key.toString(), "-in", in, "-sigfile", signed)
                        : List.of("-verify", key.toString(), "-signature", signed, in));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        return process.waitFor();
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
