package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

class BuilderTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final byte[] MESSAGE = {1, 2, 3};

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static byte[] sign(Provider provider, PrivateKey key) throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), key, MESSAGE);
    }

    private static void assertSigns(Provider provider) throws GeneralSecurityException {
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)));
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    private static KmsClient client(Region region) {
        return KmsClient.builder()
                .endpointOverride(TestKms.emulator().endpoint())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDOWN", "own")))
                .build();
    }

    @Test
    void setting_givenTwice_lastValueCounts() throws GeneralSecurityException {
        KmsProvider provider = KmsProvider.builder()
                .setting("endpoint", TestKms.emulator().endpoint().toString())
                .setting("region", "none-such-1")
                .setting("region", TestKms.emulator().region())
                .build();
        // unlike an ARN, a key id does not name the Region, so the setting decides
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.id(P256)));
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    @Test
    void build_doesNotRegisterTheProvider() {
        KmsProvider provider = KmsProvider.builder().build();
        assertNull(Security.getProvider(provider.getName()));
    }

    @Test
    void build_unknownSetting_isRefused() {
        KmsProvider.Builder builder = KmsProvider.builder().setting("regoin", "eu-west-1");
        assertEquals(
                "provider builder: unknown setting 'regoin'; did you mean 'region'?",
                assertThrows(SettingsException.class, builder::build).getMessage());
    }

    @Test
    void setting_servicesSignatures_leavesOutCiphersAndMacs() {
        KmsProvider provider =
                KmsProvider.builder().setting("services", "signatures").build();
        assertNull(provider.getService("Mac", "HmacSHA256"));
        assertNull(provider.getService("Cipher", "RSA/ECB/OAEPPadding"));
    }

    @Test
    void build_credentials_areUsed() throws GeneralSecurityException {
        KmsProvider provider = KmsProvider.builder()
                .setting("endpoint", TestKms.emulator().endpoint().toString())
                .setting("region", TestKms.emulator().region())
                // a slow machine must not run into the time limits
                .setting("call-timeout", "5m")
                .setting("attempt-timeout", "5m")
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDGIVEN", "given")))
                .build();
        assertSigns(provider);
        assertEquals(
                List.of(Optional.of("AKIDGIVEN")),
                TestKms.emulator().requests().of("Sign").stream()
                        .map(LoggedRequest::accessKeyId)
                        .toList());
    }

    /** Keeps the metrics that the AWS SDK publishes. */
    private record MetricRecorder(Queue<MetricCollection> published) implements MetricPublisher {
        @Override
        public void publish(MetricCollection metrics) {
            published.add(metrics);
        }

        @Override
        public void close() {
            throw new AssertionError("only the program may close its publisher");
        }
    }

    @Test
    void metricPublisher_setTwice_bothReceiveTheMetrics() throws GeneralSecurityException {
        MetricRecorder one = new MetricRecorder(new ConcurrentLinkedQueue<>());
        MetricRecorder two = new MetricRecorder(new ConcurrentLinkedQueue<>());
        try (KmsProvider provider = KmsProvider.builder()
                .setting("endpoint", TestKms.emulator().endpoint().toString())
                .setting("region", TestKms.emulator().region())
                .metricPublisher(one)
                .metricPublisher(two)
                .build()) {
            assertSigns(provider);
        }
        for (MetricRecorder publisher : List.of(one, two)) {
            assertEquals(
                    List.of(List.of("GetPublicKey"), List.of("Sign")),
                    publisher.published.stream()
                            .map(metrics -> metrics.metricValues(CoreMetric.OPERATION_NAME))
                            .toList());
        }
    }

    @Test
    void build_clientsAndMetricPublisher_isRefused() {
        KmsProvider.Builder builder = KmsProvider.builder()
                .clients(region -> null)
                .metricPublisher(new MetricRecorder(new ConcurrentLinkedQueue<>()));
        assertEquals(
                "both clients and metric publishers are set; set the publishers on the clients instead",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    @Test
    void userAgent_clientOfTheProvider_namesTheProviderAndItsVersion() throws GeneralSecurityException {
        KmsProvider provider = TestKms.provider();
        assertSigns(provider);
        String userAgent = TestKms.requests("Sign").get(0).userAgent().orElseThrow();
        assertTrue(List.of(userAgent.split(" ")).contains("kms-jca/" + provider.getVersionStr()), userAgent);
    }

    @Test
    void userAgent_applicationId_isIncluded() throws GeneralSecurityException {
        // the system property for the variable AWS_SDK_UA_APP_ID
        System.setProperty("sdk.ua.appId", "release-train");
        try {
            assertSigns(TestKms.provider());
        } finally {
            System.clearProperty("sdk.ua.appId");
        }
        String userAgent = TestKms.requests("Sign").get(0).userAgent().orElseThrow();
        assertTrue(List.of(userAgent.split(" ")).contains("app/release-train"), userAgent);
    }

    @Test
    void clients_severalSignatures_requestOneClientAndLeaveItOpen() throws GeneralSecurityException {
        Queue<Region> requestedRegions = new ConcurrentLinkedQueue<>();
        try (KmsClient client = client(Region.of(TestKms.emulator().region()))) {
            KmsProvider provider = KmsProvider.builder()
                    .clients(region -> {
                        requestedRegions.add(region);
                        return client;
                    })
                    .build();
            PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
            sign(provider, key);
            sign(provider, key);
            assertEquals(List.of(Region.of(TestKms.emulator().region())), List.copyOf(requestedRegions));
            assertEquals(Optional.of("AKIDOWN"), TestKms.requests("Sign").get(0).accessKeyId());
            provider.close();
            assertEquals(
                    TestKms.arn(P256),
                    client.describeKey(request -> request.keyId(TestKms.arn(P256)))
                            .keyMetadata()
                            .arn());
        }
    }

    @Test
    void clients_noneForARegion_namesTheRegion() {
        KmsProvider provider = KmsProvider.builder().clients(region -> null).build();
        assertEquals(
                "the program has no KMS client for Region us-east-1; return one from the function in"
                        + " KmsProvider.builder().clients(...)",
                assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.arn(P256)))
                        .getMessage());
    }

    @Test
    void clients_functionFailsWithoutText_namesTheException() {
        KmsProvider provider = KmsProvider.builder()
                .clients(region -> {
                    throw new UnsupportedOperationException();
                })
                .build();
        assertEquals(
                "the program's function in KmsProvider.builder().clients(...) failed for Region us-east-1"
                        + " (UnsupportedOperationException)",
                assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.arn(P256)))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint=http://127.0.0.1:1",
                "profile=ci",
                "call-timeout=1s",
                "attempt-timeout=1s",
                "attempts=1",
                "max-connections=2"
            })
    void clients_settingThatConfiguresClients_isRefused(String setting) {
        String name = setting.substring(0, setting.indexOf('='));
        String text = setting.substring(setting.indexOf('=') + 1);
        String problem = ": setting '" + name
                + "' has no effect, because the program uses its own KMS clients; remove it, and configure the clients"
                + " instead";
        KmsProvider.Builder builder =
                KmsProvider.builder().clients(BuilderTest::client).setting(name, text);
        assertEquals(
                "provider builder" + problem,
                assertThrows(SettingsException.class, builder::build).getMessage());
        KmsProvider provider =
                KmsProvider.builder().clients(BuilderTest::client).build();
        assertEquals(
                "load parameter" + problem,
                assertThrows(
                                SettingsException.class,
                                () -> KeyStore.getInstance(KmsProvider.NAME, provider)
                                        .load(KmsLoadStoreParameter.ofDiscovery()
                                                .with(name, text)))
                        .getMessage());
    }

    @Test
    void build_credentialsAndClients_isRefused() {
        KmsProvider.Builder builder = KmsProvider.builder()
                .clients(BuilderTest::client)
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")));
        assertEquals(
                "both credentials and clients are set; set the credentials on the clients instead",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    @Test
    void close_keyInUse_refusesToSignAndToLoadKeys() throws GeneralSecurityException {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        sign(provider, key);
        provider.close();
        // the second call does nothing
        provider.close();
        TestKms.reset();
        SignatureException failure = assertThrows(SignatureException.class, () -> sign(provider, key));
        assertEquals(
                "the provider is closed; build another provider, and get keys and engines from it",
                failure.getMessage());
        KmsException cause = assertInstanceOf(KmsException.class, failure.getCause());
        assertEquals("CLOSED", cause.code());
        assertFalse(cause.isRetryable());
        assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.arn("RSA_2048")));
        assertEquals(List.of(), TestKms.operations());
    }

    /** The settings of a built provider never change. */
    @Test
    void configure_builtProvider_isRefused() {
        KmsProvider provider = KmsProvider.builder().setting("attempts", "2").build();
        assertEquals(
                "this provider is in use or comes from KmsProvider.builder(), so its settings can no longer"
                        + " change; build another provider with KmsProvider.builder(), or give a KeyStore its own"
                        + " settings with KmsLoadStoreParameter",
                assertThrows(SettingsException.class, () -> provider.configure("attempts=1"))
                        .getMessage());
    }

    @Test
    void clients_sameKeyByArnByAliasAndInAFile_requestOneClient() throws GeneralSecurityException {
        TestKms.emulator().createAlias("alias/builder", TestKms.arn(P256));
        Queue<Region> requestedRegions = new ConcurrentLinkedQueue<>();
        try (KmsClient client = client(Region.of(TestKms.emulator().region()))) {
            KmsProvider provider = KmsProvider.builder()
                    .setting("region", TestKms.emulator().region())
                    .clients(region -> {
                        requestedRegions.add(region);
                        return client;
                    })
                    .build();
            sign(provider, TestKms.key(provider, TestKms.arn(P256)));
            sign(provider, TestKms.key(provider, "alias/builder"));
            KeyStore second = TestKms.file(provider, "message: raw\n\nalias: a\nkey: alias/builder\n");
            sign(provider, (PrivateKey) second.getKey("a", null));
            assertEquals(List.of(Region.of(TestKms.emulator().region())), List.copyOf(requestedRegions));
        }
    }

    @Test
    void close_neverUsed_keysCannotBeLoaded() {
        KmsProvider provider = TestKms.provider();
        provider.close();
        assertEquals(
                "CLOSED",
                assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.arn(P256)))
                        .code());
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void close_twoThreads_bothReturn() throws Exception {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        sign(provider, key);
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Object>> closes = threads.invokeAll(Collections.nCopies(2, () -> {
                start.await();
                provider.close();
                return null;
            }));
            for (Future<Object> close : closes) {
                assertNull(close.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThrows(SignatureException.class, () -> sign(provider, key));
    }
}
