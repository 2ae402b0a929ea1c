package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.pem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.internal.config.CertificatePath;
import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    private static final X509Certificate CERTIFICATE = TestCertificates.selfSigned("root");

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();

    @Test
    void read_fileNameWithLineEnd_logsOneLine() throws IOException {
        Path file = folder.resolve("a\nforged entry.pem");
        String parameters = "-----BEGIN PARAMETERS-----\nMAA=\n-----END PARAMETERS-----\n";
        Files.writeString(file, parameters + pem(CERTIFICATE));
        new CertificateFiles(folder, new LoggedTexts(log)).read(Map.of());
        assertEquals(
                List.of(folder + "/a\uFFFDforged entry.pem, line 1: skipped 'PARAMETERS', which is not a certificate"),
                log);
    }

    @Test
    void read_damagedPkcs12InAFolder_isSkipped() throws IOException {
        Files.writeString(folder.resolve("a.pem"), pem(CERTIFICATE));
        // PKCS #12 without content
        byte[] empty = {0x30, 0x10, 2, 1, 3, 0x30, 11, 6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xF7, 13, 1, 7, 1
        };
        Files.write(folder.resolve("b.p12"), empty);
        Map<Path, List<X509Certificate>> read = new CertificateFiles(folder, new LoggedTexts(log)).read(Map.of());
        assertEquals(List.of(CERTIFICATE), read.get(folder.resolve("a.pem")));
        assertEquals(
                List.of("setting certificates: skipped: " + folder.resolve("b.p12")
                        + " is damaged PKCS #12 (a part is missing); write the certificates as PEM"),
                log);
    }

    @Test
    void readAll_tooManyCertificates_areRefusedIfAKeystoreFileNamesTheFolder() throws IOException {
        int perFile = 1_000;
        Files.writeString(folder.resolve("a.pem"), pem(CERTIFICATE).repeat(perFile));
        Files.writeString(folder.resolve("b.pem"), pem(CERTIFICATE).repeat(perFile));
        CertificateFiles files = new CertificateFiles(new CertificatePath(folder, folder));
        assertEquals(2, files.readAll().size());
        Files.writeString(folder.resolve("c.pem"), pem(CERTIFICATE));
        assertEquals(
                folder + " has 2001 certificates; the maximum for files that a keystore file names is 2000, so remove"
                        + " those that no chain needs",
                assertThrows(IOException.class, files::readAll).getMessage());
        // the operator named this folder, so it has no such limit
        assertEquals(3, new CertificateFiles(folder).readAll().size());
    }

    @Test
    void readAll_fileWithoutCertificateInAFolder_warningDoesNotNameTheSetting() throws IOException {
        Files.writeString(folder.resolve("a.pem"), pem(CERTIFICATE));
        Files.writeString(folder.resolve("b.pem"), "no certificate");
        new CertificateFiles(folder, new LoggedTexts(log)).readAll();
        assertEquals(List.of("skipped: " + folder.resolve("b.pem") + " holds no certificate"), log);
    }

    @Test
    void readAll_brokenLinkInAFolder_isSkipped() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("missing.pem"));
        new CertificateFiles(folder, new LoggedTexts(log)).readAll();
        assertEquals(
                List.of("skipped: " + link + " is neither a regular file nor a link to one; remove it from the folder,"
                        + " or correct the link"),
                log);
    }

    @Test
    void readAll_pathOfADevice_isRefused() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "NOT TESTED: there is no /dev/null");
        assertEquals(
                "/dev/null is neither a regular file nor a folder; name a file with certificates, or a folder of such"
                        + " files",
                assertThrows(IOException.class, () -> new CertificateFiles(device).readAll())
                        .getMessage());
    }

    @Test
    void readAll_linkInAFolderLeavesTheFolderOfTheKeystoreFile_isNotFollowed() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createDirectory(folder.resolve("outside"));
        Path link = Files.createSymbolicLink(inside.resolve("a"), Path.of("../outside"));
        CertificateFiles files = new CertificateFiles(new CertificatePath(inside, inside));
        // if the link were followed, the result would not contain it, because its target is a folder
        assertEquals(Map.of(link, List.of()), files.readAll());
    }

    @Test
    void state_linkInAFolderLeavesTheFolderOfTheKeystoreFile_doesNotDependOnTheTarget() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path outside = Files.writeString(folder.resolve("outside.pem"), "");
        Files.createSymbolicLink(inside.resolve("a"), Path.of("../outside.pem"));
        CertificateFiles files = new CertificateFiles(new CertificatePath(inside, inside));
        List<String> before = files.state();
        Files.writeString(outside, "changed");
        assertEquals(before, files.state());
    }

    @Test
    void read_linkThatLeavesTheFolderOfTheKeystoreFile_errorSaysWhichLinksAreAllowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("../other.pem"));
        CertificateFiles files = new CertificateFiles(new CertificatePath(link, folder));
        assertEquals(
                "setting certificates: the symbolic links of " + link + " must have relative targets inside the folder"
                        + " of the keystore file, and no loop; to use other links, give the setting certificates as a"
                        + " provider argument, system property or environment variable",
                assertThrows(SettingsException.class, () -> files.read(Map.of()))
                        .getMessage());
    }
}
