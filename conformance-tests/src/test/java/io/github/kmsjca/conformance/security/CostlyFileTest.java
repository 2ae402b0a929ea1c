package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.tool.ClassArchive;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that no keystore file, certificate or answer keeps a tool busy for long, or ends it with a stack trace. */
class CostlyFileTest {
    private static final int CERTIFICATE_COUNT = 80;
    private static final ExpensiveEncodings.RsaSize LARGE_EXPONENTS = new ExpensiveEncodings.RsaSize(3072, 3071);

    /** Keys with the largest exponents that the provider allows. */
    private static final ExpensiveEncodings.RsaSize ALLOWED_EXPONENTS = new ExpensiveEncodings.RsaSize(3072, 64);

    private static final int DEPTH = 100_000;
    private static final String TOO_DEEP = "its values are nested more than 64 levels deep";

    @AutoClose
    private static final HostileKms KMS = HostileKms.start();

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeEach
    void prepare() {
        place = Workplace.of(folder, KMS.endpoint()).withVmOptions(ClassArchive.options());
        KMS.forget();
        KMS.key(RsaAuthority.rsaKeys().getPublic(), "RSA_2048")
                .answer("ListAliases", request -> "{\"Aliases\":[]}")
                .answer("ListResourceTags", request -> "{\"Tags\":[]}");
    }

    /** Runs the command list with a keystore file that contains a text. */
    private ToolResult list(String text, String... options) {
        KeystoreText.empty().with(text).writeTo(place.path("pr.awskms"));
        return run(Stream.concat(Stream.of("--keystore", "pr.awskms"), Stream.of(options))
                .toArray(String[]::new));
    }

    /** Runs the command list. */
    private ToolResult run(String... options) {
        return Commands.requireNoStackTrace(Commands.run(
                place, Stream.concat(Stream.of("list"), Stream.of(options)).toArray(String[]::new)));
    }

    private static String entry(String alias, List<byte[]> certificates) {
        return "\nalias: " + alias + "\nkey: " + HostileKms.ARN + "\n"
                + certificates.stream().map(ExpensiveEncodings::pem).collect(Collectors.joining());
    }

