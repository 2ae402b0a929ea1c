package io.github.kmsjca.internal.client;

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
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Three emulated Regions for tests of outages. A test begins and ends outages, advances the clock of the circuit
 * breakers, and sees which Regions got requests.
 */
abstract class ThreeRegions {
    static final String EAST = "us-east-1";
    static final String WEST = "us-west-2";
    static final String NORTH = "eu-north-1";

    /** The emulator. It is never closed, because several test classes share it. */
    static final KmsEmulator REGIONS =
            KmsEmulator.start(EmulatorOptions.defaults().withRegions(List.of(EAST, WEST, NORTH)));

    /** A key of us-east-1 that has a replica in us-west-2 and none in eu-north-1. */
    static final String KEY = REGIONS.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");

    private static final PublicKey PUBLIC_KEY = publicKey();
    private static final byte[] DIGEST = new byte[32];

    private static PublicKey publicKey() {
        REGIONS.replicateKey(KEY, WEST);
        Provider provider = new KmsProvider().configure("endpoint=" + REGIONS.endpoint());
        return TestKms.publicKey(TestKms.key(provider, KEY));
    }

    /** The clock of the circuit breakers. */
    private final AtomicLong clock = new AtomicLong();

    private final Transport transport = new Transport();

    /** The clients that all {@link #calls} of a test share, because the circuit breakers belong to the clients. */
    private @Nullable RegionalClients shared;

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

    /**
     * What can happen to a Region. With {@code REFUSED} and {@code BLACK_HOLE}, its requests go to another port than
     * the emulator's. The other constants are faults of the emulator.
     */
    enum Outage {
        REFUSED(null),
        BLACK_HOLE(null),
        SILENT(match -> match.silence()),
        RESET(match -> match.reset()),
        BROKEN_OFF(match -> match.breakOff()),
        STALLED(match -> match.stall()),
        THROTTLED(match -> match.throttled()),
        INTERNAL_ERROR(match -> match.error(ErrorType.KMS_INTERNAL, null)),
        UNAVAILABLE(match -> match.error(ErrorType.KEY_UNAVAILABLE, null));

        // the functions are stateless, which Error Prone cannot see
        @SuppressWarnings("ImmutableEnumChecker")
        private final @Nullable Function<Fault.Match, Fault> fault;

        Outage(@Nullable Function<Fault.Match, Fault> fault) {
            this.fault = fault;
        }

        /** Returns whether the emulator gets no request. */
        boolean stopsBeforeTheEmulator() {
            return fault == null;
        }
    }

    /** Begins an outage. It lasts until {@link #endOutages} or the end of the test. */
    void begin(Outage outage, String region) throws IOException {
        if (outage.fault != null) {
            REGIONS.faults().add(outage.fault.apply(Fault.onAny().in(region).always()));
        } else {
            otherPorts.put(region, outage == Outage.REFUSED ? closedPort() : blackHolePort());
        }
    }

    void endOutages() {
        REGIONS.faults().clear();
        otherPorts.clear();
    }

    /** Clears the request log, and advances the clock so far that a failed Region may get a request again. */
    void clearRequestsAndAdvanceToProbe() {
        clock.addAndGet(RegionHealth.PROBE_INTERVAL.toNanos());
        REGIONS.requests().clear();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns a port that never completes a TCP connection, because its queue of connections is full. */
    private int blackHolePort() throws IOException {
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

    /**
     * Returns KMS calls with these settings. All calls of a test share the clients, which get the settings from the
     * first use of this method in the test.
     */
    KmsCalls calls(String settings) {
        Configuration configuration = new Configuration();
        configuration.configure("endpoint=" + REGIONS.endpoint() + ";" + settings);
        KmsSettings parsed = configuration.settings();
        return new KmsCalls(parsed, new Requests(parsed, clients(parsed), clock::get), false);
    }

    private RegionalClients clients(KmsSettings settings) {
        RegionalClients clients = shared;
        if (clients == null) {
            clients = new RegionalClients(
                    ClientOptions.of(settings),
                    ClientSource.BY_SETTINGS.with(builder -> builder.addExecutionInterceptor(new Redirect())),
                    transport,
                    ClientLog.withoutFailedCalls());
            shared = clients;
        }
        return clients;
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

    /** Signs a digest with {@link #KEY}, and checks the signature. */
    static void sign(KmsCalls calls) throws GeneralSecurityException {
        SignAnswer answer = calls.sign(
                KeyReference.of(KeyId.parse(KEY)), new SigningInput("ECDSA_SHA_256", MessageType.DIGEST, DIGEST));
        assertTrue(IndependentVerifier.accepts("NONEwithECDSA", PUBLIC_KEY, DIGEST, answer.signature()));
    }

    /** Returns the Regions that got requests since the request log was cleared, in order. */
    static List<String> askedRegions() {
        return REGIONS.requests().all().stream()
                .map(request -> request.region().orElse(""))
                .toList();
    }
}
