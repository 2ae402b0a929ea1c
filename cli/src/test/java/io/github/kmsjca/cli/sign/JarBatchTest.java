package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void run_skipsSignedButTargetIsNoJar_replacesTheTarget() throws Exception {
        Path jar = unsignedJar();
        Path signed = Files.createDirectory(folder.resolve("signed"));
        Path target = Files.writeString(signed.resolve("app.jar"), "no zip");
        TestCertificates.Party signer = TestCertificates.Party.ec("signer");
        X509Certificate certificate = TestCertificates.issue(signer, signer);
        SigningSetup setup = new SigningSetup(
                signer.keys().getPrivate(),
                List.of(certificate),
                Security.getProvider("SunEC"),
                "SHA256withECDSA",
                "SHA-256",
                "SIGNER",
                List.of());
        assertEquals(
                List.of(new JarResult(jar, JarResult.Outcome.SIGNED, null)),
                new JarBatch(setup, signed, 1, true, true).run(List.of(jar), result -> {}));
        assertTrue(SignedJarCheck.isSignedBy(target, certificate));
    }
}
