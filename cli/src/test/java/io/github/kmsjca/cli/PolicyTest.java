package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code policy}. */
class PolicyTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String P384 = "ECC_NIST_P384";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @Test
    void policy_keysAndUses_allowsOnlyTheirActions() {
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
    void policy_verify_allowsToReadThePublicKey() {
        String policy = Commands.run("policy --for verify " + TestKms.arn(P256))
                .requireCode(0)
                .out();
        assertTrue(policy.contains("\"Action\": [\"kms:GetPublicKey\", \"kms:Verify\"],"), policy);
    }

    @Test
    void policy_keyIdOrEntry_hasTheKeyArn() throws Exception {
        Path file = folder.resolve("release.awskms");
        Files.writeString(file, TestKms.fileText("\nalias: release\nkey: " + TestKms.id(P256) + "\n"));
        for (String key : List.of(TestKms.id(P256), "release --keystore " + file)) {
            String policy = Commands.run("policy " + key).requireCode(0).out();
            assertTrue(policy.contains("\"Resource\": \"" + TestKms.arn(P256) + "\""), policy);
        }
    }

    @Test
    void policy_keystoreFileWithoutKey_allowsAllItsKeysOnce() throws IOException {
        Path file = folder.resolve("release.awskms");
        String first = "\nalias: a\nkey: " + TestKms.arn(P256) + "\n";
        String second = "\nalias: b\nkey: " + TestKms.arn(P384) + "\n";
        Files.writeString(file, TestKms.fileText(first + second + first.replace("alias: a", "alias: c")));
        String policy = Commands.run("policy --for sign --keystore " + file)
                .requireCode(0)
                .out();
        assertTrue(
                policy.contains("\"Resource\": [\"" + TestKms.arn(P256) + "\", \"" + TestKms.arn(P384) + "\"]\n"),
                policy);
        Files.writeString(file, TestKms.fileText(""));
        assertEquals(
                "kms-jca: " + file + " has no entry with a key; name a KEY without --keystore, or make an entry with"
                        + " import\n",
                Commands.run("policy --keystore " + file).requireCode(1).err());
    }

    @Test
    void policy_withoutUse_allowsWhatEachKeyIsFor() {
        String decrypts = TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
        String agrees = TestKms.emulator().createKey(P256, "KEY_AGREEMENT");
        String mac = TestKms.emulator().createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        String policy = Commands.run(
                        "policy " + String.join(" ", TestKms.arn(P256), decrypts, TestKms.arn(P384), agrees, mac))
                .requireCode(0)
                .out();
        List<String> lines = policy.lines()
                .filter(line -> line.contains("Action") || line.contains("Resource"))
                .map(String::strip)
                .toList();
        assertEquals(
                List.of(
                        "\"Action\": \"kms:Sign\",",
                        "\"Resource\": [\"" + TestKms.arn(P256) + "\", \"" + TestKms.arn(P384) + "\"]",
                        "\"Action\": [\"kms:Decrypt\", \"kms:GetPublicKey\"],",
                        "\"Resource\": \"" + decrypts + "\"",
                        "\"Action\": [\"kms:DeriveSharedSecret\", \"kms:GetPublicKey\"],",
                        "\"Resource\": \"" + agrees + "\"",
                        "\"Action\": [\"kms:DescribeKey\", \"kms:GenerateMac\", \"kms:GetPublicKey\","
                                + " \"kms:VerifyMac\"],",
                        "\"Resource\": \"" + mac + "\""),
                lines);
    }

    @Test
    void policy_useThatTheKeyUsageDoesNotAllow_isRefused() {
        TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT", "alias/policy-decrypt");
        String error = Commands.run("policy --for sign alias/policy-decrypt")
                .requireCode(1)
                .err();
        assertTrue(error.endsWith(" cannot be used for sign; write --for decrypt, or name another key\n"), error);
    }

    @Test
    void policy_getPublicKeyDenied_saysHowToAvoidTheRequest() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").always().accessDenied());
        String error =
                Commands.run("policy " + TestKms.arn(P384)).requireCode(1).err();
        assertTrue(
                error.contains("; with --for, such as --for sign, 'kms-jca policy' does not ask KMS about key ARNs"),
                error);
        Commands.run("policy --for sign " + TestKms.arn(P384)).requireCode(0);
    }

    @Test
    void policy_missingOrNeedlessKeyOrUnknownUse_isRefused() {
        assertEquals(
                "kms-jca: policy needs at least one KEY, such as alias/release, or --keystore FILE\n",
                Commands.run("policy").requireCode(2).err());
        Commands.run("policy --for sign").requireCode(2);
        Commands.run("policy --for list " + TestKms.arn(P256)).requireCode(2);
        Commands.run("policy --for signing " + TestKms.arn(P256)).requireCode(2);
    }

    @Test
    void policy_uses_matchTheDocument() throws IOException {
        String head = "| `policy --for` | Use | Actions |\n|---|---|---|\n";
        String document = Files.readString(Path.of("..", "docs", "iam.md"));
        String table = document.substring(document.indexOf(head) + head.length());
        assertEquals(
                Stream.of(PolicyUse.values()).map(PolicyTest::row).toList(),
                table.substring(0, table.indexOf("\n\n")).lines().toList());
    }

    private static String row(PolicyUse use) {
        String actions = Stream.concat(use.forAllResources().stream(), use.forGivenKeys().stream())
                .map(action -> "`kms:" + action + "`")
                .collect(Collectors.joining(", "));
        return "| `" + use + "` | " + use.meaning() + " | " + actions + " |";
    }
}
