package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.EmulatorOptions;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Tests outages of Regions: the order in which Regions are tried, and what the circuit breakers remember. */
class RegionOutageTest {
    private static final String EAST = "us-east-1";
    private static final String WEST = "us-west-2";
    private static final String NORTH = "eu-north-1";
    private static final byte[] DIGEST = new byte[32];

    /** The page of a login portal, which answers in place of KMS. */
    private static final byte[] PORTAL = "<html>Log in</html>".getBytes(StandardCharsets.US_ASCII);

    @AutoClose
    private static final KmsEmulator REGIONS =
            KmsEmulator.start(EmulatorOptions.defaults().withRegions(List.of(EAST, WEST, NORTH)));

    /** A key of us-east-1 that has a replica in us-west-2 and none in eu-north-1. */
    private static final String KEY = REGIONS.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");

    private static final PublicKey PUBLIC_KEY = publicKey();

    private static PublicKey publicKey() {
        REGIONS.replicateKey(KEY, WEST);
        Provider provider = new KmsProvider().configure("endpoint=" + REGIONS.endpoint());
        return TestKms.publicKey(TestKms.key(provider, KEY));
    }

    private final AtomicLong clock = new AtomicLong();
    private final Transport transport = new Transport();

    /** The clients of all {@link #calls} of a test, because each client has a circuit breaker for its Region. */
    private final AtomicReference<@Nullable RegionalClients> shared = new AtomicReference<>();

    /** The port that gets the requests for a Region instead of the emulator. */
    private final Map<String, Integer> otherPorts = new LinkedHashMap<>();

    /** The sockets to close after the test. */
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void reset() {
        REGIONS.faults().clear();
        REGIONS.requests().clear();
    }

    @AfterEach
    void close() throws Exception {
        transport.close();
        for (AutoCloseable socket : opened) {
            socket.close();
        }
    }

    /** What can happen to a Region, and whether this happens before the emulator gets the request. */
    enum Outage {
        REFUSED(null, true),
        BLACK_HOLE(null, true),
        SILENT(match -> match.silence(), false),
        RESET(match -> match.reset(), false),
        BROKEN_OFF(match -> match.breakOff(), false),
        STALLED(match -> match.stall(), false),
        THROTTLED(match -> match.throttled(), false),
        INTERNAL_ERROR(match -> match.error(ErrorType.KMS_INTERNAL, null), false),
        UNAVAILABLE(match -> match.error(ErrorType.KEY_UNAVAILABLE, null), false);

        // the functions are stateless, which Error Prone cannot see
        @SuppressWarnings("ImmutableEnumChecker")
        private final @Nullable Function<Fault.Match, Fault> fault;

        private final boolean stopsBeforeTheEmulator;

        Outage(@Nullable Function<Fault.Match, Fault> fault, boolean stopsBeforeTheEmulator) {
            this.fault = fault;
            this.stopsBeforeTheEmulator = stopsBeforeTheEmulator;
        }
    }

    private void begin(Outage outage, String region) throws IOException {
        if (outage.fault != null) {
            REGIONS.faults().add(outage.fault.apply(Fault.onAny().in(region).always()));
        } else {
            otherPorts.put(region, outage == Outage.REFUSED ? closedPort() : silentPort());
        }
    }

    /** Advances the clock so far that a failed Region is probed, and forgets the earlier requests. */
    private void advanceToProbe() {
        clock.addAndGet(RegionHealth.PROBE_INTERVAL.toNanos());
        REGIONS.requests().clear();
    }

    private void endOutages() {
        REGIONS.faults().clear();
        otherPorts.clear();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns a port that never completes a TCP connection, because its queue of connections is full. */
    private int silentPort() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        opened.add(server);
        try {
            for (int i = 0; i < 8; i++) {
                Socket waiting = new Socket();
                opened.add(waiting);
                waiting.connect(server.getLocalSocketAddress(), 300);
            }
        } catch (IOException full) {
            // the queue is full as soon as a connection attempt gets no answer
        }
        return server.getLocalPort();
    }

