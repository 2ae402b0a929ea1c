package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.keystore.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code list}, {@code import} and {@code policy} do. */
class StoreCommandsTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String P384 = "ECC_NIST_P384";
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey(P256));
    private static final String LEAF_LINE =
            "CN=leaf, valid until " + LEAF.getNotAfter().toInstant();

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private Path pem = Path.of("");

    @BeforeEach
    void reset() throws IOException {
        file = folder.resolve("release.awskms");
        pem = Files.writeString(folder.resolve("chain.pem"), TestCertificates.pem(LEAF));
        TestKms.arn(P384);
        TestKms.reset();
    }

    @Test
    void import_newFile_signsWithoutAnyOtherRequest() throws Exception {
        assertEquals(
                file + ", release: " + LEAF_LINE + "\n",
                Commands.run("import --alias release --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                        .requireCode(0)
                        .out());
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
        assertEquals(
                TestKms.fileText("\nalias: release\nkey: " + TestKms.arn(P256) + "\n" + TestCertificates.pem(LEAF)),
                Files.readString(file));
    }

    @Test
    void import_entryOfTheFile_getsItsNewCertificate() throws Exception {
        Files.writeString(
                file,
                TestKms.fileText("# kept\n" + TestKms.entry("release", TestKms.arn(P256), LEAF)
                        + TestKms.entry("other", TestKms.arn(P384), TestKms.certificate(TestKms.publicKey(P384)))));
        X509Certificate renewed = TestKms.certificate(TestKms.publicKey(P256));
        Files.writeString(pem, TestCertificates.pem(renewed));
        String before = Files.readString(file);
        Commands.run("import --keystore " + file + " release " + pem).requireCode(0);
        assertEquals(before.replace(TestCertificates.pem(LEAF), TestCertificates.pem(renewed)), Files.readString(file));
    }

    @Test
    void import_certificateOfAnotherKey_isRefusedAndNothingIsWritten() {
        String error = Commands.run("import --keystore " + file + " " + TestKms.arn(P384) + " " + pem)
                .requireCode(1)
                .err();
        assertTrue(error.startsWith("kms-jca: " + pem + " holds no certificate for the public key of KMS key "), error);
        assertFalse(Files.exists(file));
    }

    @Test
    void import_aliasOfAnotherKey_isRefusedAndTheFileStays() throws Exception {
        String before = TestKms.fileText(
                TestKms.entry("release", TestKms.arn(P384), TestKms.certificate(TestKms.publicKey(P384))));
        Files.writeString(file, before);
        String error = Commands.run("import --alias release --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                .requireCode(1)
                .err();
        assertTrue(error.startsWith("kms-jca: " + file + " has an entry 'release' that is not for KMS key "), error);
        assertEquals(before, Files.readString(file));
    }

    @Test
    void import_intoTags_isThereForWhoeverHasNoFile() throws Exception {
        String alias = "alias/cli-tags";
        TestKms.emulator().createKey(P256, "SIGN_VERIFY", alias);
        X509Certificate certificate = TestKms.certificate(TestKms.publicKey(TestKms.key(TestKms.provider(), alias)));
        Files.writeString(pem, TestCertificates.pem(certificate));
        Commands.run("import --tags " + alias + " " + pem).requireCode(0);
        KeyStore store = TestKms.discovery(TestKms.provider("certificate-tags=read"));
        assertTrue(store.getKey(alias, null) instanceof KmsKey);
        assertEquals(certificate, store.getCertificate(alias));
    }

    @Test
    void import_neitherFileNorTags_isRefused() {
        Commands.run("import " + TestKms.arn(P256) + " " + pem).requireCode(2);
        Commands.run("import --tags --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                .requireCode(2);
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void list_file_needsNoRequest() throws Exception {
        Files.writeString(
                file,
                TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), LEAF) + "\nalias: ca\n"
                        + TestCertificates.pem(LEAF)));
        String line = "\tCN=leaf\t" + LEAF.getNotAfter().toInstant() + "\n";
        assertEquals(
                "release" + line + "ca" + line,
                Commands.run("list --keystore " + file).requireCode(0).out());
        assertEquals(
                "release\tECC_NIST_P256\t" + TestKms.arn(P256) + line + "ca" + line,
                Commands.run("list --long --keystore " + file).requireCode(0).out());
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void list_long_keyThatCannotBeUsed_hidesNoOther() {
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(TestKms.id(P384)).always().accessDenied());
        List<String> lines = Commands.run(Main.commandLine(), List.of("list", "--long"), keys())
                .requireCode(0)
                .out()
                .lines()
                .toList();
        assertEquals(TestKms.arn(P256) + "\tECC_NIST_P256\t" + TestKms.arn(P256) + "\t-\t-", lines.get(0));
        assertTrue(lines.get(1).startsWith(TestKms.arn(P384) + "\t-\tKMS GetPublicKey for key "), lines::toString);
    }

    private static String keys() {
        return TestKms.settings("keys=" + TestKms.arn(P256) + "," + TestKms.arn(P384));
    }

    @Test
    void list_account_asksForNoKey() {
        Commands.run("list").requireCode(0);
        assertEquals(
                List.of("ListAliases"), TestKms.operations().stream().distinct().toList());
    }

    @Test
    void policy_keysAndUses_allowsTheseActionsOnly() {
        assertEquals(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": "kms:ListAliases",
                      "Resource": "*"
                    },
                    {
                      "Effect": "Allow",
                      "Action": ["kms:GetPublicKey", "kms:Sign", "kms:Verify"],
                      "Resource": ["%s", "%s"]
                    }
                  ]
                }
                """.formatted(TestKms.arn(P256), TestKms.arn(P384)),
                Commands.run("policy --for list,name,verify " + TestKms.arn(P256) + " " + TestKms.arn(P384))
                        .requireCode(0)
                        .out());
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void policy_keyByAnotherName_isForItsArn() throws Exception {
        Files.writeString(file, TestKms.fileText("\nalias: release\nkey: " + TestKms.id(P256) + "\n"));
        for (String key : List.of(TestKms.id(P256), "release --keystore " + file)) {
            String policy = Commands.run("policy " + key).requireCode(0).out();
            assertTrue(policy.contains("\"Resource\": \"" + TestKms.arn(P256) + "\""), policy);
        }
    }

    @Test
    void policy_usesWithoutTheirKeys_isRefused() {
        Commands.run("policy --for sign").requireCode(2);
        Commands.run("policy --for list " + TestKms.arn(P256)).requireCode(2);
        Commands.run("policy --for signing " + TestKms.arn(P256)).requireCode(2);
    }

    @Test
    void policy_uses_areThoseOfTheDocument() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "iam.md"));
        for (PolicyUse use : PolicyUse.values()) {
            String row = "| `" + use + "` | " + use.meaning() + " | "
                    + String.join(
                            ", ",
                            Stream.concat(use.ofAccount().stream(), use.ofKey().stream())
                                    .map(action -> "`kms:" + action + "`")
                                    .toList())
                    + " |\n";
            assertTrue(document.contains(row), row);
        }
    }
}
