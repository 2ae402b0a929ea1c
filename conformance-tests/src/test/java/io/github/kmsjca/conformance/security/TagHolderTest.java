package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.tool.ClassArchive;
import io.github.kmsjca.conformance.tool.SignedJar;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** Checks that a person who may only tag a key cannot replace the operator's certificate in a signed jar. */
class TagHolderTest {
    @AutoClose
    private static final KmsEmulator KMS = KmsEmulator.start();

    private static final String ARN = KMS.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");

    @Test
    void jarsigner_newerCertificateInTheTags_usesTheOperatorsCertificate(@TempDir Path folder)
            throws GeneralSecurityException, IOException {
        Workplace place = Workplace.of(folder, KMS.endpoint()).withVmOptions(ClassArchive.options());
        PublicKey key = publicKey();
        RsaAuthority ca = RsaAuthority.create();
        X509Certificate operators = ca.issue("operators", key, Instant.now().minus(Duration.ofDays(2)));
        X509Certificate attackers = ca.issue("attackers", key, Instant.now().minus(Duration.ofDays(1)));
        Files.writeString(place.path("operators.pem"), TestCa.pem(operators));
        Files.writeString(place.path("attackers.pem"), TestCa.pem(attackers));
        assertEquals(
                0,
                Commands.run(place, "import", "--tags", "alias/release", "attackers.pem")
                        .exitCode());
        SignedJar.writeUnsigned(place.path("in.jar"));
        ToolResult signed = place.withSettings("certificates=operators.pem;certificate-tags=read;keys=alias/release")
                .jarsigner("-verbose -certs -sigalg SHA256withECDSA -keystore NONE -storetype AWSKMS -protected in.jar"
                        + " alias/release")
                .requireSuccess();
        assertTrue(signed.output().contains("X.509, CN=operators"), signed::output);
        assertTrue(
                signed.output()
                        .contains("has two certificates: the certificate of CN=operators, serial number "
                                + operators.getSerialNumber().toString(16)),
                signed::output);
        assertTrue(
                signed.output()
                        .contains("the certificate in its tags, of CN=attackers, serial number "
                                + attackers.getSerialNumber().toString(16)),
                signed::output);
    }

    private static PublicKey publicKey() throws GeneralSecurityException {
        try (KmsClient client = KmsClient.builder()
                .endpointOverride(KMS.endpoint())
                .region(Region.of(KMS.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            byte[] encoded = client.getPublicKey(request -> request.keyId(ARN))
                    .publicKey()
                    .asByteArray();
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
        }
    }
}
