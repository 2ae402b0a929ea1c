package io.github.kmsjca.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verifies signatures that gpg itself has made. */
@Tag("same-on-every-jdk")
class GpgTest {
    private Path home;
    private Path file;
    private Path publicKey;

    @BeforeEach
    void makeFile() throws IOException {
        Programs.requireGpg();
        // a short name: gpg opens a socket in this folder, and the path of a socket has at most about 100 characters
        home = Files.createTempDirectory(
                "gpg", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        file = Files.writeString(home.resolve("file"), "text");
        publicKey = home.resolve("public-key.asc");
    }

    @AfterEach
    void deleteKeys() throws Exception {
        if (home != null) {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all")
                    .start()
                    .waitFor();
            Folder.delete(home);
        }
    }

    /** Makes a key and a signature in the year 2020. */
    private void sign(String expiry) throws Exception {
        String then = "20200101T000000";
        Programs.gpg(home, "--faked-system-time", then, "--quick-gen-key", "a@example.com", "ed25519", "sign", expiry);
        Programs.gpg(home, "--faked-system-time", then, "--armor", "--detach-sign", file.toString());
    }

    private boolean verifies() throws Exception {
        Programs.gpg(home, "--armor", "--output", publicKey.toString(), "--export", "a@example.com");
        try (Gpg gpg = Gpg.withKey(publicKey)) {
            assertEquals(40, gpg.fingerprint().length());
            return gpg.verifies(Path.of(file + ".asc"), file);
        }
    }

    @Test
    void verifies_goodSignature_isTrue() throws Exception {
        sign("never");
        assertTrue(verifies());
    }

    @Test
    void verifies_changedFile_isFalse() throws Exception {
        sign("never");
        Files.writeString(file, "other text");
        assertFalse(verifies());
    }

    @Test
    void verifies_expiredKey_isFalse() throws Exception {
        sign("1d");
        assertFalse(verifies());
    }

    @Test
    void verifies_revokedKey_isFalse() throws Exception {
        sign("never");
        Path prepared;
        try (Stream<Path> certificates = Files.list(home.resolve("openpgp-revocs.d"))) {
            prepared = certificates.findFirst().orElseThrow();
        }
        // gpg writes a colon before the armor, so that nobody uses the certificate by mistake
        Path revocation = Files.writeString(
                home.resolve("revocation"), Files.readString(prepared).replace(":-----BEGIN", "-----BEGIN"));
        Programs.gpg(home, "--import", revocation.toString());
        assertFalse(verifies());
    }

    @Test
    void withKey_twoKeys_hasNoFingerprint() throws Exception {
        sign("never");
        Programs.gpg(home, "--quick-gen-key", "b@example.com", "ed25519", "sign", "never");
        Programs.gpg(home, "--armor", "--output", publicKey.toString(), "--export");
        try (Gpg gpg = Gpg.withKey(publicKey)) {
            assertEquals("", gpg.fingerprint());
            assertFalse(gpg.verifies(Path.of(file + ".asc"), file));
        }
    }

    @Test
    void withKey_noKey_hasNoFingerprint() throws Exception {
        try (Gpg gpg = Gpg.withKey(file)) {
            assertEquals("", gpg.fingerprint());
            assertFalse(gpg.verifies(file, file));
        }
    }
}
