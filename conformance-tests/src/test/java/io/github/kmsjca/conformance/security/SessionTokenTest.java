package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.ClassArchive;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.SignedJar;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that no output or error contains the session token, a password, or a secret from the AWS configuration. */
class SessionTokenTest {
    private static final String TOKEN = "TOKENthatNobodyMaySee";
    private static final String SECRET = "SECRETthatNobodyMaySee";
    private static final KeyPair KEYS = RsaAuthority.rsaKeys();
    private static final KeystoreText KEYSTORE = KeystoreText.empty()
            .key("release", HostileKms.ARN, TestCa.named("CA").issue("release", KEYS.getPublic()));

    /** A server whose error for Sign repeats the request with its session token, as KMS does. */
    @AutoClose
    private static final HostileKms KMS = HostileKms.start()
            .key(KEYS.getPublic(), "RSA_2048")
            .refuse(
                    "Sign",
                    "InvalidSignatureException",
                    request ->
                            "The request signature we calculated does not match the signature you provided. Check your"
                                    + " AWS Secret Access Key and signing method. Consult the service documentation for"
                                    + " details.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nhost:kms"
                                    + "\nx-amz-security-token:"
                                    + request.header("X-amz-security-token").orElse("") + "\n\nhost'\n");

    private final Map<String, Optional<String>> propertiesBefore = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void forgetRequests() {
        KMS.forget();
    }

    /** Sets a system property until the test ends. Null removes the property. */
    private void setForThisTest(String name, @Nullable String value) {
        propertiesBefore.put(name, Optional.ofNullable(System.getProperty(name)));
        setOrClear(name, value);
    }

    private static void setOrClear(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    @AfterEach
    void restore() {
        propertiesBefore.forEach((name, value) -> setOrClear(name, value.orElse(null)));
    }

    private Workplace place() {
        KEYSTORE.writeTo(folder.resolve("release.awskms"));
        return Workplace.of(folder, KMS.endpoint())
                .withVmOptions(ClassArchive.options())
                .with("AWS_SESSION_TOKEN", TOKEN);
    }

    /**
     * Checks that the tool sent the token, and that its output has no token. The output must have details: with the
     * options for details, the tools print the messages and stack traces of all causes.
     */
    private static void requireDetailsWithoutToken(ToolResult result) {
        assertTrue(KMS.requests().stream()
                .anyMatch(request ->
                        request.header("X-amz-security-token").orElse("").equals(TOKEN)));
        assertTrue(result.output().contains("\tat "), result::output);
        requireNoToken(result.output());
    }

    /** Checks that the text describes the refusal of the server and its causes, but has no part of the request. */
    private static void requireNoToken(String text) {
        assertTrue(text.contains("InvalidSignatureException"), text);
        assertTrue(text.contains("Caused by: "), text);
        assertFalse(text.contains(TOKEN), text);
        assertFalse(text.contains("x-amz-security-token"), text);
        assertFalse(text.contains("Canonical"), text);
    }

    @Test
    void keytool_withDetails_printsNoToken() {
        requireDetailsWithoutToken(
                place().keytool("-certreq -v -alias release -keystore release.awskms -storetype AWSKMS -storepass ''"));
    }

    @Test
    void jarsigner_withDetails_printsNoToken() {
        Workplace place = place();
        SignedJar.writeUnsigned(place.path("in.jar"));
        requireDetailsWithoutToken(
                place.jarsigner("-debug -keystore release.awskms -storetype AWSKMS -protected in.jar release"));
    }

    /** The provider's settings refuse a URL with a password, but the environment variables of the AWS SDK accept it. */
    @Test
    void check_endpointWithPassword_printsItWithoutThePassword() {
        String endpoint = KMS.endpoint().toString();
        String output = Commands.run(
                        place().with("AWS_ENDPOINT_URL_KMS", endpoint.replace("//", "//user:" + SECRET + "@")),
                        "check",
                        HostileKms.ARN)
                .output();
        assertTrue(output.contains("endpoint: " + endpoint + ", instead of"), output);
        assertFalse(output.contains(SECRET), output);
    }

    @Test
    void sign_failed_stackTraceHasNoToken() {
        setForThisTest("aws.sessionToken", TOKEN);
        Exception refused = assertThrows(
                GeneralSecurityException.class,
                () -> sign(new KmsProvider().configure("region=us-east-1;endpoint=" + KMS.endpoint())));
        requireNoToken(stackTrace(refused));
    }

    private static void sign(Provider provider) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(null, null);
        Signature engine = Signature.getInstance(RsaAuthority.ALGORITHM, provider);
        engine.initSign((PrivateKey) store.getKey(HostileKms.ARN, null));
        engine.sign();
    }

    private static String stackTrace(Exception exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[profile broken]\n" + SECRET + "\n",
                "[profile broken]\naws_access_key_id = a\naws_secret_access_key " + SECRET + "\n",
                "[profile broken " + SECRET + "\naws_access_key_id = a\n",
                "[profile broken]\n = " + SECRET + "\n",
                "[profile broken]\naws_secret_access_key = " + SECRET + "\n",
                "[profile broken]\nsso_session = " + SECRET + "\nsso_account_id = a\nsso_role_name = b\n",
                "[profile broken]\ncredential_process = echo {\"Version\":1,\"SecretAccessKey\":\"" + SECRET + "\n",
                "[profile broken]\ncredential_process = echo " + SECRET + "\n",
                "[profile broken]\ncredential_process = echo {\"Version\":\"" + SECRET + "\"}\n",
                "[profile broken]\ncredential_process = echo {\"Version\":1,\"AccessKeyId\":\"a\",\"SecretAccessKey\":\""
                        + SECRET + "\",\"Expiration\":\"" + SECRET + "\"}\n",
                "[profile broken]\ncredential_process = sh -c 'echo " + SECRET + " >&2; exit 1'\n",
                "[profile broken]\nendpoint_url = " + SECRET
                        + ":\\\\\naws_access_key_id = a\naws_secret_access_key = b\n",
                "[profile broken]\nendpoint_url = https://user:" + SECRET
                        + "@ x\naws_access_key_id = a\naws_secret_access_key = b\n",
                "[profile broken]\nretry_mode = " + SECRET + "\naws_access_key_id = a\naws_secret_access_key = b\n"
            })
    void sign_damagedProfile_errorHasNoSecretFromTheFile(String config) throws IOException {
        Files.writeString(folder.resolve("config"), config);
        setForThisTest("aws.configFile", folder.resolve("config").toString());
        setForThisTest("aws.sharedCredentialsFile", folder.resolve("none").toString());
        setForThisTest("aws.accessKeyId", null);
        setForThisTest("aws.secretAccessKey", null);
        Exception refused = assertThrows(
                Exception.class,
                () -> sign(new KmsProvider()
                        .configure("region=us-east-1;profile=broken;attempts=1;endpoint=" + KMS.endpoint())));
        String text = stackTrace(refused);
        assertTrue(text.contains("io.github.kmsjca.key.KmsException: "), text);
        assertFalse(text.contains(SECRET), text);
    }
}
