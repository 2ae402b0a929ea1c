package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.ClassArchive;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.key.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a keystore file cannot set the endpoint or the credentials, or weaken a check that the operator set. */
class EndpointInFileTest {
    private static final String REFUSAL =
            " is not allowed in a keystore file, which may come from anybody; remove the line, or set it as"
                    + " provider argument, load parameter, system property ";

    @AutoClose
    private static final HostileKms OPERATOR_KMS = HostileKms.start();

    @AutoClose
    private static final HostileKms ATTACKER_KMS = HostileKms.start();

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeEach
    void prepare() {
        OPERATOR_KMS.forget();
        ATTACKER_KMS.forget();
        place = Workplace.of(folder, OPERATOR_KMS.endpoint())
                .withVmOptions(ClassArchive.options())
                .with("AWS_SESSION_TOKEN", "TOKEN");
    }

    @AfterEach
    void requireNoRequestsToTheAttacker() {
        System.clearProperty("awskms.verify-after-sign");
        assertEquals(List.of(), ATTACKER_KMS.requests());
    }

    /** Returns a keystore file with settings and one entry. */
    private static KeystoreText file(String settings) {
        return KeystoreText.empty().afterFirstLine(settings).key("release", HostileKms.ARN);
    }

    @Test
    void list_endpointInTheFile_isRefusedBeforeAnyConnection() {
        file("certificate-tags: read\nendpoint: " + ATTACKER_KMS.endpoint() + "\n")
                .writeTo(place.path("pr.awskms"));
        assertEquals(
                "keytool error: java.io.IOException: keystore file, line 3: setting 'endpoint'" + REFUSAL
                        + "awskms.endpoint or environment variable AWSKMS_ENDPOINT",
                place.keytool("-list -keystore pr.awskms -storetype AWSKMS -protected")
                        .requireOneError());
        assertEquals(List.of(), OPERATOR_KMS.requests());
    }

    @Test
    void list_profileInTheFile_isRefused() throws IOException {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws/credentials"), """
                [operator]
                aws_access_key_id=OPERATOR
                aws_secret_access_key=s
                [production]
                aws_access_key_id=PRODUCTION
                aws_secret_access_key=s
                """);
        file("certificate-tags: read\nprofile: production\n").writeTo(place.path("pr.awskms"));
        Workplace withProfile = place.without("AWS_ACCESS_KEY_ID")
                .without("AWS_SECRET_ACCESS_KEY")
                .without("AWS_SESSION_TOKEN")
                .with("AWS_PROFILE", "operator");
        assertEquals(
                "keytool error: java.io.IOException: keystore file, line 3: setting 'profile'" + REFUSAL
                        + "awskms.profile or environment variable AWSKMS_PROFILE",
                withProfile
                        .keytool("-list -keystore pr.awskms -storetype AWSKMS -protected")
                        .requireOneError());
        assertEquals(List.of(), OPERATOR_KMS.requests());
    }

    @Test
    void sign_fileTurnsOffVerifyAfterSign_isRefused() throws GeneralSecurityException {
        System.setProperty("awskms.verify-after-sign", "always");
        KeyPair keys = RsaAuthority.rsaKeys();
        Provider provider = new KmsProvider().configure("region=us-east-1;endpoint=" + OPERATOR_KMS.endpoint());
        String text = KeystoreText.empty()
                .afterFirstLine("verify-after-sign: never\n")
                .key("release", HostileKms.ARN, TestCa.named("CA").issue("release", keys.getPublic()))
                .text();
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        SettingsException refused = assertThrows(SettingsException.class, () -> {
            store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
            Signature engine = Signature.getInstance(RsaAuthority.ALGORITHM, provider);
            engine.initSign((PrivateKey) store.getKey("release", null));
            engine.sign();
        });
        assertEquals(
                "keystore file, line 2: verify-after-sign=never is less strict than always, the value without this"
                        + " line; a keystore file can only make limits and checks stricter; remove the line, or set it as provider"
                        + " argument, load parameter, system property awskms.verify-after-sign or environment variable AWSKMS_VERIFY_AFTER_SIGN",
                refused.getMessage());
    }
}
