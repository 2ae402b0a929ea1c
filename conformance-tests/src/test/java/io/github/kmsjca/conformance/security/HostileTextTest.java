package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.ClassArchive;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.SignedJar;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.conformance.tool.Workplace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that the provider and the commands clean and cut text from services, files and certificates before it reaches
 * terminals, logs and exceptions.
 */
class HostileTextTest {
    /**
     * A text that clears the screen, begins a new line, reverses letters, contains invisible characters, and is very
     * long.
     */
    private static final String EVIL = "evil\u001b[2J\u009b31m\r\nfake: all is well\u2028\u202e\u200b\ufeff\u2066"
            + "\ud83d\udca9" + "x".repeat(1000);

    private static final KeyPair KEYS = RsaAuthority.rsaKeys();
    private static final Logger LOGGER = Logger.getLogger("io.github.kmsjca");

    @AutoClose
    private static final HostileKms KMS = HostileKms.start();

    @TempDir
    Path folder;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
            if (entry.getThrown() != null) {
                logged.add(entry.getThrown().toString());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Workplace place;

    @BeforeEach
    void prepare() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
        place = Workplace.of(folder, KMS.endpoint()).withVmOptions(ClassArchive.options());
        KMS.key(KEYS.getPublic(), "RSA_2048");
        for (String operation : List.of("Sign", "ListAliases", "ListResourceTags", "DescribeKey")) {
            KMS.refuse(operation, EVIL, request -> EVIL);
        }
    }

    @AfterEach
    void removeHandler() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    private static X509Certificate certificate() {
        return TestCa.named("CA").issue("release", KEYS.getPublic());
    }

    private static Provider provider(String... more) {
        return new KmsProvider()
                .configure("region=us-east-1;endpoint=" + KMS.endpoint() + ";" + String.join(";", more));
    }

