package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as a separate process. */
@Tag("same-on-every-jdk")
class SignFileProgramTest {
    private static final String PROGRAM = SignFile.class.getName();

    @TempDir
    Path folder;

    @Test
    void sign_hugeFile_needsLittleMemory() throws IOException, InterruptedException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("huge.bin").toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            Shell shell = Shell.in(folder).with(emulator);
            shell.java("-Xmx64m", PROGRAM, "sign", "--key", "alias/release", "huge.bin")
                    .requireCode(0);
            shell.java("-Xmx64m", PROGRAM, "verify", "--key", "alias/release", "huge.bin")
                    .requireCode(0);
        }
    }

    @Test
    void sign_withoutCredentials_saysWhatToSet() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("file.txt"), "a message");
        Shell.Result result = Shell.in(folder)
                .with("AWS_REGION", "us-east-1")
                .with("HOME", folder.toString())
                .java("-Duser.home=" + folder, PROGRAM, "sign", "--key", "alias/release", "file.txt");
        assertTrue(
                result.requireCode(1)
                        .output()
                        .matches("sign-file: KMS GetPublicKey for key alias/release failed:"
                                + " no AWS credentials were found; set AWS_PROFILE, .*\n"),
                result.output());
    }
}
