package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JarBatchTest {
    @TempDir
    Path folder = Path.of("");

    private Path unsignedJar() throws IOException {
        Path jar = folder.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("greeting.txt"));
            out.write("hello\n".getBytes(StandardCharsets.US_ASCII));
        }
        return jar;
    }

    private static SigningSetup setup() throws Exception {
        TestCertificates.Party signer = TestCertificates.Party.ec("signer");
        return new SigningSetup(
                signer.keys().getPrivate(),
                List.of(TestCertificates.issue(signer, signer)),
                Security.getProvider("SunEC"),
                "SHA256withECDSA",
                "SHA-256",
                "SIGNER",
                List.of());
    }

    @Test
    void run_skipsSignedButTargetIsNoJar_replacesTheTarget() throws Exception {
        Path jar = unsignedJar();
        Path signed = Files.createDirectory(folder.resolve("signed"));
        Path target = Files.writeString(signed.resolve("app.jar"), "no zip");
        SigningSetup setup = setup();
        assertEquals(
                List.of(new JarResult(jar, JarResult.Outcome.SIGNED, null)),
                new JarBatch(setup, signed, 1, true, true).run(List.of(jar), result -> {}));
        assertTrue(SignedJarCheck.isSignedBy(target, setup.certificate()));
    }

    @Test
    void run_folderIsAFile_isRefused() throws Exception {
        Path jar = unsignedJar();
        JarBatch batch = new JarBatch(setup(), jar, 1, false, false);
        IOException refusal = assertThrows(IOException.class, () -> batch.run(List.of(jar), result -> {}));
        assertEquals(jar + " is a file, not a folder; name another folder (--out)", refusal.getMessage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void run_linkInTheFolder_isRefusedAndItsTargetKept() throws Exception {
        Path jar = unsignedJar();
        Path other = Files.writeString(folder.resolve("other"), "other");
        Path signed = Files.createDirectory(folder.resolve("signed"));
        Path link = Files.createSymbolicLink(signed.resolve("app.jar"), other);
        JarResult result = new JarBatch(setup(), signed, 1, false, false)
                .run(List.of(jar), each -> {})
                .get(0);
        assertEquals(JarResult.Outcome.FAILED, result.outcome());
        Throwable failure = Objects.requireNonNull(result.failure());
        assertEquals(link + " is a link; remove it, or sign into another folder (--out)", failure.getMessage());
        assertEquals("other", Files.readString(other));
    }

    /** JAR File Specification, "Signed JAR File". */
    @ParameterizedTest
    @CsvSource({"SIG-app, true", "sig-app.x9, true", "SIG-app.properties, false", "SIG-app.x-y, false"})
    void isSignedBy_fileAddedToMetaInf_onlySignatureFilesNeedNoSignature(String name, boolean expected)
            throws Exception {
        Path jar = unsignedJar();
        SigningSetup setup = setup();
        new JarBatch(setup, null, 1, true, false).run(List.of(jar), result -> {});
        assertTrue(SignedJarCheck.isSignedBy(jar, setup.certificate()));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.writeString(files.getPath("META-INF", name), "added");
        }
        assertEquals(expected, SignedJarCheck.isSignedBy(jar, setup.certificate()));
    }

    @Test
    void require_unsignedFile_isNamed() throws Exception {
        Path jar = unsignedJar();
        SigningSetup setup = setup();
        IOException refusal = assertThrows(IOException.class, () -> SignedJarCheck.require(jar, setup));
        assertEquals(
                "the signed jar was not saved, because Java accepts no signature by this key for its file greeting.txt;"
                        + " if the jar has older signatures, remove them and sign again",
                refusal.getMessage());
    }

    @Test
    void find_impossibleFileName_saysWhatToDo() {
        IOException refusal = assertThrows(IOException.class, () -> JarFiles.find(List.of("a\0.jar")));
        String text = String.valueOf(refusal.getMessage());
        assertTrue(text.endsWith("set LC_ALL to a UTF-8 locale, such as C.UTF-8"), text);
    }
}
