package io.github.kmsjca.release;

import static io.github.kmsjca.release.TinyRelease.VERSION;
import static io.github.kmsjca.release.TinyRelease.central;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs a release of tiny files with a key in the emulator, and checks copies of it, most of them damaged. */
@Tag("same-on-every-jdk")
class CheckBundleTest {
    private static final String PROVIDER = "kms-jca-provider";
    private static final String CLI = "kms-jca-cli";
    private static final String EMULATOR = "kms-jca-emulator";

    @TempDir
    static Path signed;

    private static KmsEmulator emulator;
    private static KmsProvider provider;
    private static SignFiles signer;
    private static String fingerprint;

    @TempDir
    Path folder;

    private TinyRelease release;

    @BeforeAll
    static void signOnce() throws Exception {
        Programs.requireGpg();
        emulator = KmsEmulator.start();
        emulator.createKey("RSA_2048", "SIGN_VERIFY", "alias/openpgp");
        provider = KmsProvider.builder()
                .setting("endpoint", emulator.endpoint().toString())
                .setting("region", emulator.region())
                .build();
        signer = new SignFiles(
                provider, SignFiles.key(provider, "alias/openpgp"), Instant.parse("2026-11-27T00:00:00Z"));
        new TinyRelease(signed, signer).write();
        try (Gpg gpg = Gpg.withKey(signed.resolve("public-key.asc"))) {
            fingerprint = gpg.fingerprint();
        }
    }

