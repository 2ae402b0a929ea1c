package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The errors of {@code import} if KMS does not return the key that the user names, or the key of the entry. */
class ImportRefusalTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String P384 = "ECC_NIST_P384";
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey(P256));

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private Path pem = Path.of("");

    @BeforeEach
    void reset() throws IOException {
        file = folder.resolve("release.awskms");
        pem = Files.writeString(folder.resolve("chain.pem"), TestCertificates.pem(LEAF));
        TestKms.reset();
    }

    /** Writes a file with the entry {@code release} for a key, and tries to import a certificate for another key. */
    private String importOverEntryOf(String key) throws IOException {
        String before = TestKms.fileText(TestKms.entry("release", key, LEAF));
        Files.writeString(file, before);
        String error = Commands.run("import --alias release --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                .requireCode(1)
                .err();
        assertEquals(before, Files.readString(file));
        return error;
    }

    @Test
    void import_keyOfTheEntryDoesNotExist_namesBothKeys() throws IOException {
        String error = importOverEntryOf(TestKms.NO_KEY);
        assertTrue(
                error.startsWith("kms-jca: " + file + " has an entry 'release' that is not for KMS key "
                        + TestKms.arn(P256) + " (ECC_NIST_P256), but for the key "),
                error);
        assertTrue(
                error.endsWith(", but for the key " + TestKms.NO_KEY + ", which does not exist; choose another --alias,"
                        + " or remove that entry with keytool -delete\n"),
                error);
    }

    @Test
    void import_keyOfTheEntryIsDenied_namesTheEntry() throws IOException {
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(TestKms.id(P384)).always().accessDenied());
        String error = importOverEntryOf(TestKms.arn(P384));
        assertTrue(
                error.startsWith("kms-jca: " + file + ", entry 'release': KMS GetPublicKey for key " + TestKms.arn(P384)
                        + " failed: AccessDeniedException"),
                error);
    }

    @Test
    void import_unknownAlias_saysHowToListTheAliases() {
        for (String target : new String[] {"--tags", "--keystore " + file}) {
            String error = Commands.run("import " + target + " alias/nowhere " + pem)
                    .requireCode(1)
                    .err();
            assertTrue(error.contains("; 'kms-jca list' lists the aliases [request id "), error);
        }
    }
}
