package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Signs a message of one kilobyte, with the provider and with an SDK client. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignBenchmark {
    private static final byte[] MESSAGE = new byte[1024];

    /** The provider and its key, shared by all threads. */
    @State(Scope.Benchmark)
    public static class ProviderState {
        @Param
        public SigningKey key = SigningKey.ECC_NIST_P256;

        // without the check of each signature, which CheckBenchmark measures
        private final Provider provider = new KmsProvider().configure("verify-after-sign=never");
        private PrivateKey handle;

        /** Opens the key. */
        @Setup
        public void open() throws Exception {
            KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
            keys.load(null, null);
            handle = (PrivateKey) keys.getKey(key.alias(), null);
        }
    }

    /** An engine for each thread. All signatures of the thread use it. */
    @State(Scope.Thread)
    public static class EngineState {
        private Signature signature;

        /** Creates the engine. */
        @Setup
        public void open(ProviderState shared) throws GeneralSecurityException {
            signature = Signature.getInstance(shared.key.jcaName(), shared.provider);
            signature.initSign(shared.handle);
        }
    }

    /** An SDK client with the provider's default time limits, number of attempts and number of connections. */
    @State(Scope.Benchmark)
    public static class ClientState {
        @Param
        public SigningKey key = SigningKey.ECC_NIST_P256;

        private KmsClient client;
        private ClientSigner signer;

        /** Builds the client. */
        @Setup
        public void open() {
            client = KmsClient.builder()
                    .httpClientBuilder(Apache5HttpClient.builder().maxConnections(ClientLoad.CONNECTIONS))
                    .credentialsProvider(DefaultCredentialsProvider.builder().build())
                    .overrideConfiguration(override -> override.apiCallTimeout(Duration.ofSeconds(15))
                            .apiCallAttemptTimeout(Duration.ofSeconds(5))
                            .retryStrategy(retries -> retries.maxAttempts(4)))
                    .build();
            signer = ClientSigner.of(client, key);
        }

        /** Closes the client. */
        @TearDown
        public void close() {
            client.close();
        }
    }

    /** Signs through the JCA. */
    @Benchmark
    public byte[] provider(EngineState state) throws GeneralSecurityException {
        state.signature.update(MESSAGE);
        return state.signature.sign();
    }

    /** Signs with the SDK client, as a program without the provider does. */
    @Benchmark
    public byte[] client(ClientState state) throws GeneralSecurityException {
        return state.signer.sign(MESSAGE);
    }
}
