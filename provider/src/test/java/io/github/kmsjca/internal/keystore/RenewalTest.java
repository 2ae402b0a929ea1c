package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.certificate.FileWatch;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStoreException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests when a KeyStore that was loaded with the path of its file reads a changed file again, and when it does not. */
class RenewalTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final X509Certificate OLD = TestKms.certificate(TestKms.publicKey(P256));
    private static final X509Certificate NEW = TestKms.certificate(TestKms.publicKey(P256));

    @TempDir
    private Path folder;

    @AutoClose
    private final KmsSessions sessions = new KmsSessions();

    private Instant now = Instant.now();
    private final KmsKeyStore store = new KmsKeyStore(new KmsStores(
            new Configuration(Map.of("endpoint", TestKms.emulator().endpoint().toString()), false),
            sessions,
            this::now));
    private Path file;
    private int writes;

    /** Whether each read of the clock advances it by an interval. */
    private boolean advancesWhenRead;

    private Instant now() {
        if (advancesWhenRead) {
            passInterval();
        }
        return now;
    }

    @BeforeEach
    void load() throws IOException {
        file = folder.resolve("server.awskms");
        write(entry(OLD));
        store.engineLoad(KmsLoadStoreParameter.ofFile(file));
    }

    private static String entry(X509Certificate certificate) {
        return TestKms.entry("server", TestKms.arn(P256), certificate);
    }

    /** Writes the file, with another modification time than before. */
    private void write(String entries) throws IOException {
        Files.writeString(file, "# AWSKMS keystore 1\n\n" + entries);
        Files.setLastModifiedTime(file, FileTime.from(now.plusNanos(++writes)));
    }

    /**
     * Makes the store look at the file now and in the next call. The store reads a changed file after two looks in a
     * row with the same result.
     */
    private void settle() {
        passInterval();
        // the call makes the store look at the file
        assertTrue(store.engineSize() >= 0);
        passInterval();
    }

    private void passInterval() {
        now = now.plus(FileWatch.INTERVAL);
    }

    private Certificate leaf() {
        return Objects.requireNonNull(store.engineGetCertificateChain("server"))[0];
    }

    @Test
    void chain_changedFile_isTheNewOne() throws IOException {
        assertEquals(OLD, leaf());
        write(entry(NEW));
        settle();
        assertEquals(NEW, leaf());
    }

    /** The store looks at the file at most once in each interval. */
    @Test
    void chain_changedFileWithinTheInterval_isTheOldOne() throws IOException {
        write(entry(NEW));
        assertEquals(OLD, leaf());
        settle();
        assertEquals(NEW, leaf());
    }

    /** While a program writes the file in place, an incomplete file can be valid: it may end before a certificate. */
    @Test
    void chain_fileIsBeingWritten_isTheOldOneUntilTheEnd() throws IOException {
        StringBuilder written = new StringBuilder();
        for (String line : entry(NEW).lines().toList()) {
            write(written.append(line).append('\n').toString());
            passInterval();
            assertEquals(OLD, leaf());
        }
        passInterval();
        assertEquals(NEW, leaf());
    }

    /** A file that cannot be read may become readable without a new modification time. */
    @Test
    void chain_fileCannotBeReadForAWhile_isReadLater() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        write(entry(NEW));
        Files.move(file, elsewhere);
        Files.createDirectory(file);
        settle();
        assertEquals(OLD, leaf());
        Files.delete(file);
        Files.move(elsewhere, file);
        settle();
        assertEquals(NEW, leaf());
    }

    @Test
    void chain_brokenOrMissingFile_staysUntilTheFileIsRepaired() throws IOException {
        // the text ends inside the certificate
        write(entry(NEW).substring(0, 300));
        settle();
        assertEquals(OLD, leaf());
        Files.delete(file);
        settle();
        assertEquals(OLD, leaf());
        write(entry(NEW));
        settle();
        assertEquals(NEW, leaf());
    }

    /** Warns once while the file is missing, and again if it is missing after a repair. */
    @Test
    void chain_missingFileTwice_warnsOnceEachTime() throws IOException {
        Queue<String> warnings = new ConcurrentLinkedQueue<>();
        Logger logger = Logger.getLogger(LogTopic.KEYSTORE.loggerName());
        logger.setFilter(record -> !warnings.add(record.getMessage()));
        try {
            Files.delete(file);
            settle();
            assertEquals(OLD, leaf());
            settle();
            assertEquals(OLD, leaf());
            write(entry(NEW));
            settle();
            assertEquals(NEW, leaf());
            Files.delete(file);
            settle();
            assertEquals(NEW, leaf());
        } finally {
            logger.setFilter(null);
        }
        String warning = file + " has changed but cannot be used, so the earlier entries stay in use: there is no such"
                + " file; restore it";
        assertEquals(List.of(warning, warning), List.copyOf(warnings));
    }

    /** The user that runs the tests may be allowed to read everything, so the test creates the exceptions itself. */
    @Test
    void reason_unreadableFile_saysWhatToDo() {
        String path = file.toString();
        assertEquals(
                "this user may not read it; change the permissions of this path, or of the folders above it",
                StoreFile.reason(new AccessDeniedException(path)));
        assertEquals(
                "it cannot be read (Input/output error); check the file and its folder",
                StoreFile.reason(new FileSystemException(path, null, "Input/output error")));
        assertEquals(
                "it cannot be read; check the file and its folder", StoreFile.reason(new FileSystemException(path)));
    }

    /**
     * Each time the store reads the clock, an interval passes, so the store can look at the file again. A second look
     * in the same call would read the changed file, and the key and the chain could come from different versions of it.
     */
    @Test
    void entry_fileChangedBeforeTheCall_hasKeyAndChainOfOneVersion() throws Exception {
        for (int round = 0; round < 10; round++) {
            String spec = round % 2 == 0 ? "ECC_NIST_P384" : P256;
            PublicKey key = TestKms.publicKey(spec);
            write(TestKms.entry("server", TestKms.arn(spec), TestKms.certificate(key)));
            advancesWhenRead = true;
            PrivateKeyEntry entry = (PrivateKeyEntry) store.engineGetEntry("server", null);
            advancesWhenRead = false;
            assertEquals(
                    ((KmsPrivateKey) Objects.requireNonNull(entry).getPrivateKey()).publicKey(),
                    entry.getCertificate().getPublicKey());
            settle();
        }
    }

    @Test
    void chain_editedInMemory_staysAfterTheFileChanges() throws Exception {
        store.engineSetCertificateEntry("other", OLD);
        write(entry(NEW));
        settle();
        assertEquals(OLD, leaf());
        assertTrue(store.engineIsCertificateEntry("other"));
    }

    @Test
    void entry_removedFromTheFile_isGone() throws IOException {
        write("");
        settle();
        assertNull(store.engineGetKey("server", null));
        assertEquals(0, store.engineSize());
    }

    @Test
    void save_toTheSameFile_continuesTheRenewal() throws IOException, KeyStoreException {
        store.engineSetCertificateEntry("other", OLD);
        store.engineStore(KmsLoadStoreParameter.ofFile(file));
        byte[] saved = Files.readAllBytes(file);
        settle();
        assertTrue(store.engineIsCertificateEntry("other"));
        assertArrayEquals(saved, Files.readAllBytes(file));
        write(entry(NEW));
        settle();
        assertEquals(NEW, leaf());
    }

    /** The original file does not have the edits, so reading it again would lose them. */
    @Test
    void save_toAnotherFile_endsTheRenewal() throws IOException, KeyStoreException {
        store.engineSetCertificateEntry("other", OLD);
        store.engineStore(KmsLoadStoreParameter.ofFile(folder.resolve("other.awskms")));
        write(entry(NEW));
        settle();
        assertEquals(OLD, leaf());
        assertTrue(store.engineIsCertificateEntry("other"));
    }
}
