package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.client.http.NetworkPath;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.AwsEnvironment;
import io.github.kmsjca.testing.RawServer;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tests the error texts for calls without a readable answer, and which calls are retried. */
// the variable in try(...) is not used: it only removes the credentials
@SuppressWarnings("try")
class UnansweredCallTest {
    private static final String P256 = "ECC_NIST_P256";

    @BeforeEach
    void reset() {
        TestKms.reset();
        // the shared provider requests this key only once, and this request must not meet the fault of a test
        TestKms.publicKey(P256);
        TestKms.reset();
    }

    @Test
    void noRegion_keyId_saysWhereToSetIt() {
        Provider provider =
                new KmsProvider().configure("endpoint=" + TestKms.emulator().endpoint());
        KmsException failure = assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.id(P256)));
        assertEquals(
                "no AWS Region is known; set AWS_REGION or the setting region; a key that is named by its ARN needs"
                        + " neither",
                failure.getMessage());
        assertEquals("NO_REGION", failure.code());
    }

    @Test
    void failedStaticInitializer_isNotReportedAsAMissingClass() {
        for (LinkageError error : List.of(
                new ExceptionInInitializerError("no memory"),
                new NoClassDefFoundError("Could not initialize class org.example.A"))) {
            KmsException failure = UnansweredCall.exception(
                    "failed: ", FailedAttempt.of(SdkClientException.create(String.valueOf(error.getMessage()), error)));
            assertEquals("OTHER", failure.code());
            assertTrue(String.valueOf(failure.getMessage())
                    .startsWith("failed: the call could not be made; see the cause ("));
        }
    }

    @Test
    void noRegion_keyArn_isEnough() {
        Provider provider =
                new KmsProvider().configure("endpoint=" + TestKms.emulator().endpoint());
        assertEquals(TestKms.publicKey(P256), TestKms.publicKey(TestKms.key(provider, TestKms.arn(P256))));
    }

    @Test
    void noCredentials_saysHowToSetThem() {
        try (AwsEnvironment environment = AwsEnvironment.withoutCredentials()) {
            KmsException failure = failure(TestKms.provider());
            assertFailure(
                    failure,
                    "NO_CREDENTIALS",
                    "no AWS credentials were found; set AWS_PROFILE, the setting profile, or both AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY; if your login has expired, renew it");
            assertEquals(0, TestKms.operations().size());
        }
    }

    @Test
    void noCredentials_unknownProfile_isNamed() {
        try (AwsEnvironment environment = AwsEnvironment.withoutCredentials()) {
            assertFailure(
                    failure(TestKms.provider("profile=relase")),
                    "NO_CREDENTIALS",
                    "no AWS credentials were found; set AWS_PROFILE, the setting profile, or both AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY; if your login has expired, renew it (profile 'relase':"
                            + " Profile file contained no credentials for profile 'relase')");
        }
    }

    @Test
    void credentialsOfTheProgram_sdkException_saysToCheckTheirProvider() {
        for (RuntimeException reason : List.of(
                SdkClientException.create("the vault is sealed"),
                AwsServiceException.builder()
                        .message("the vault is sealed")
                        .statusCode(403)
                        .build())) {
            KmsProvider provider = KmsProvider.builder()
                    .setting("endpoint", TestKms.emulator().endpoint().toString())
                    .setting("region", TestKms.emulator().region())
                    // a loaded machine must not reach the limits
                    .setting("call-timeout", "5m")
                    .setting("attempt-timeout", "5m")
                    .credentials(() -> {
                        throw reason;
                    })
                    .build();
            assertFailure(
                    failure(provider),
                    "PROGRAM_CREDENTIALS",
                    "the program's credentials provider failed; check the credentials provider that the program passes"
                            + " (the vault is sealed");
            assertEquals(List.of(), TestKms.operations());
            provider.close();
        }
    }

    @Test
    void noCredentials_sign_throwsSignatureException() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        PrivateKey key = (PrivateKey) TestKms.file(
                        provider, TestKms.entry("a", TestKms.arn(P256), TestKms.certificate(TestKms.publicKey(P256))))
                .getKey("a", null);
        try (AwsEnvironment environment = AwsEnvironment.withoutCredentials()) {
            assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, new byte[0]));
        }
    }

    @Test
    void noCredentials_setLater_areUsed() {
        Provider provider = TestKms.provider();
        try (AwsEnvironment environment = AwsEnvironment.withoutCredentials()) {
            failure(provider);
        }
        assertEquals(TestKms.publicKey(P256), TestKms.publicKey(TestKms.key(provider, TestKms.arn(P256))));
    }

    @Test
    void endpoint_closedPort_isReportedAsUnreachable() throws IOException {
        String endpoint = "http://127.0.0.1:" + closedPort();
        Provider provider = new KmsProvider().configure("region=us-east-1;attempts=1;endpoint=" + endpoint);
        assertFailure(
                failure(provider),
                "UNREACHABLE",
                "the connection to " + endpoint + " failed; check the network and the settings endpoint and region, or"
                        + " AWS_ENDPOINT_URL_KMS and AWS_REGION (");
    }

    /** The login in the URL of a variable or profile is secret. */
    @Test
    void networkPath_endpointWithLogin_hasAnAddressWithoutIt() {
        NetworkPath path = new NetworkPath(URI.create("https://user:secret@kms.example.test:8443/"), Optional.empty());
        FailedAttempt attempt = new FailedAttempt(
                SdkClientException.create("refused", new ConnectException("refused")), Optional.of(path));
        assertEquals(
                "the connection to https://kms.example.test:8443 failed; check the network and the settings endpoint"
                        + " and region, or AWS_ENDPOINT_URL_KMS and AWS_REGION (refused)",
                UnansweredCall.exception("", attempt).getMessage());
    }

    /** The JDK's text for an unknown host is sometimes only the name. */
    @ParameterizedTest
    @CsvSource({
        "kms.example.test, unknown host kms.example.test",
        "kms.example.test: Name or service not known, kms.example.test: Name or service not known"
    })
    void endpoint_unknownHost_isNamedAsUnknown(String textOfJdk, String detail) {
        FailedAttempt attempt =
                FailedAttempt.of(SdkClientException.create("failed", new UnknownHostException(textOfJdk)));
        String text = String.valueOf(UnansweredCall.exception("", attempt).getMessage());
        assertTrue(text.endsWith(" (" + detail + ")"), text);
    }

    @Test
    void endpoint_httpsAtAPortWithoutTls_saysSo() {
        try (RawServer server = RawServer.start("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertFailure(
                    failure(server, "https"),
                    "NO_TLS",
                    "the port of the endpoint does not use TLS; check the endpoint and its port (");
        }
    }

    /** A TLS server answers a request without TLS with an alert (RFC 8446 §6). */
    @Test
    void endpoint_httpAtAPortWithTls_saysToWriteHttps() {
        try (RawServer server = RawServer.start("\u0015\u0003\u0003\0\u0002\u0002P")) {
            assertFailure(
                    failure(server, "http"),
                    "NO_HTTP",
                    "the endpoint did not answer in HTTP; check the endpoint and the network, and write https if the"
                            + " endpoint uses TLS (");
        }
    }

    private static KmsException failure(RawServer server, String scheme) {
        return failure(new KmsProvider()
                .configure("region=us-east-1;attempts=1;endpoint=" + scheme + "://127.0.0.1:" + server.port()));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 400, 403, 407, 418, 429, 502, 503})
    void answer_htmlPageWithStatus_saysThatItDidNotComeFromKms(int status) {
        byte[] page = "<html>Log in to the Wi-Fi".getBytes(StandardCharsets.US_ASCII);
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").response(status, Map.of("Content-Type", "text/html"), page));
        KmsException failure = failure(TestKms.provider("attempts=1"));
        assertFailure(
                failure,
                "GARBLED",
                "the answer did not come from KMS; check the endpoint and the proxies on the way to it (");
        assertEquals(status >= 500, failure.isRetryable());
    }

    @Test
    void noAnswer_inAllAttempts_namesTheTimeoutSettings() {
        try (KmsEmulator slow = KmsEmulator.start()) {
            slow.faults().add(Fault.onAny().always().delay(Duration.ofSeconds(3)));
            assertFailure(
                    failure(provider(slow, "call-timeout=300ms;attempt-timeout=200ms")),
                    "TIMEOUT",
                    "no answer in time; check the network, or raise the settings call-timeout and attempt-timeout; if"
                            + " the program passes its own KMS clients, raise their time limits instead");
        }
    }

    @Test
    void noAnswer_inOneAttempt_isRetried() {
        try (KmsEmulator slow = KmsEmulator.start()) {
            String arn = slow.createKey(P256);
            slow.faults().add(Fault.on("GetPublicKey").delay(Duration.ofSeconds(20)));
            PrivateKey key = TestKms.key(provider(slow, "attempt-timeout=1500ms;call-timeout=30s"), arn);
            assertEquals(arn, ((KmsKey) key).keyId());
        }
    }

    /**
     * Returns a provider for an emulator that only one test uses. After a timeout, an emulator logs the request late,
     * which would disturb other tests.
     */
    private static Provider provider(KmsEmulator emulator, String settings) {
        return new KmsProvider()
                .configure("endpoint=" + emulator.endpoint() + ";region=" + emulator.region() + ";" + settings);
    }

    @Test
    void corruptAnswer_once_isRetried() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").corrupt());
        assertEquals(TestKms.publicKey(P256), TestKms.publicKey(TestKms.key(TestKms.provider(), TestKms.arn(P256))));
    }

    @Test
    void corruptAnswer_inAllAttempts_isReported() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").corrupt());
        assertFailure(
                failure(TestKms.provider("attempts=1")),
                "GARBLED",
                "the answer did not come from KMS; check the endpoint and the proxies on the way to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "", "<html>", "\"text\""})
    void answer_notFromKms_isReported(String body) {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").rewrite(answer -> body));
        assertFailure(
                failure(TestKms.provider("attempts=1")),
                "GARBLED",
                "the answer did not come from KMS; check the endpoint and the proxies on the way to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sign", "Verify"})
    void answer_withoutMembers_throwsSignatureException(String operation) throws GeneralSecurityException {
        Provider provider = TestKms.provider("attempts=1", "verify=kms");
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        TestKms.emulator().faults().add(Fault.on(operation).rewrite(answer -> "{}"));
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(SignatureException.class, () -> {
            byte[] signature = TestKms.sign(engine, key, new byte[0]);
            engine.initVerify(TestKms.publicKey(key));
            engine.verify(signature);
        });
    }

    @Test
    void connectionReset_once_isRetried() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").reset());
        assertEquals(TestKms.publicKey(P256), TestKms.publicKey(TestKms.key(TestKms.provider(), TestKms.arn(P256))));
    }

    @Test
    void throttled_once_isRetried() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").throttled());
        TestKms.key(TestKms.provider("attempts=2"), TestKms.arn(P256));
        assertEquals(2, TestKms.requests("GetPublicKey").size());
    }

    @Test
    void throttled_inAllAttempts_isReported() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").always().throttled());
        assertEquals(
                "ThrottlingException", failure(TestKms.provider("attempts=2")).code());
        assertEquals(2, TestKms.requests("GetPublicKey").size());
    }

    @Test
    void denied_isNotRetried() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").always().accessDenied());
        failure(TestKms.provider());
        assertEquals(1, TestKms.requests("GetPublicKey").size());
    }

    @Test
    void throttledSign_isRetriedWithTheSameRequest() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").throttled());
        TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), key, new byte[] {1});
        assertEquals(
                TestKms.requests("Sign").get(0).parameters(),
                TestKms.requests("Sign").get(1).parameters());
    }

    private static KmsException failure(Provider provider) {
        return assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.arn(P256)));
    }

    private static void assertFailure(KmsException failure, String code, String text) {
        String message = String.valueOf(failure.getMessage());
        assertEquals(code, failure.code(), message);
        assertTrue(message.startsWith("KMS GetPublicKey for key " + TestKms.arn(P256) + " failed: " + text), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
