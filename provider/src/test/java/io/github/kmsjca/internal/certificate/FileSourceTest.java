package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static io.github.kmsjca.testing.TestCertificates.pem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.pqc.jcajce.provider.BouncyCastlePQCProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    private static final Party ROOT = Party.ec("root");
    private static final Party CA = Party.ec("ca");
    private static final Party LEAF = Party.ec("leaf");
    private static final X509Certificate ROOT_CERTIFICATE = issue(ROOT, ROOT);
    private static final X509Certificate CA_CERTIFICATE = issue(CA, ROOT);
    private static final X509Certificate LEAF_CERTIFICATE = issue(LEAF, CA);
    private static final String NO_CERTIFICATE =
            " holds no certificate; name a file with certificates (PEM, DER, PKCS #7, PKCS #12 or JKS)";

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Instant now = NOW;

    @Test
    void chainFor_pemFileInAnyOrder_startsWithTheLeaf() throws Exception {
        Path file = write(
                "all.pem", "Größe\n" + pem(ROOT_CERTIFICATE) + "text\n" + pem(LEAF_CERTIFICATE) + pem(CA_CERTIFICATE));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE),
                source(file).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        assertEquals(
                List.of(CA_CERTIFICATE, ROOT_CERTIFICATE),
                source(file).chain(CA.keys().getPublic(), Purpose.SIGNATURE));
        assertEquals(List.of(), source(file).chain(Party.ec("other").keys().getPublic(), Purpose.SIGNATURE));
    }

    @Test
    void chainFor_missingIssuer_endsTheChain() {
        assertEquals(
                Optional.of(List.of(LEAF_CERTIFICATE)),
                pool(LEAF_CERTIFICATE, ROOT_CERTIFICATE).chainFor(LEAF.keys().getPublic(), Purpose.SIGNATURE));
    }

    @Test
    void chainFor_severalLeaves_usesTheNewestThatIsValidNow() {
        X509Certificate old = issue(LEAF, CA, NOW.minus(Duration.ofDays(9)), Duration.ofDays(365));
        X509Certificate fresh = issue(LEAF, CA, NOW.minus(Duration.ofDays(2)), Duration.ofDays(30));
        X509Certificate expired = issue(LEAF, CA, NOW.minus(Duration.ofDays(1)), Duration.ofHours(1));
        X509Certificate future = issue(LEAF, CA, NOW.plus(Duration.ofDays(1)), Duration.ofDays(30));
        assertEquals(List.of(fresh), chain(pool(old, fresh, expired, future)));
        assertEquals(List.of(fresh), chain(pool(future, expired, fresh, old)));
        assertEquals(List.of(future), chain(pool(expired, future)));
    }

    @Test
    void chainFor_leavesOfDifferentSubjects_usesTheNewest() {
        X509Certificate renamed =
                issue(new Party("CN=renamed", LEAF.keys()), CA, NOW.minus(Duration.ofHours(1)), Duration.ofDays(30));
        assertEquals(List.of(renamed), chain(pool(LEAF_CERTIFICATE, renamed)));
        assertEquals(List.of(renamed), chain(pool(renamed, LEAF_CERTIFICATE)));
    }

    @Test
    void chainFor_issuersOfTheSameName_usesTheOneThatSigned() {
        X509Certificate impostor = issue(new Party(CA.name(), Party.ec("x").keys()), ROOT);
        assertEquals(List.of(LEAF_CERTIFICATE), chain(pool(LEAF_CERTIFICATE, impostor)));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE), chain(pool(LEAF_CERTIFICATE, impostor, CA_CERTIFICATE)));
    }

    @Test
    void chainFor_casThatCertifyEachOther_endsWithoutLoop() {
        X509Certificate caByRoot = issue(CA, ROOT);
        X509Certificate rootByCa = issue(ROOT, CA);
        assertEquals(List.of(LEAF_CERTIFICATE, caByRoot, rootByCa), chain(pool(LEAF_CERTIFICATE, caByRoot, rootByCa)));
    }

    @Test
    void chainFor_twoRootsWithOneKey_includesOne() {
        X509Certificate renewed = issue(ROOT, ROOT, NOW.minus(Duration.ofHours(1)), Duration.ofDays(9));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, renewed),
                chain(pool(ROOT_CERTIFICATE, renewed, LEAF_CERTIFICATE, CA_CERTIFICATE)));
    }

    @Test
    void chainFor_signatureThatJavaCannotVerify_comparesKeyIds() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Falcon-512", new BouncyCastlePQCProvider())
                .generateKeyPair();
        Party issuer = new Party("CN=quantum", keys);
        X509Certificate root = issue(issuer, issuer, NOW, Duration.ofDays(9), "Falcon-512");
        X509Certificate leaf = issue(LEAF, issuer, NOW, Duration.ofDays(9), "Falcon-512");
        X509Certificate impostor = issue(new Party("CN=quantum", Party.ec("x").keys()), ROOT);
        assertEquals(List.of(leaf, root), chain(pool(impostor, leaf, root)));
    }

    @Test
    void isEmpty_noSource_isTrue() {
        assertTrue(FileSource.none().isEmpty());
        assertEquals(List.of(), FileSource.none().chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
    }

    @Test
    void isEmpty_missingPath_isRefused() {
        Path file = folder.resolve("none.pem");
        assertError(
                "setting certificates: there is no file or folder " + file
                        + "; name a file with certificates, or a folder of such files",
                file);
    }

    @Test
    void isEmpty_pemWithPrivateKey_isRefused() throws Exception {
        String key = pem("PRIVATE KEY", LEAF.keys().getPrivate().getEncoded());
        Path file = write("both.pem", "\n" + key + pem(LEAF_CERTIFICATE));
        assertError(
                "setting certificates: " + file
                        + ", line 2: this block is a private key; remove it, because this file must not hold secrets",
                file);
    }

    @Test
    void isEmpty_fileWithoutCertificate_isRefused() throws Exception {
        Path file = write("empty.pem", "");
        assertError("setting certificates: " + file + NO_CERTIFICATE, file);
    }

    @Test
    void isEmpty_truncatedPem_isRefused() throws Exception {
        Path file = write("cut.pem", pem(LEAF_CERTIFICATE) + "-----BEGIN CERTIFICATE-----\nAAAA\n");
        long line = 1 + pem(LEAF_CERTIFICATE).lines().count();
        assertError("setting certificates: " + file + ", line " + line + ": this PEM block has no END line", file);
    }

    @Test
    void chainFor_pkcs12WithoutPassword_isRead() throws Exception {
        byte[] content = TestCertificates.pkcs12(CA_CERTIFICATE, LEAF_CERTIFICATE);
        Path file = Files.write(folder.resolve("chain.p12"), content);
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE),
                source(file).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
    }

    @Test
    void isEmpty_pkcs12WithPrivateKey_isRefused() throws Exception {
        KeyStore store = newStore();
        store.setKeyEntry("a", LEAF.keys().getPrivate(), "secret".toCharArray(), new Certificate[] {LEAF_CERTIFICATE});
        Path file = write(store, "key.p12", null);
        assertError("setting certificates: " + file + " holds a private key; use a file with certificates only", file);
    }

    @Test
    void isEmpty_pkcs12WithEncryptedCertificates_isRefused() throws Exception {
        KeyStore store = newStore();
        store.setCertificateEntry("leaf", LEAF_CERTIFICATE);
        Path file = write(store, "encrypted.p12", "secret");
        assertError(
                "setting certificates: " + file
                        + " is protected by a password, so its certificates cannot be read; write the certificates as"
                        + " PEM ('openssl pkcs12 -nokeys', or 'keytool -exportcert -rfc')",
                file);
    }

    @Test
    void chainFor_folder_warnsAboutFilesWithoutReadableCertificates() throws Exception {
        write("1-leaf.pem", pem(LEAF_CERTIFICATE));
        write("2-ca.crt", pem(CA_CERTIFICATE));
        write("3-key.pem", pem("PRIVATE KEY", LEAF.keys().getPrivate().getEncoded()));
        write("4-readme.md", "certificates of the team\n");
        Files.write(folder.resolve("5-damaged.p12"), new byte[] {0x30, 1, 2, 3});
        Files.createDirectory(folder.resolve("6-folder"));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE),
                source(folder).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        String skipped = "setting certificates: skipped: " + folder;
        assertEquals(
                List.of(
                        skipped + "/3-key.pem, line 1: this block is a private key; remove it, because this file must"
                                + " not hold secrets",
                        skipped + "/4-readme.md holds no certificate",
                        skipped + "/5-damaged.p12 is damaged, or is not a certificate file in PEM, DER, PKCS #7,"
                                + " PKCS #12, JKS or JCEKS; write the certificates as PEM"),
                warnings);
    }

    /**
     * A protected file must not hide the other files of its folder. {@link FileSourceWithBouncyCastleFirstTest} tests
     * this with Bouncy Castle first in the list of providers.
     */
    @Test
    void chainFor_folderWithProtectedPkcs12_readsTheOtherFiles() throws Exception {
        write("chain.pem", pem(LEAF_CERTIFICATE) + pem(CA_CERTIFICATE) + pem(ROOT_CERTIFICATE));
        KeyStore withKey = newStore();
        withKey.setKeyEntry(
                "a", LEAF.keys().getPrivate(), "secret".toCharArray(), new Certificate[] {LEAF_CERTIFICATE});
        write(withKey, "key.p12", "secret");
        KeyStore withoutKey = newStore();
        withoutKey.setCertificateEntry("ca", CA_CERTIFICATE);
        write(withoutKey, "protected.p12", "secret");
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE),
                source(folder).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        String skipped = "setting certificates: skipped: " + folder;
        assertEquals(
                List.of(
                        skipped + "/key.p12 holds a private key; use a file with certificates only",
                        skipped
                                + "/protected.p12 is protected by a password, so its certificates cannot be read; write the"
                                + " certificates as PEM ('openssl pkcs12 -nokeys', or 'keytool -exportcert -rfc')"),
                warnings);
    }

    /** The user that runs the tests may be allowed to read everything, so the test creates the exception itself. */
    @Test
    void reason_unreadableFile_namesTheRemedy() {
        assertEquals(
                "chains cannot be read by this user; change the permissions of this path, or of the folders above it",
                CertificateFiles.reason(new AccessDeniedException("chains")));
        assertEquals(
                "chains cannot be read (Input/output error); check the file and its folder",
                CertificateFiles.reason(new FileSystemException("chains", null, "Input/output error")));
    }

    @Test
    void isEmpty_emptyFolder_isTrue() throws Exception {
        assertTrue(source(folder).isEmpty());
        write("leaf.pem", pem(LEAF_CERTIFICATE));
        assertFalse(source(folder).isEmpty());
    }

    @Test
    void chainFor_secondTime_readsNoFile() throws Exception {
        Path file = write("leaf.pem", pem(LEAF_CERTIFICATE));
        FileSource source = source(file);
        assertFalse(source.isEmpty());
        Files.delete(file);
        assertFalse(source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE).isEmpty());
    }

    @Test
    void chainFor_pkcs7AndDer_areRead() throws Exception {
        List<X509Certificate> chain = List.of(LEAF_CERTIFICATE, CA_CERTIFICATE);
        byte[] pkcs7 = CertificateFactory.getInstance("X.509", "SUN")
                .generateCertPath(List.of(CA_CERTIFICATE, LEAF_CERTIFICATE))
                .getEncoded("PKCS7");
        Path binary = Files.write(folder.resolve("chain.p7b"), pkcs7);
        assertEquals(chain, source(binary).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        Path text = write(
                "chain.pem",
                "-----BEGIN PKCS7-----\n" + Base64.getMimeEncoder().encodeToString(pkcs7) + "\n-----END PKCS7-----\n");
        assertEquals(chain, source(text).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        Path der = Files.write(folder.resolve("leaf.cer"), LEAF_CERTIFICATE.getEncoded());
        assertEquals(List.of(LEAF_CERTIFICATE), source(der).chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
    }

    @Test
    void isEmpty_binaryWithoutCertificates_isRefused() throws Exception {
        Path cut = Files.write(folder.resolve("cut.cer"), Arrays.copyOf(LEAF_CERTIFICATE.getEncoded(), 100));
        assertError(
                "setting certificates: " + cut
                        + " is damaged, or is not a certificate file in PEM, DER, PKCS #7, PKCS #12, JKS or JCEKS;"
                        + " write the certificates as PEM",
                cut);
        Path other = Files.write(folder.resolve("other.der"), new byte[] {0x30, 0x02, 0x05, 0x00});
        assertError(
                "setting certificates: " + other
                        + " is damaged, or is not a certificate file in PEM, DER, PKCS #7, PKCS #12, JKS or JCEKS;"
                        + " write the certificates as PEM",
                other);
    }

    @Test
    void chainFor_folder_keepsCertificatesOfAFileThatIsDamagedLater() throws Exception {
        write("ca.pem", pem(CA_CERTIFICATE));
        write("leaf.pem", pem(LEAF_CERTIFICATE));
        FileSource source = source(folder);
        List<X509Certificate> chain = List.of(LEAF_CERTIFICATE, CA_CERTIFICATE);
        assertEquals(chain, source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        write("leaf.pem", "half a fi");
        settle(source);
        assertEquals(chain, source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        assertEquals(
                List.of("setting certificates: " + folder.resolve("leaf.pem")
                        + " holds no certificate; the earlier certificates stay in use"),
                warnings);
    }

    @Test
    void chainFor_changedFile_isUsedUnlessItIsDamaged() throws Exception {
        X509Certificate renewed = issue(LEAF, CA, NOW.minus(Duration.ofDays(2)), Duration.ofDays(30));
        X509Certificate old = issue(LEAF, CA, NOW.minus(Duration.ofDays(20)), Duration.ofDays(30));
        Path file = write("leaf.pem", pem(old));
        FileSource source = source(file);
        assertEquals(List.of(old), source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        write("leaf.pem", pem(old) + pem(renewed));
        assertEquals(List.of(old), source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        settle(source);
        assertEquals(List.of(renewed), source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        write("leaf.pem", "half a fi");
        settle(source);
        assertEquals(List.of(renewed), source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
        assertEquals(
                List.of("setting certificates: " + file + NO_CERTIFICATE + "; the earlier certificates stay in use"),
                warnings);
    }

    @Test
    void isEmpty_fileDamagedAgainAfterARepair_warnsAgain() throws Exception {
        Path file = write("leaf.pem", pem(LEAF_CERTIFICATE));
        FileSource source = source(file);
        assertFalse(source.isEmpty());
        for (String content : List.of("half a fi", pem(LEAF_CERTIFICATE), "half a fi")) {
            write("leaf.pem", content);
            settle(source);
            assertFalse(source.isEmpty());
        }
        String warning = "setting certificates: " + file + NO_CERTIFICATE + "; the earlier certificates stay in use";
        assertEquals(List.of(warning, warning), warnings);
    }

    private static List<X509Certificate> chain(CertificatePool pool) {
        return pool.chainFor(LEAF.keys().getPublic(), Purpose.SIGNATURE).orElseThrow();
    }

    private static CertificatePool pool(X509Certificate... certificates) {
        return new CertificatePool(List.of(certificates), InstantSource.fixed(NOW));
    }

    private FileSource source(Path path) {
        return new FileSource(new CertificateFiles(path, new LoggedTexts(warnings)), () -> now);
    }

    /**
     * Makes the source look at its files now and in the next call. The source reads changed files only after two looks
     * in a row had the same result.
     */
    private void settle(FileSource source) {
        now = now.plus(FileWatch.INTERVAL);
        assertFalse(source.isEmpty());
        now = now.plus(FileWatch.INTERVAL);
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    }

    private Path write(KeyStore store, String name, @Nullable String password) throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password == null ? null : password.toCharArray());
        }
        return file;
    }

    private static KeyStore newStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(null, null);
        return store;
    }

    /** Checks the error of {@code isEmpty}, which reads the files. */
    private void assertError(String text, Path path) {
        FileSource source = source(path);
        assertEquals(
                text, assertThrows(SettingsException.class, source::isEmpty).getMessage());
    }
}
