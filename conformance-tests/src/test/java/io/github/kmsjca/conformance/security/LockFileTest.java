package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests lock files and temporary files beside a keystore file. If somebody else puts them there, they cannot redirect
 * the lock or the content of the keystore file to another file. If a killed run left them, they are deleted.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "creating links on Windows needs a special permission")
class LockFileTest {
    private static final String NAME = "release.awskms";
    private static final String LINK = " is a symbolic link";
    private static final String NOT_EMPTY_FILE = " is not an empty file";
    private static final byte[] PRECIOUS = "precious".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair KEYS = RsaAuthority.rsaKeys();
    private static final String TEMPORARY_NAME = ".release.awskms.11111111-2222-3333-4444-555555555555.tmp";

    @AutoClose
    private static final HostileKms KMS = HostileKms.start().key(KEYS.getPublic(), "RSA_2048");

    @TempDir
    Path folder;

    private Path file;
    private Path lock;
    private Path precious;

    @BeforeEach
    void prepare() throws IOException {
        file = folder.resolve(NAME);
        lock = folder.resolve("." + NAME + ".lock");
        KeystoreText.empty().key("release", HostileKms.ARN).writeTo(file);
        precious = Files.write(folder.resolve("precious"), PRECIOUS);
    }

    /** Runs the command import, which fails and does not change the keystore file. Returns the error line. */
    private String importError() throws IOException {
        byte[] before = Files.readAllBytes(file);
        Files.writeString(folder.resolve("certificate.pem"), TestCa.pem(certificate()));
        String line = Commands.requireOneError(Commands.run(
                Workplace.of(folder, KMS.endpoint()), "import", "--keystore", NAME, "release", "certificate.pem"));
        assertArrayEquals(before, Files.readAllBytes(file));
        return line;
    }

    private static X509Certificate certificate() {
        return TestCa.named("CA").issue("release", KEYS.getPublic());
    }

    /** Saves the keystore file through the KeyStore API, as programs do. */
    private void save() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(
                KmsProvider.NAME, new KmsProvider().configure("region=us-east-1;endpoint=" + KMS.endpoint()));
        KmsLoadStoreParameter parameter = KmsLoadStoreParameter.ofFile(file);
        store.load(parameter);
        store.setCertificateEntry("trusted", certificate());
        store.store(parameter);
    }

    /** Calls {@link #save}, which fails and changes no file. Returns the error. */
    private String saveError() throws IOException {
        byte[] before = Files.readAllBytes(file);
        String message =
                String.valueOf(assertThrows(IOException.class, this::save).getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
        assertArrayEquals(PRECIOUS, Files.readAllBytes(precious));
        assertFalse(message.contains("\n"), message);
        return message;
    }

    /** Returns the error for a lock file that kms-jca did not create. The error names the keystore file as given. */
    private String refusal(String path, String problem) {
        return "keystore file " + path + " cannot be saved and stays as it is: the lock file "
                + folder.toAbsolutePath().resolve(lock.getFileName()) + problem
                + ", so kms-jca did not create it; check it and delete it";
    }

    @Test
    void import_lockIsALink_targetIsUnchanged() throws IOException {
        Files.createSymbolicLink(lock, Path.of("precious"));
        assertEquals("kms-jca: " + refusal(NAME, LINK), importError());
        assertArrayEquals(PRECIOUS, Files.readAllBytes(precious));
        assertTrue(Files.isSymbolicLink(lock));
    }

    @Test
    void import_lockIsAPipe_isRefusedWithoutWaiting() throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("mkfifo", lock.toString()).start().waitFor());
        assertEquals("kms-jca: " + refusal(NAME, NOT_EMPTY_FILE), importError());
    }

    @Test
    void store_lockIsADirectory_isRefused() throws IOException {
        Files.createDirectory(lock);
        assertEquals(refusal(file.toString(), NOT_EMPTY_FILE), saveError());
    }

    @Test
    void store_lockIsAFileWithContent_isRefused() throws IOException {
        Files.write(lock, PRECIOUS);
        assertEquals(refusal(file.toString(), NOT_EMPTY_FILE), saveError());
        assertArrayEquals(PRECIOUS, Files.readAllBytes(lock));
    }

    @Test
    void store_lockIsAHardLink_isRefused() throws IOException {
        Files.createLink(lock, precious);
        assertEquals(refusal(file.toString(), NOT_EMPTY_FILE), saveError());
    }

    /** If the provider opened the link, it would create the target. */
    @Test
    void store_lockIsABrokenLink_targetIsNotCreated() throws IOException {
        Path target = folder.resolve("absent");
        Files.createSymbolicLink(lock, target);
        assertEquals(refusal(file.toString(), LINK), saveError());
        assertFalse(Files.exists(target));
    }

    @Test
    void store_lockIsALinkToAnEmptyFile_isRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Files.createSymbolicLink(lock, empty);
        assertEquals(refusal(file.toString(), LINK), saveError());
        assertTrue(Files.exists(empty));
    }

    /** The provider deletes leftover temporary files, but no directories and no targets of links. */
    @Test
    void store_temporaryFileIsALinkOrADirectory_targetAndContentAreUnchanged()
            throws GeneralSecurityException, IOException {
        Files.createSymbolicLink(folder.resolve(TEMPORARY_NAME), precious);
        Path inside = Files.createDirectories(folder.resolve(TEMPORARY_NAME.replace('1', '9')))
                .resolve("kept");
        Files.write(inside, PRECIOUS);
        save();
        assertArrayEquals(PRECIOUS, Files.readAllBytes(precious));
        assertArrayEquals(PRECIOUS, Files.readAllBytes(inside));
        assertFalse(Files.exists(folder.resolve(TEMPORARY_NAME), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void store_temporaryFilesOfAKilledRun_areDeleted() throws GeneralSecurityException, IOException {
        Files.createFile(lock);
        Files.write(folder.resolve(TEMPORARY_NAME), PRECIOUS);
        Path other = Files.write(folder.resolve(TEMPORARY_NAME.replace("release", "other")), PRECIOUS);
        save();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(other, precious, file), left.sorted().toList());
        }
        assertTrue(Files.readString(file).contains("alias: trusted"));
    }
}