    @ParameterizedTest
    @EnumSource
    void sign_firstRegionFails_usesTheNextRegionAfterOneAttempt(Outage outage) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=1s");
        begin(outage, EAST);
        sign(calls);
        assertEquals(outage.stopsBeforeTheEmulator ? List.of(WEST) : List.of(EAST, WEST), askedRegions());
    }

    @ParameterizedTest
    @EnumSource
    void sign_secondSignatureInAnOutage_usesOnlyTheNextRegion(Outage outage) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=1s");
        begin(outage, EAST);
        sign(calls);
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(WEST), askedRegions());
    }

    @ParameterizedTest
    @EnumSource
    void sign_afterTheOutage_returnsToTheFirstRegion(Outage outage) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=1s");
        begin(outage, EAST);
        sign(calls);
        endOutages();
        advanceToProbe();
        sign(calls);
        sign(calls);
        assertEquals(List.of(EAST, EAST), askedRegions());
    }

    @Test
    void sign_outageGoesOn_probesTheRegionOnceInAnInterval() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        advanceToProbe();
        sign(calls);
        sign(calls);
        assertEquals(List.of(EAST, WEST, WEST), askedRegions());
    }

    @Test
    void sign_probe_doesNotCountAsAnAttempt() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.RESET, EAST);
        sign(calls);
        KmsCalls once = calls("regions=us-east-1,us-west-2;attempts=1");
        advanceToProbe();
        sign(once);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "DisabledException", "NotFoundException"})
    void sign_firstRegionRefuses_triesNoOtherRegion(String code) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).always().error(code, 400, "no"));
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        assertEquals(code, failure.code());
        assertEquals(List.of(EAST), askedRegions());
    }

    @Test
    void sign_replicaIsMissing_usesTheNextRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        assertEquals(List.of(EAST, NORTH, WEST), askedRegions());
    }

    /** After the Region without a replica, the operation still has attempts left for the Region with the outage. */
    @Test
    void sign_outageAndMissingReplica_triesTheFirstRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1");
        REGIONS.faults().add(Fault.onAny().in(EAST).error(ErrorType.KMS_INTERNAL, null));
        sign(calls);
        assertEquals(List.of(EAST, NORTH, EAST), askedRegions());
    }

    @Test
    void sign_timeIsUp_makesNoAttemptInTheNextRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;call-timeout=1s;attempt-timeout=1s");
        begin(Outage.SILENT, EAST);
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        assertEquals("TIMEOUT", failure.code());
        assertEquals(List.of(EAST), askedRegions());
    }

    @Test
    void sign_everyRegionFails_namesEachWithItsReason() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.INTERNAL_ERROR, EAST);
        begin(Outage.RESET, WEST);
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        String text = String.valueOf(failure.getMessage());
        assertTrue(
                text.matches("KMS Sign for key arn:\\S+ failed: us-east-1: KMSInternalException.*; us-west-2: .*"),
                text);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    @Test
    void sign_everyBreakerIsOpen_triesOnlyTheRegionToProbeFirst() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.INTERNAL_ERROR, EAST);
        begin(Outage.RESET, WEST);
        assertThrows(KmsException.class, () -> sign(calls));
        REGIONS.requests().clear();
        String text = String.valueOf(
                assertThrows(KmsException.class, () -> sign(calls)).getMessage());
        assertEquals(List.of(EAST), askedRegions());
        assertTrue(text.contains("us-west-2 (not tried again): "), text);
    }

    @Test
    void sign_probeGetsARefusal_usesTheRegionThatWorks() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        REGIONS.faults().clear();
        REGIONS.faults().add(Fault.onAny().in(EAST).accessDenied());
        advanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    @Test
    void sign_allRegionsThrottledBefore_triesThemAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.THROTTLED, EAST);
        begin(Outage.THROTTLED, WEST);
        assertThrows(KmsException.class, () -> sign(calls));
        REGIONS.faults().clear();
        REGIONS.faults().add(Fault.onAny().in(EAST).throttled());
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    /** The breaker of us-east-1 is open. The other Region works, but has no replica of the key. */
    @Test
    void sign_onlyRegionWithoutReplicaWorks_triesTheFailedRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1");
        begin(Outage.RESET, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(NORTH, EAST), askedRegions());
    }

    @Test
    void sign_onlyRegionWithoutReplicaWorks_reportsTheOutage() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1;attempts=4");
        begin(Outage.INTERNAL_ERROR, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        assertEquals("KMSInternalException", failure.code());
    }

    @Test
    void sign_secondRegionHasFailed_isNotProbedWhileTheFirstWorks() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).reset());
        begin(Outage.RESET, WEST);
        sign(calls);
        assertEquals(List.of(EAST, WEST, EAST), askedRegions());
        advanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST), askedRegions());
    }

    @Test
    void sign_spreadAndARegionHasFailed_probesTheRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;spread=true");
        begin(Outage.RESET, WEST);
        sign(calls);
        sign(calls);
        endOutages();
        advanceToProbe();
        sign(calls);
        assertEquals(List.of(WEST), askedRegions());
    }

    /** A Region without a replica does not use up an attempt. So the only attempt is left for the failed Region. */
    @Test
    void sign_oneAttemptAndMissingReplica_triesTheFailedRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1;attempts=1");
        begin(Outage.RESET, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(NORTH, EAST), askedRegions());
    }

    @Test
    void sign_probeFailsAndReplicaIsMissing_triesTheFailedRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1;attempts=1");
        begin(Outage.RESET, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.faults().add(Fault.onAny().in(EAST).reset());
        advanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST, NORTH, EAST), askedRegions());
    }

    /** The first round skips us-east-1, because its breaker is open. The second round tries it last. */
    @Test
    void sign_workingRegionFailsToo_triesTheFailedRegionInTheSecondRound() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        endOutages();
        begin(Outage.RESET, WEST);
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(WEST, WEST, EAST), askedRegions());
    }

    /** The last attempt may have had too little time, so its failure does not count as an outage of its Region. */
    @Test
    void sign_timeOfTheOperationIsUp_doesNotCountAsAnOutage() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;call-timeout=1s;attempt-timeout=1s");
        begin(Outage.SILENT, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.requests().clear();
        sign(calls("regions=us-east-1,us-west-2"));
        assertEquals(List.of(EAST), askedRegions());
    }

    /** A probe has its own time limit of at most a second. */
    @Test
    void sign_probeGetsNoAnswer_endsLongBeforeTheAttemptTimeout() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=60m;call-timeout=60m");
        begin(Outage.RESET, EAST);
        sign(calls);
        endOutages();
        begin(Outage.SILENT, EAST);
        advanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    /** A second request would create another key. */
    @ParameterizedTest
    @EnumSource(names = {"RESET", "BROKEN_OFF"})
    void create_noAnswer_isNotRepeated(Outage outage) throws Exception {
        KmsCalls calls = calls("region=us-east-1");
        begin(outage, EAST);
        KmsKeyGenParameterSpec parameters =
                KmsKeyGenParameterSpec.of("ECC_NIST_P256").withUsage("SIGN_VERIFY");
        assertThrows(KmsException.class, () -> calls.changes().create(parameters));
        assertEquals(1, askedRegions().size());
    }

    @Test
    void create_kmsError_isRepeated() {
        KmsCalls calls = calls("region=us-east-1");
        REGIONS.faults().add(Fault.onAny().in(EAST).error(ErrorType.KMS_INTERNAL, null));
        calls.changes().create(KmsKeyGenParameterSpec.of("ECC_NIST_P256").withUsage("SIGN_VERIFY"));
        assertEquals(2, askedRegions().size());
    }

    /** The SDK corrects its clock with the time in the answer. Then the same Region gets the request again. */
    @Test
    void sign_clockIsWrong_isRepeatedInTheSameRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).error("RequestTimeTooSkewed", 403, "late"));
        sign(calls);
        assertEquals(List.of(EAST, EAST), askedRegions());
    }

    /** An error page that comes from a proxy or a login portal does not show that KMS works again. */
    @Test
    void sign_answerIsNotFromKms_doesNotEndAnOutage() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        REGIONS.faults().clear();
        REGIONS.faults().add(Fault.onAny().in(EAST).response(403, Map.of("Content-Type", "text/html"), PORTAL));
        clock.addAndGet(RegionHealth.PROBE_INTERVAL.toNanos());
        sign(calls);
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(WEST), askedRegions());
    }

    /** Each replica has its own tags. The ARN names the replica in us-east-1. */
    @Test
    void tags_withRegions_areWrittenAndReadInTheRegionOfTheArn() {
        KmsCalls calls = calls("regions=us-west-2,us-east-1;spread=true");
        calls.changes().tag(KeyId.parse(KEY), Map.of("a", "b"));
        assertEquals(Map.of("a", "b"), calls.tags(KeyId.parse(KEY)));
        assertEquals(List.of(EAST, EAST), askedRegions());
    }

    @Test
    void sign_bothRegionsThrottleOnce_triesTheFirstRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=4");
        REGIONS.faults().add(Fault.onAny().in(EAST).throttled());
        REGIONS.faults().add(Fault.onAny().in(WEST).throttled());
        sign(calls);
        assertEquals(List.of(EAST, WEST, EAST), askedRegions());
    }

    /** All threads but one wait for the only connection to the Region, until its outage is known. */
    @Test
    void sign_outageWhileThreadsWaitForAConnection_allUseTheNextRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;max-connections=1;attempt-timeout=1s;call-timeout=10m");
        begin(Outage.SILENT, EAST);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                running.add(threads.submit(() -> {
                    sign(calls);
                    return null;
                }));
            }
            for (Future<?> signing : running) {
                signing.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, askedRegions().stream().filter(Predicate.isEqual(EAST)).count());
    }

    @Test
    void sign_spread_sharesTheRequests() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;spread=true");
        for (int i = 0; i < 4; i++) {
            sign(calls);
        }
        assertEquals(List.of(EAST, WEST, EAST, WEST), askedRegions());
    }

    @Test
    void sign_spreadAndOutage_allSucceedInTheOtherRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;spread=true");
        begin(Outage.RESET, WEST);
        for (int i = 0; i < 4; i++) {
            sign(calls);
        }
        assertEquals(4, askedRegions().stream().filter(Predicate.isEqual(EAST)).count());
    }

    private KmsCalls calls(String settings) {
        Configuration configuration = new Configuration();
        configuration.configure("endpoint=" + REGIONS.endpoint() + ";" + settings);
        KmsSettings parsed = configuration.settings();
        RegionalClients clients = shared.updateAndGet(present -> present != null
                ? present
                : new RegionalClients(
                        ClientOptions.of(parsed),
                        ClientSource.BY_SETTINGS.with(builder -> builder.addExecutionInterceptor(new Redirect())),
                        transport,
                        ClientLog.withoutFailedCalls()));
        return new KmsCalls(parsed, new Requests(parsed, clients, clock::get), false);
    }

    /** Sends the requests for some Regions to another port. */
    private final class Redirect implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            Integer port = otherPorts.get(String.valueOf(attributes.getAttribute(AwsExecutionAttribute.AWS_REGION)));
            return port == null
                    ? context.httpRequest()
                    : context.httpRequest().toBuilder().port(port).build();
        }
    }

    private static void sign(KmsCalls calls) throws GeneralSecurityException {
        SignAnswer answer = calls.sign(
                KeyReference.of(KeyId.parse(KEY)), new SigningInput("ECDSA_SHA_256", MessageType.DIGEST, DIGEST));
        assertTrue(IndependentVerifier.accepts("NONEwithECDSA", PUBLIC_KEY, DIGEST, answer.signature()));
    }

    /** Returns the Regions that got requests so far, in order. */
    private static List<String> askedRegions() {
        return REGIONS.requests().all().stream()
                .map(request -> request.region().orElse(""))
                .toList();
    }
}