    private static KeyStore load(Provider provider, String text) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        return store;
    }

    /**
     * Fails if a text does not contain the word "evil" from {@link #EVIL}. Also fails if the text contains the second
     * line of {@link #EVIL} as a line, a harmful character, or 300 of the 1000 letters at the end of {@link #EVIL}. The
     * provider cuts such text to at most 300 characters.
     */
    private static void requireHarmless(String text) {
        assertTrue(text.contains("evil"), text);
        assertFalse(text.lines().anyMatch(line -> line.startsWith("fake")), text);
        assertFalse(text.codePoints()
                .anyMatch(c -> c != '\n'
                        && c != '\t'
                        && (Character.getType(c) == Character.CONTROL
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR)));
        assertFalse(text.contains("x".repeat(300)), text);
    }

    /** Checks the messages of an exception, its causes and their suppressed exceptions. Each must be one line. */
    private static void requireHarmless(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            assertFalse(text.contains("\n"), text);
            // requireHarmless expects the hostile text, but not every cause contains it
            requireHarmless("evil " + text);
            for (Throwable suppressed : cause.getSuppressed()) {
                requireHarmless(suppressed);
            }
        }
    }

    @Test
    void keytool_hostileErrorOfTheService_isOneHarmlessLine() {
        KeystoreText.empty().key("release", HostileKms.ARN, certificate()).writeTo(place.path("release.awskms"));
        requireHarmless(place.keytool("-certreq -alias release -keystore release.awskms -storepass ''")
                .requireOneError());
    }

    @Test
    void jarsigner_hostileErrorOfTheService_isOneHarmlessLine() {
        KeystoreText.empty().key("release", HostileKms.ARN, certificate()).writeTo(place.path("release.awskms"));
        SignedJar.writeUnsigned(place.path("in.jar"));
        requireHarmless(place.jarsigner("-keystore release.awskms -storetype AWSKMS -protected in.jar release")
                .requireOneError());
    }

    @Test
    void list_hostileAliasesAndKeySpecs_areCleanedAndHideNoOtherAlias() {
        KMS.answer(
                "ListAliases",
                request -> "{\"Aliases\":[{\"AliasName\":" + HostileKms.quote("alias/" + EVIL)
                        + ",\"TargetKeyId\":\"k\"},{\"AliasName\":\"alias/good\",\"TargetKeyId\":"
                        + HostileKms.quote(EVIL) + "}]}");
        KMS.key(KEYS.getPublic(), EVIL);
        String output = Commands.run(place, "list", "--long").output();
        requireHarmless(output);
        assertEquals(
                1, output.lines().filter(line -> line.startsWith("alias/good ")).count(), output);
    }

    @Test
    void check_hostileAnswers_areCleaned() {
        KMS.answer(
                "DescribeKey",
                request -> "{\"KeyMetadata\":{\"Arn\":" + HostileKms.quote(EVIL) + ",\"KeySpec\":"
                        + HostileKms.quote(EVIL) + ",\"KeyUsage\":" + HostileKms.quote(EVIL) + ",\"KeyState\":"
                        + HostileKms.quote(EVIL) + "}}");
        requireHarmless(Commands.run(place, "check", HostileKms.ARN).output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alias: @\nkey: alias/a\n",
                "alias: a\nkey: @\n",
                "alias: a\n@: b\n",
                "alias: a\n@\n",
                "region: @\n",
                "@: @\n",
                "certificates: @\n",
                "certificate-tags: @\n",
                "alias: a\nkey: alias/a\n-----BEGIN @-----\n",
                "alias: a\nkey: alias/a\n-----BEGIN CERTIFICATE-----\n@\n-----END CERTIFICATE-----\n",
                "alias: a\nkey: alias/a\nkey: @\n"
            })
    void load_hostileTextInTheFile_errorIsClean(String text) {
        // a line of a file cannot contain a line break
        String evil = EVIL.replaceAll("[\r\n]", "");
        Exception refused = assertThrows(
                Exception.class, () -> load(provider(), "# AWSKMS keystore 1\n" + text.replace("@", evil)));
        requireHarmless(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b", "\u0007", "\u0085", "\u2028", "\u202e", "\u200b", "\ufeff", "\u00ad"})
    void load_aliasWithControlOrInvisibleCharacter_isRefused(String character) {
        IOException refused = assertThrows(
                IOException.class,
                () -> load(provider(), "# AWSKMS keystore 1\nalias: a" + character + "b\nkey: alias/a\n"));
        assertEquals(
                "keystore file, line 2: an alias cannot hold line breaks, control characters or invisible"
                        + " characters",
                refused.getMessage());
    }

    @Test
    void load_longAlias_isRefused() {
        String entry = "alias: " + "x".repeat(1000) + "\nkey: alias/a\n";
        IOException refused =
                assertThrows(IOException.class, () -> load(provider(), "# AWSKMS keystore 1\n" + entry + entry));
        assertEquals("keystore file, line 2: an alias has at most 256 characters", refused.getMessage());
    }

    @Test
    void keyStore_hostileAnswers_exceptionsAreClean() throws GeneralSecurityException, IOException {
        KMS.key(KEYS.getPublic(), EVIL);
        KeyStore discovery = KeyStore.getInstance(KmsProvider.NAME, provider());
        discovery.load(null, null);
        requireHarmless(assertThrows(Exception.class, discovery::aliases));
        requireHarmless(assertThrows(Exception.class, () -> discovery.getKey(HostileKms.ARN, null)));
        KMS.key(EVIL.getBytes(StandardCharsets.UTF_8), "RSA_2048");
        requireHarmless(assertThrows(
                Exception.class,
                () -> load(
                                provider(),
                                KeystoreText.empty().key("a", HostileKms.ARN).text())
                        .getKey("a", null)));
        KMS.answer(
                "GetPublicKey",
                request -> "{\"KeyId\":" + HostileKms.quote(EVIL) + ",\"KeySpec\":\"RSA_2048\","
                        + "\"KeyUsage\":\"SIGN_VERIFY\",\"PublicKey\":\""
                        + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()) + "\"}");
        requireHarmless(assertThrows(
                Exception.class,
                () -> load(
                                provider(),
                                KeystoreText.empty().key("a", HostileKms.ARN).text())
                        .getKey("a", null)));
    }

    @Test
    void log_hostileSubjectOfACertificate_isCleaned() throws GeneralSecurityException, IOException {
        RsaAuthority ca = RsaAuthority.create();
        Instant expired = Instant.now().minus(Duration.ofDays(100));
        String subject = EVIL.replaceAll("[\"\\\\]", "");
        X509Certificate own = ca.issue("\"" + subject + "\"", KEYS.getPublic(), expired);
        X509Certificate other = ca.issue("\"" + subject + "y\"", KEYS.getPublic(), Instant.now());
        Path files = Files.createDirectories(folder.resolve("certificates"));
        Files.writeString(files.resolve("other.pem"), TestCa.pem(other));
        Files.writeString(files.resolve("evil\u001b[2J\u202e.pem"), EVIL);
        load(
                        provider("certificates=" + files),
                        KeystoreText.empty().key("a", HostileKms.ARN, own).text())
                .getCertificateChain("a");
        // three warnings: evil*.pem is skipped, the entry has two certificates, the certificate in use has expired
        assertEquals(3, logged.size(), logged::toString);
        logged.forEach(HostileTextTest::requireHarmless);
    }
}