    @AfterAll
    static void close() {
        if (emulator != null) {
            provider.close();
            emulator.close();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> all = Files.walk(signed)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(signed.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
        release = new TinyRelease(folder, signer);
    }

    private List<String> errors(String expectedFingerprint) throws Exception {
        return CheckBundle.check(folder, VERSION, expectedFingerprint, TinyRelease.RECORDED);
    }

    /** Replaces a file for Maven Central, with new signatures and sums. */
    private void replace(String artifact, String suffix, byte[] content) throws Exception {
        release.file(central(artifact, suffix), content);
        release.sign(central(artifact, suffix));
    }

    /** Returns the name of a file in the bundle. */
    private static String inBundle(String artifact, String suffix) {
        return central(artifact, suffix).substring("maven/".length());
    }

    @Test
    void check_goodRelease_findsNothing() throws Exception {
        assertEquals(List.of(), errors(fingerprint));
    }

    @Test
    void check_otherVersion_isFound() throws Exception {
        List<String> errors = CheckBundle.check(folder, "1.3", fingerprint, TinyRelease.RECORDED);
        assertTrue(errors.contains("no io/github/kmsjca/kms-jca-bom/1.3/kms-jca-bom-1.3.pom"), errors::toString);
    }

    @Test
    void check_publicKeyThatGpgCannotRead_isFound() throws Exception {
        Files.writeString(folder.resolve("public-key.asc"), "no key");
        // with another version, whose files are not here, the check does not run gpg for each file
        List<String> errors = CheckBundle.check(folder, "1.3", fingerprint, TinyRelease.RECORDED);
        assertTrue(
                errors.contains("public-key.asc is missing, or does not contain exactly one key that gpg can read"),
                errors::toString);
    }

    /** Makes all changes in one test, because each check runs gpg for all files. */
    @Test
    void check_otherKeyAndChangedMissingAndUnexpectedFiles_areFound() throws Exception {
        Files.write(folder.resolve(central(CLI, "-cyclonedx.json")), new byte[] {'\n'}, StandardOpenOption.APPEND);
        Files.move(folder.resolve(central(PROVIDER, "-sources.jar")), folder.resolve(central(PROVIDER, "-tests.jar")));
        release.file("maven/io/github/kmsjca/kms-jca-cli/1.1/kms-jca-cli-1.1.jar", new byte[1]);
        release.pack();
        List<String> errors = errors("0".repeat(40));
        for (String error : List.of(
                "public-key.asc contains " + fingerprint + ", not " + "0".repeat(40),
                inBundle(CLI, "-cyclonedx.json") + ": the signature is missing or wrong",
                inBundle(CLI, "-cyclonedx.json") + ".sha256 is missing or wrong",
                "no " + inBundle(PROVIDER, "-sources.jar"),
                "unexpected file " + inBundle(PROVIDER, "-tests.jar"),
                "unexpected file io/github/kmsjca/kms-jca-cli/1.1/kms-jca-cli-1.1.jar")) {
            assertTrue(errors.contains(error), () -> error + " is not in " + errors);
        }
    }

    @Test
    void check_wrongContentOfJarsAndPoms_isFound() throws Exception {
        Map<String, String> unlicensed = TinyRelease.binary();
        unlicensed.remove("META-INF/LICENSE");
        replace(PROVIDER, ".jar", TinyRelease.jar(unlicensed));
        replace(
                PROVIDER,
                "-javadoc.jar",
                TinyRelease.jar(Map.of("script-dir/jquery.min.js", "code", "META-INF/NOTICE", "notice")));
        Map<String, String> stray = TinyRelease.binary();
        stray.put("stray.txt", "");
        stray.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 1.1\n");
        replace(CLI, ".jar", TinyRelease.jar(stray));
        Map<String, String> otherLibrary = TinyRelease.binary();
        otherLibrary.computeIfPresent("META-INF/sbom/a.cdx.json", (name, list) -> list.replace("00ff", "ff00"));
        replace(EMULATOR, ".jar", TinyRelease.jar(otherLibrary));
        Path sources = folder.resolve(central(PROVIDER, "-sources.jar"));
        try (FileSystem zip = FileSystems.newFileSystem(sources)) {
            Files.setAttribute(
                    zip.getPath("META-INF/LICENSE"), "zip:permissions", PosixFilePermissions.fromString("rw-------"));
        }
        replace(PROVIDER, "-sources.jar", Files.readAllBytes(sources));
        String pom = Files.readString(folder.resolve(central("kms-jca", ".pom")))
                .replace("<name>n</name><organization>o</organization>", "SNAPSHOT");
        replace("kms-jca", ".pom", pom.getBytes(StandardCharsets.UTF_8));
        release.pack();

        List<String> errors = errors(fingerprint);
        for (String error : List.of(
                inBundle(PROVIDER, ".jar") + ": no META-INF/LICENSE",
                inBundle(PROVIDER, "-javadoc.jar") + ": no META-INF/LICENSE",
                inBundle(PROVIDER, "-javadoc.jar") + ": no license of jQuery",
                inBundle(CLI, ".jar") + ": files outside of folders: [stray.txt]",
                inBundle(CLI, ".jar") + ": Implementation-Version is 1.1",
                inBundle(CLI, ".jar") + ": no module name",
                inBundle(EMULATOR, ".jar")
                        + ": the list of components beside the jar is missing or differs from the one in it",
                inBundle(EMULATOR, ".jar") + ": org.a:a:3 does not have the sum in release/dependencies.txt",
                inBundle(PROVIDER, "-sources.jar") + ": files with a mode: [META-INF/LICENSE]",
                inBundle("kms-jca", ".pom") + ": no developers/developer/name",
                inBundle("kms-jca", ".pom") + ": names a snapshot",
                "kms-jca-provider-1.2.jar differs from the file in the bundle for Maven Central,"
                        + " or one of them is missing")) {
            assertTrue(errors.contains(error), () -> error + " is not in " + errors);
        }
    }

    @Test
    void check_changedAndUnexpectedDownloads_areFound() throws Exception {
        release.file("files/kms-jca-1.2.zip", new byte[] {3});
        release.file("files/other.jar", new byte[] {3});
        assertEquals(
                List.of(
                        "SHA256SUMS is missing or wrong",
                        "kms-jca-1.2.zip: the signature is missing or wrong",
                        "unexpected file other.jar"),
                errors(fingerprint));
    }
}
