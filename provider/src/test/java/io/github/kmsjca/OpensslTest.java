package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.testing.TestKms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JDK cannot verify, so that Bouncy Castle, which signs in the emulator, is not the only one to judge it. */
class OpensslTest {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    /** Only where {@code CI} is not {@code true} a test may pass it over, and says so. */
    @BeforeAll
    static void requireOpenssl() {
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
        String text = "NOT TESTED against OpenSSL: there is no 'openssl' on the path; install it";
        assertFalse(!found && "true".equals(System.getenv("CI")), text);
        assumeTrue(found, text);
    }

    @ParameterizedTest
    @CsvSource({
        "SM3withSM2,        SM2,                   -sm3 -sigopt distid:1234567812345678",
        "SHA224withECDSA,   ECC_SECG_P256K1,       -sha224",
        "SHA256withECDSA,   ECC_SECG_P256K1,       -sha256",
        "SHA384withECDSA,   ECC_SECG_P256K1,       -sha384",
        "SHA512withECDSA,   ECC_SECG_P256K1,       -sha512",
        "SHA3-256withECDSA, ECC_SECG_P256K1,       -sha3-256",
        "SHA3-384withECDSA, ECC_SECG_P256K1,       -sha3-384",
        "SHA3-512withECDSA, ECC_SECG_P256K1,       -sha3-512",
        "SHA224withECDSA,   ECC_NIST_P521,         -sha224"
    })
    void sign_isAcceptedByOpenssl(String algorithm, String spec, String options)
            throws GeneralSecurityException, IOException, InterruptedException {
        byte[] signature =
                TestKms.sign(Signature.getInstance(algorithm, TestKms.sharedProvider()), TestKms.key(spec), MESSAGE);
        Path key = Files.writeString(
                folder.resolve("key.pem"), pem(TestKms.publicKey(spec).getEncoded()));
        assertEquals(0, verify(options, key, MESSAGE, signature));
        assertNotEquals(0, verify(options, key, new byte[] {1}, signature));
    }

    private int verify(String options, Path key, byte[] message, byte[] signature)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "dgst"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(
                "-verify",
                key.toString(),
                "-signature",
                Files.write(folder.resolve("signature"), signature).toString(),
                Files.write(folder.resolve("message"), message).toString()));
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