    /** Returns four entries, each with a quarter of the certificates. */
    private static String fourEntries(List<byte[]> certificates) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < certificates.size(); i += CERTIFICATE_COUNT / 4) {
            text.append(entry("e" + i, certificates.subList(i, i + CERTIFICATE_COUNT / 4)));
        }
        return text.toString();
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void list_manyCertificatesInOneEntry_isRefused() {
        assertEquals(
                "kms-jca: pr.awskms, line 3: entry 'release' has more than 20 certificates; keep only the certificates of its"
                        + " chain",
                Commands.requireOneError(
                        list(entry("release", ExpensiveEncodings.certificates(CERTIFICATE_COUNT, ALLOWED_EXPONENTS)))));
    }

    @Test
    void list_largeExponents_errorNamesTheLine() {
        assertEquals(
                "kms-jca: pr.awskms, line 5: this certificate is refused: its RSA key has a public exponent of 3071"
                        + " bits, and the maximum is 64; replace or remove it",
                Commands.requireOneError(
                        list(fourEntries(ExpensiveEncodings.certificates(CERTIFICATE_COUNT, LARGE_EXPONENTS)))));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void list_manyCertificatesWithTheSameName_areListedWithAWarning() {
        String output = list(fourEntries(ExpensiveEncodings.certificates(CERTIFICATE_COUNT, ALLOWED_EXPONENTS)))
                .output();
        assertEquals(
                4, output.lines().filter(line -> line.contains("  CN=same  ")).count(), output);
        assertTrue(output.contains("the certificates take too long to verify"), output);
    }

    /** Verifying a signature with one of these keys takes up to 3 ms, so many verifications would take long. */
    @Test
    void load_manyCertificatesWithTheSameName_verifiesFewSignatures() throws GeneralSecurityException, IOException {
        String text = fourEntries(ExpensiveEncodings.certificates(CERTIFICATE_COUNT, ALLOWED_EXPONENTS));
        Path file = place.path("pr.awskms");
        KeystoreText.empty().with(text).writeTo(file);
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, new KmsProvider().configure("region=us-east-1"));
        try (CountingProvider counting = CountingProvider.install()) {
            store.load(KmsLoadStoreParameter.ofFile(file));
            for (String alias : Collections.list(store.aliases())) {
                assertEquals(CERTIFICATE_COUNT / 4, store.getCertificateChain(alias).length);
            }
            assertTrue(counting.verifications() > 0);
            assertTrue(counting.verifications() <= CERTIFICATE_COUNT, () -> counting.verifications() + " signatures");
        }
    }

    @Test
    void list_folderOfManyCertificates_listsTheEntryAndNamesTheRefusedFile()
            throws GeneralSecurityException, IOException {
        Path chains = Files.createDirectory(folder.resolve("chains"));
        List<byte[]> plain = ExpensiveEncodings.certificates(CERTIFICATE_COUNT, ALLOWED_EXPONENTS);
        for (int i = 0; i < CERTIFICATE_COUNT; i++) {
            Files.write(chains.resolve("plain" + i + ".der"), plain.get(i));
        }
        Files.write(
                chains.resolve("large.der"),
                ExpensiveEncodings.certificates(1, LARGE_EXPONENTS).get(0));
        KMS.key(
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(plain.get(0)))
                        .getPublicKey(),
                "RSA_3072");
        ToolResult listed = list("certificates: chains\n" + entry("release", List.of()), "--long");
        assertEquals(0, listed.exitCode(), listed::output);
        assertTrue(listed.output().contains("  CN=same  "), listed::output);
        assertTrue(
                listed.output()
                        .contains("large.der contains a certificate that is refused: its RSA key has a public exponent"
                                + " of 3071 bits"),
                listed::output);
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void list_deepEncoding_errorNamesTheLine() {
        assertEquals(
                "kms-jca: pr.awskms, line 5: this certificate is refused: " + TOO_DEEP + "; replace or remove it",
                Commands.requireOneError(
                        list(entry("release", List.of(ExpensiveEncodings.nestedWithoutLengths(0x30, DEPTH))))));
    }

    /** The JDK parses the octets of an extension again. With indefinite lengths, the time is quadratic in the depth. */
    @Test
    void list_deepEncodingInAnExtension_errorNamesTheLine() {
        byte[] certificate =
                ExpensiveEncodings.certificate("2.5.29.17", ExpensiveEncodings.nestedWithoutLengths(0x30, DEPTH));
        assertEquals(
                "kms-jca: pr.awskms, line 5: this certificate is refused: " + TOO_DEEP + "; replace or remove it",
                Commands.requireOneError(list(entry("release", List.of(certificate)))));
    }

    @Test
    void list_folderOfDeepEncodings_namesTheSkippedFiles() throws IOException {
        Path chains = Files.createDirectory(folder.resolve("chains"));
        byte[] deep = ExpensiveEncodings.nested(0x30, DEPTH);
        byte[] version = {2, 1, 3};
        byte[] signedData = {6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xF7, 13, 1, 7, 2};
        Files.write(chains.resolve("a.der"), deep);
        Files.write(
                chains.resolve("b.p7b"),
                ExpensiveEncodings.sequence(signedData, ExpensiveEncodings.nested(0xA0, DEPTH)));
        Files.write(chains.resolve("c.p12"), ExpensiveEncodings.sequence(version, deep));
        Files.write(
                chains.resolve("d.p12"),
                ExpensiveEncodings.sequence(version, ExpensiveEncodings.nestedWithoutLengths(0x24, DEPTH)));
        Files.writeString(
                chains.resolve("e.pem"), ExpensiveEncodings.pem(ExpensiveEncodings.nestedWithoutLengths(0x30, DEPTH)));
        ToolResult listed = list("certificates: chains\n" + entry("release", List.of()), "--long");
        assertEquals(0, listed.exitCode(), listed::output);
        for (String name : List.of("a.der", "b.p7b", "c.p12", "d.p12", "e.pem")) {
            assertTrue(listed.output().contains(Path.of("chains", name).toString()), listed::output);
        }
        assertEquals(
                5,
                listed.output().lines().filter(line -> line.contains(TOO_DEEP)).count(),
                listed::output);
        // not "write the certificates as PEM": a certificate in PEM has the same limit
        assertTrue(
                listed.output()
                        .lines()
                        .anyMatch(line -> line.contains("a.der") && line.contains("; replace or remove it")),
                listed::output);
    }

    /** Requires that the output has exactly one line for the entry {@code release}. */
    private static void requireOneLine(ToolResult listed) {
        assertEquals(
                1,
                listed.output()
                        .lines()
                        .filter(line -> line.startsWith("release "))
                        .count(),
                listed::output);
    }

    @Test
    void list_deepPublicKey_isRefused() throws IOException {
        KMS.key(ExpensiveEncodings.nested(0x30, DEPTH), "RSA_2048");
        ToolResult listed = list(entry("release", List.of()), "--long");
        requireOneLine(listed);
        assertTrue(listed.output().contains("does not contain a readable public key"), listed::output);
    }

    @Test
    void list_publicKeyWithLargeExponent_isRefused() throws IOException {
        KMS.key(ExpensiveEncodings.key(LARGE_EXPONENTS).getEncoded(), "RSA_3072");
        ToolResult listed = list(entry("release", List.of()), "--long");
        requireOneLine(listed);
        assertTrue(
                listed.output()
                        .contains("does not contain a readable public key (its RSA key has a public exponent of 3071"
                                + " bits, and the maximum is 64)"),
                listed::output);
    }

    @Test
    void list_aliasPageThatNamesItself_isRefused() {
        int before = KMS.requests().size();
        KMS.answer("ListAliases", request -> "{\"Aliases\":[],\"Truncated\":true,\"NextMarker\":\"same\"}");
        assertEquals(
                "kms-jca: KMS ListAliases for the account failed: the answer did not come from KMS; check the endpoint and the"
                        + " proxies on the way to it (the answer's list does not end: a page leads back to itself or to"
                        + " an earlier one)",
                Commands.requireOneError(run()));
        assertEquals(2, KMS.requests().size() - before);
    }

    static Stream<Boolean> markers() {
        return SuiteExtent.firstOf(true, false);
    }

    /** With new markers, each page names a new next page. Otherwise, all pages name the same next page. */
    @ParameterizedTest
    @MethodSource("markers")
    void list_endlessTags_isRefused(boolean newMarkers) {
        KMS.answer(
                "ListResourceTags",
                request -> "{\"Tags\":[],\"Truncated\":true,\"NextMarker\":\""
                        + (newMarkers ? KMS.requests().size() : "same") + "\"}");
        ToolResult listed = list("certificate-tags: read\n" + entry("release", List.of()), "--long");
        requireOneLine(listed);
        assertTrue(
                listed.output()
                        .contains(
                                newMarkers
                                        ? "the answer's list has more than 10 pages"
                                        : "the answer's list does not end: a page leads back to itself or to an earlier one"),
                listed::output);
        assertEquals(
                newMarkers ? 10 : 2,
                KMS.operations().stream().filter("ListResourceTags"::equals).count());
    }

    @Test
    void list_callTimeoutLongerThanTheDefault_isRefused() {
        place = place.without("AWSKMS_CALL_TIMEOUT").without("AWSKMS_ATTEMPT_TIMEOUT");
        String line = list("call-timeout: 60m\n" + entry("release", List.of())).output();
        assertEquals(
                "kms-jca: pr.awskms, line 2: call-timeout=60m is less strict than 15s, the value without this line;"
                        + " a keystore file can only make limits and checks stricter; remove the line, or set it as provider"
                        + " argument, load parameter, system property awskms.call-timeout or environment variable AWSKMS_CALL_TIMEOUT\n",
                line);
    }
}
