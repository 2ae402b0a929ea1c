package io.github.kmsjca.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.emulator.control.Fault;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Signs for some minutes with 64 threads. During this time, 5 % of the requests fail and 1 % of the signatures are
 * altered. Runs only with the profile {@code soak}, and prints its counts.
 */
class AnswerSoak {
    private static final int THREADS = 64;
    private static final int FAULTS_PER_THOUSAND = 50;
    private static final int ALTERED_PER_THOUSAND = 10;
    private static final long SECONDS = Long.getLong("kms.soak.seconds", 180);
    private static final List<Fault> FAULTS = List.of(
            Fault.on("Sign").reset(),
            Fault.on("Sign").afterOperation().reset(),
            Fault.on("Sign").breakOff(),
            Fault.on("Sign").throttled(),
            Fault.on("Sign").error("KMSInternalException", 500, null),
            Fault.on("Sign").error("DependencyTimeoutException", 503, "later"),
            Fault.on("Sign").accessDenied(),
            Fault.on("Sign").response(502, Map.of(), "<html></html>".getBytes(StandardCharsets.UTF_8)),
            Fault.on("Sign").rewrite(body -> "{}"));

    private final LongAdder right = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder altered = new LongAdder();

    @Test
    void sign_withFaultsAndAlteredAnswers_returnsOnlyRightSignaturesAndLeaksNothing() throws Exception {
        try (Target target = Target.open()) {
            List<Trial> trials = AlteredAnswersTest.trials(target).toList();
            Provider provider = target.provider("");
            // a shorter run first, so that "before" includes the threads and memory that stay in use
            State before = run(target, provider, trials, Math.max(1, SECONDS / 10));
            State after = run(target, provider, trials, SECONDS);
            System.out.println("Soak: " + right + " right signatures, " + wrong + " wrong, " + refused + " refused, "
                    + altered + " altered by the service; before " + before + ", after " + after);
            assertEquals(0, wrong.sum());
            assertTrue(right.sum() > 1000 && altered.sum() > 10);
            assertTrue(after.threads <= before.threads + 2, "the number of threads has grown");
            assertTrue(after.megabytes <= before.megabytes + 20, "the heap has grown");
        }
    }

    /** Signs with all threads for some seconds. Returns the state of the JVM afterwards. */
    private State run(Target target, Provider provider, List<Trial> trials, long seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = IntStream.range(0, THREADS)
                .<Future<?>>mapToObj(index -> threads.submit(() -> {
                    sign(target, provider, trials.get(index % trials.size()), new SplittableRandom(index), end);
                    return null;
                }))
                .toList();
        for (Future<?> task : running) {
            task.get();
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
        target.faultFreeEmulator();
        return State.now();
    }

    private void sign(Target target, Provider provider, Trial trial, SplittableRandom random, long end)
            throws GeneralSecurityException {
        Signature engine = trial.row().engine(provider);
        engine.initSign(Target.handle(provider, trial.key().arn()));
        byte[] message = trial.message();
        while (System.nanoTime() < end) {
            addFault(target, random);
            engine.update(message);
            try {
                if (trial.accepts(message, engine.sign())) {
                    right.increment();
                } else {
                    wrong.increment();
                }
            } catch (SignatureException e) {
                refused.increment();
            }
        }
    }

    /** Mostly does nothing. Otherwise, adds a fault for one of the next requests. */
    private void addFault(Target target, SplittableRandom random) {
        int number = random.nextInt(1000);
        if (number < ALTERED_PER_THOUSAND) {
            altered.increment();
            int position = random.nextInt(1 << 20);
            target.emulator()
                    .orElseThrow()
                    .faults()
                    .add(Fault.on("Sign").rewrite(body -> AlteredAnswersTest.altered(body, position)));
        } else if (number < ALTERED_PER_THOUSAND + FAULTS_PER_THOUSAND) {
            target.emulator().orElseThrow().faults().add(FAULTS.get(number % FAULTS.size()));
        }
    }

    /** The number of threads of this JVM, and how much of its heap is in use. */
    private record State(int threads, long megabytes) {
        static State now() throws InterruptedException {
            System.gc();
            return new State(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        }
    }
}
