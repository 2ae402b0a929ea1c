package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.control.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code kms-jca sign}. The JDK's jarsigner and Bouncy Castle verify the signed jars. */
class SignJarsTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY, SigningKey.RSA_2048);

    @AutoClose
    private static final TimestampAuthority AUTHORITY = TimestampAuthority.start(BENCH.ca());

    @TempDir
    private Path folder;

    private Workplace place;

    @BeforeEach
    void prepare() {
        BENCH.keystore(KEY).writeTo(folder.resolve("release.awskms"));
        BENCH.ca().writeTrustStore(folder.resolve("trust.p12"));
        place = BENCH.workplace(folder);
    }

    /** Returns the arguments of Java for {@code kms-jca sign} with further arguments. */
    private List<String> command(String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("-jar", Workplace.allJar().toString(), "sign", "--keystore", "release.awskms"));
        words.addAll(List.of("--alias", Workbench.ENTRY));
        words.addAll(List.of(arguments));
        return place.javaArguments(words);
    }

    private ToolResult sign(String... arguments) {
        return Tool.JAVA.run(folder, place.variables(), command(arguments));
    }

    /** Writes unsigned jars into the folder {@code jars}. */
    private List<Path> jars(int number) throws IOException {
        Files.createDirectories(folder.resolve("jars"));
        return IntStream.range(0, number)
                .mapToObj(i -> SignedJar.writeUnsigned(folder.resolve("jars/app-" + i + ".jar")))
                .toList();
    }

    private void assertSigned(Path jar) {
        assertTrue(SignedJar.read(jar).isSignedBy(BENCH.publicKey(KEY)), jar::toString);
    }

    /** Verifies a jar with the JDK's jarsigner, strictly. This starts a JVM, so only some tests do it. */
    private void assertVerifies(Path jar) {
        String verified = place.withOptions(List.of())
                .jarsigner("-verify -strict -keystore trust.p12 -storepass changeit '" + jar + "'")
                .requireSuccess()
                .output();
        assertTrue(verified.contains("jar verified."), verified);
    }

    private static Map<Path, byte[]> contents(List<Path> files) throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        for (Path file : files) {
            contents.put(file, Files.readAllBytes(file));
        }
        return contents;
    }

    @Test
    void folder_severalJars_signsEachWithOneCallAndOneTimestamp() throws IOException {
        List<Path> jars = jars(5);
        int before = AUTHORITY.requests();
        ToolResult result =
                sign("jars", "--tsa", AUTHORITY.url().toString(), "--verify").requireSuccess();
        assertEquals(5, AUTHORITY.requests() - before);
        assertTrue(result.output().endsWith("5 signed, 0 skipped, 0 failed\n"), result::output);
        assertEquals(Collections.nCopies(5, "Sign"), BENCH.requests());
        jars.forEach(this::assertSigned);
        SuiteExtent.everyNth(jars, jars.size()).forEach(this::assertVerifies);
        jars.forEach(SignJarsTest::assertTimestamped);
    }

    private static void assertTimestamped(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            JarEntry entry = jar.getJarEntry("greeting.txt");
            try (InputStream content = jar.getInputStream(entry)) {
                content.readAllBytes();
            }
            assertNotNull(entry.getCodeSigners()[0].getTimestamp(), path::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void skipSigned_globOfJars_signsOnlyUnsignedOnes() throws IOException {
        List<Path> jars = jars(3);
        sign("jars/app-1.jar").requireSuccess();
        byte[] signed = Files.readAllBytes(jars.get(1));
        ToolResult result = sign("jars/*-{0,1}.jar", "--skip-signed").requireSuccess();
        assertTrue(result.output().endsWith("1 signed, 1 skipped, 0 failed\n"), result::output);
        assertArrayEquals(signed, Files.readAllBytes(jars.get(1)));
        assertSigned(jars.get(0));
        assertEquals(List.of("Sign", "Sign"), BENCH.requests());
    }

    @Test
    void jarsOfAllKinds_damagedOne_isReportedAndTheOthersAreSigned() throws IOException {
        List<Path> jars = new ArrayList<>(jars(1));
        Path damaged = Files.writeString(folder.resolve("jars/damaged.jar"), "no zip");
        Path unicode = SignedJar.writeUnsigned(folder.resolve("jars/Übung \u6f22.jar"));
        Path locked = SignedJar.writeUnsigned(folder.resolve("jars/read-only.war"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r--r-----"));
        Path real = SignedJar.writeUnsigned(folder.resolve("linked"));
        Files.createSymbolicLink(folder.resolve("jars/link.jar"), real);
        Path released = multiRelease(folder.resolve("jars/sub/releases.jar"));
        place = place.with("LC_ALL", "C.UTF-8");

        ToolResult result = sign("jars", "--jobs", "3");

        assertEquals(1, result.exitCode(), result::output);
        assertTrue(result.output().endsWith("5 signed, 0 skipped, 1 failed\n"), result::output);
        assertTrue(result.output().contains("kms-jca: jars/damaged.jar: "), result::output);
        assertFalse(result.output().contains("\tat "), result::output);
        assertEquals("no zip", Files.readString(damaged));
        jars.addAll(List.of(unicode, locked, real, released));
        jars.forEach(this::assertSigned);
        jars.forEach(this::assertVerifies);
        assertEquals("r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(locked)));
        assertTrue(Files.isSymbolicLink(folder.resolve("jars/link.jar")));
        assertNoTemporaryFile();
    }

    private static Path multiRelease(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : List.of("a.txt", "META-INF/versions/17/a.txt")) {
                out.putNextEntry(new JarEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** Checks that no temporary file is left. */
    private void assertNoTemporaryFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith(".kms-jca-"))
                            .toList());
        }
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void out_folder_keepsTheOriginals() throws IOException {
        List<Path> jars = jars(2);
        Map<Path, byte[]> before = contents(jars);
        sign("jars", "--out", "signed").requireSuccess();
        for (Path jar : jars) {
            assertArrayEquals(before.get(jar), Files.readAllBytes(jar));
            assertSigned(folder.resolve("signed").resolve(jar.getFileName()));
        }
    }

    @Test
    void json_oneSignedAndOneDamagedJar_containsBothResults() throws IOException {
        jars(1);
        Files.writeString(folder.resolve("jars/damaged.jar"), "no zip");
        String output = sign("jars", "--json").output();
        assertTrue(output.contains("\"jar\" : \"jars/app-0.jar\",\n    \"result\" : \"signed\""), output);
        assertTrue(output.contains("\"result\" : \"failed\",\n    \"error\" : \""), output);
    }

    static Stream<Arguments> algorithms() {
        return SuiteExtent.firstOf(
                Arguments.of(SigningKey.RSA_2048, "RSASSA-PSS", "RSASSA_PSS_SHA_", "SHA-384"),
                Arguments.of(SigningKey.RSA_2048, "SHA512withRSA", "RSASSA_PKCS1_V1_5_SHA_512", "SHA-512"),
                Arguments.of(SigningKey.ECC_NIST_P256, "SHA256withECDSA", "ECDSA_SHA_256", "SHA-256"));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void signatureAlgorithmAndDigest_named_areUsed(
            SigningKey key, String algorithm, String startOfKmsAlgorithm, String digest) throws IOException {
        BENCH.keystore(key).writeTo(folder.resolve("release.awskms"));
        Path jar = jars(1).get(0);
        sign("jars", "--signature-algorithm", algorithm, "--digest", digest, "--sigfile", "my-name")
                .requireSuccess();
        String request = BENCH.emulator().requests().of("Sign").get(0).parameters();
        assertTrue(request.contains("\"SigningAlgorithm\":\"" + startOfKmsAlgorithm), request);
        SignedJar signed = SignedJar.read(jar);
        assertTrue(signed.isSignedBy(BENCH.publicKey(key)));
        assertVerifies(jar);
        assertEquals(Set.of(digest), signed.digestAlgorithms());
    }

    @Test
    void timestamp_authorityFailsTwice_isAskedAgainWithoutAnotherSignature() throws IOException {
        Path jar = jars(1).get(0);
        AUTHORITY.failNext(2);
        int before = AUTHORITY.requests();
        sign("jars", "--tsa", AUTHORITY.url().toString()).requireSuccess();
        assertEquals(3, AUTHORITY.requests() - before);
        assertSigned(jar);
        assertTimestamped(jar);
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    @Test
    void timestamp_firstAuthorityIsUnreachable_nextOneIsAsked() throws IOException {
        Path jar = jars(1).get(0);
        sign("jars", "--tsa", "http://127.0.0.1:1/", "--tsa", AUTHORITY.url().toString())
                .requireSuccess();
        assertSigned(jar);
        assertTimestamped(jar);
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    @Test
    void timestamp_authorityKeepsFailing_jarIsUnchangedAndTheStatusIsReported() throws IOException {
        Path jar = jars(1).get(0);
        Map<Path, byte[]> before = contents(List.of(jar));
        AUTHORITY.failNext(3);
        ToolResult result = sign("jars", "--tsa", AUTHORITY.url().toString());
        assertEquals(1, result.exitCode());
        String text = "kms-jca: jars/app-0.jar: there is no timestamp: " + AUTHORITY.url()
                + " failed: HTTP status 503; check --tsa, then repeat the command with --skip-signed\n";
        assertTrue(result.output().contains(text), result::output);
        assertFalse(isChanged(jar, before));
    }

    @Test
    void skipSigned_withOut_copiesSignedJarsAndSignsTheOthers() throws IOException {
        List<Path> jars = jars(2);
        sign("jars/app-0.jar").requireSuccess();
        sign("jars", "--out", "signed", "--skip-signed").requireSuccess();
        // a jar that is already signed is copied
        assertArrayEquals(Files.readAllBytes(jars.get(0)), Files.readAllBytes(folder.resolve("signed/app-0.jar")));
        assertSigned(folder.resolve("signed/app-1.jar"));
        ToolResult again = sign("jars", "--out", "signed", "--skip-signed").requireSuccess();
        assertTrue(again.output().endsWith("0 signed, 2 skipped, 0 failed\n"), again::output);
        assertEquals(List.of("Sign", "Sign"), BENCH.requests());
    }

    @Test
    void skipSigned_jarWithOnlyAManifest_isSigned() throws IOException {
        Path jar = folder.resolve("empty.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        ToolResult result = sign("empty.jar", "--skip-signed", "--verify").requireSuccess();
        assertTrue(result.output().endsWith("1 signed, 0 skipped, 0 failed\n"), result::output);
        assertTrue(SignedJar.read(jar).isSignedBy(BENCH.publicKey(KEY)));
    }

    @Test
    void kmsDenies_afterOneJar_otherJarsFailAndAreUnchanged() throws IOException {
        List<Path> jars = jars(3);
        Map<Path, byte[]> before = contents(jars);
        answerNormally(1);
        BENCH.emulator().faults().add(Fault.on("Sign").always().accessDenied());
        ToolResult result = sign("jars", "--jobs", "1");
        assertEquals(1, result.exitCode());
        assertTrue(result.output().endsWith("1 signed, 0 skipped, 2 failed\n"), result::output);
        assertTrue(result.output().contains("kms-jca: jars/app-1.jar: KMS Sign for key "), result::output);
        assertSigned(jars.get(0));
        for (Path jar : jars.subList(1, 3)) {
            assertArrayEquals(before.get(jar), Files.readAllBytes(jar));
        }
        assertNoTemporaryFile();
    }

    /** Lets the next {@code Sign} requests succeed. Faults that are added later apply only after these requests. */
    private static void answerNormally(int number) {
        BENCH.emulator().faults().add(Fault.on("Sign").times(number).rewrite(body -> body));
    }

    @Test
    void kmsThrottles_fourTimes_allJarsAreSigned() throws IOException {
        List<Path> jars = jars(3);
        BENCH.emulator().faults().add(Fault.on("Sign").times(4).throttled());
        // with attempts=1, the provider does not repeat requests, so the command must do so
        sign("jars", "--jobs", "3", "--settings", "attempts=1").requireSuccess();
        assertEquals(7, BENCH.requests().size());
        jars.forEach(this::assertSigned);
    }

    @Test
    void kill_afterTheFirstJar_leavesEachJarUnchangedOrSigned() throws IOException, InterruptedException {
        List<Path> jars = jars(12);
        Map<Path, byte[]> before = contents(jars);
        answerNormally(3);
        BENCH.emulator().faults().add(Fault.on("Sign").always().silence());
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(command("jars", "--jobs", "2"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(place.variables());
        Process process = builder.start();
        try (var lines = process.inputReader()) {
            // the warnings about the certificate come before the first jar
            String line = lines.readLine();
            while (line != null && !line.startsWith("signed")) {
                line = lines.readLine();
            }
            assertNotNull(line, "the command ended before it signed a jar");
            process.destroyForcibly().waitFor();
        }
        List<Path> changed = jars.stream().filter(jar -> isChanged(jar, before)).toList();
        assertFalse(changed.isEmpty());
        assertTrue(changed.size() < jars.size());
        changed.forEach(this::assertSigned);
        Map<Path, byte[]> signed = contents(changed);
        BENCH.emulator().faults().clear();
        ToolResult again = sign("jars", "--skip-signed").requireSuccess();
        assertTrue(again.output().endsWith(" signed, " + changed.size() + " skipped, 0 failed\n"), again::output);
        changed.forEach(jar -> assertFalse(isChanged(jar, signed)));
        jars.forEach(this::assertSigned);
    }

    private static boolean isChanged(Path jar, Map<Path, byte[]> before) {
        try {
            return !Arrays.equals(before.get(jar), Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void output_cannotBeWritten_exitsWithOne() throws IOException, InterruptedException {
        jars(1);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(command("jars", "--json"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(Path.of("/dev/full").toFile());
        builder.environment().putAll(place.variables());
        assertEquals(1, builder.start().waitFor());
    }

    @Test
    void timestamp_authorityIsDown_stopsSigningAfterThreeJars() throws IOException {
        jars(6);
        ToolResult result = sign("jars", "--jobs", "1", "--tsa", "http://127.0.0.1:1/");
        assertEquals(1, result.exitCode());
        assertTrue(result.output().endsWith("0 signed, 0 skipped, 6 failed\n"), result::output);
        // after three jars without a timestamp, the command signs no more jars
        assertEquals(3, BENCH.requests().size());
    }
}
