package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Signs with {@code verify-after-sign=always} and with {@code never}, and verifies with the JDK for comparison. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CheckBenchmark {
    private static final byte[] MESSAGE = new byte[1024];

    /** A key spec, its signature algorithm, and the time that the check of a signature may take. */
    public enum Key {
        RSA_2048("SHA256withRSA", 100, ""),
        ECC_NIST_P256("SHA256withECDSA", 0, "secp256r1"),
        ECC_NIST_P384("SHA384withECDSA", 0, "secp384r1"),
        ECC_NIST_EDWARDS25519("Ed25519", 200, ""),
        ML_DSA_65("ML-DSA-65", 300, "");

        private final String algorithm;
        private final int budget;
        private final String curve;

        Key(String algorithm, int budget, String curve) {
            this.algorithm = algorithm;
            this.budget = budget;
            this.curve = curve;
        }

        /**
         * Returns the time that the check may take, in microseconds. If it is 0, the check may take as long as the
         * JDK's own verification.
         */
        int budget() {
            return budget;
        }
    }

    /** A signature engine of the provider. */
    @State(Scope.Thread)
    public static class Signer {
        @Param
        public Key key = Key.RSA_2048;

        @Param({"always", "never"})
        public String check = "";

        private Signature signature;

        /** Opens the key. */
        @Setup
        public void open() throws Exception {
            Provider provider = new KmsProvider().configure("verify-after-sign=" + check);
            KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
            keys.load(null, null);
            signature = Signature.getInstance(key.algorithm, provider);
            signature.initSign((PrivateKey) keys.getKey(KmsProcess.alias(key.name()), null));
        }
    }

    /** An ECDSA engine of the JDK, and a signature to verify. Works only for ECDSA keys. */
    @State(Scope.Thread)
    public static class Verifier {
        @Param
        public Key key = Key.ECC_NIST_P256;

        private Signature signature;
        private byte[] signed;

        /** Creates a key and signs with it. */
        @Setup
        public void open() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
            generator.initialize(new ECGenParameterSpec(key.curve));
            KeyPair pair = generator.generateKeyPair();
            signature = Signature.getInstance(key.algorithm, "SunEC");
            signature.initSign(pair.getPrivate());
            signature.update(MESSAGE);
            signed = signature.sign();
            signature.initVerify(pair.getPublic());
        }
    }

    /** The processor time of the measuring thread. It does not include the emulator, which has its own process. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Processor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        public long nanoseconds;
        public long calls;

        /** Resets the counters. */
        @Setup(Level.Iteration)
        public void reset() {
            nanoseconds = 0;
            calls = 0;
        }

        private void add(long start) {
            nanoseconds += now() - start;
            calls++;
        }

        private static long now() {
            return THREADS.getCurrentThreadCpuTime();
        }
    }

    /** Signs with the provider. */
    @Benchmark
    public byte[] sign(Signer signer, Processor processor) throws GeneralSecurityException {
        long start = Processor.now();
        signer.signature.update(MESSAGE);
        byte[] signature = signer.signature.sign();
        processor.add(start);
        return signature;
    }

    /** Verifies with the JDK. */
    @Benchmark
    public boolean verify(Verifier verifier, Processor processor) throws GeneralSecurityException {
        long start = Processor.now();
        verifier.signature.update(MESSAGE);
        boolean valid = verifier.signature.verify(verifier.signed);
        processor.add(start);
        return valid;
    }
}
