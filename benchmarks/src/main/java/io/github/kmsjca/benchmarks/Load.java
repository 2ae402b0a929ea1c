package io.github.kmsjca.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of signatures, made by several threads.
 *
 * @param kind the kind of the threads
 * @param threads the number of threads
 * @param signatures the number of signatures of all threads together
 */
record Load(ThreadKind kind, int threads, int signatures) {
    /** The message to sign. It is as long as a SHA-256 digest. */
    static final byte[] MESSAGE = new byte[32];

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS_PER_MICROSECOND = 1000;

    /** The share of the signatures that are faster than {@link Speed#percentile99}. */
    private static final double PERCENTILE_99 = 0.99;

    /** Returns the number and kind of the threads, such as {@code 64 platform threads}. */
    String threadsText() {
        return threads + " " + kind.name().toLowerCase(Locale.ROOT) + (threads == 1 ? " thread" : " threads");
    }

    /** Reads the text of {@link #toString}. */
    static Load parse(String text) {
        String[] words = text.split(" ", -1);
        return new Load(ThreadKind.valueOf(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    @Override
    public String toString() {
        return kind + " " + threads + " " + signatures;
    }

    /**
     * Reads loads from standard input, one in each line, until the input ends. Runs each load, and prints its
     * {@link Speed}.
     *
     * @param signers creates the signer of one thread, which makes one signature in each call
     */
    static void serve(Callable<Callable<byte[]>> signers) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(parse(line).run(signers));
        }
    }

    private Speed run(Callable<Callable<byte[]>> signers) throws Exception {
        long[] times = new long[signatures];
        AtomicInteger next = new AtomicInteger();
        Callable<@Nullable Void> thread = () -> sign(signers.call(), next, times);
        ExecutorService executor = kind.executor(threads);
        try {
            long processor = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            for (Future<@Nullable Void> end : executor.invokeAll(Collections.nCopies(threads, thread))) {
                end.get();
            }
            double duration = System.nanoTime() - start;
            processor = SYSTEM.getProcessCpuTime() - processor;
            Arrays.sort(times);
            return new Speed(
                    signatures * TimeUnit.SECONDS.toNanos(1) / duration,
                    times[signatures / 2] / NANOS_PER_MICROSECOND,
                    times[(int) (signatures * PERCENTILE_99)] / NANOS_PER_MICROSECOND,
                    processor / NANOS_PER_MICROSECOND / signatures);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Makes signatures until all threads together have made enough. */
    private static @Nullable Void sign(Callable<byte[]> signer, AtomicInteger next, long[] times) throws Exception {
        for (int index = next.getAndIncrement(); index < times.length; index = next.getAndIncrement()) {
            long start = System.nanoTime();
            int length = signer.call().length;
            times[index] = System.nanoTime() - start;
            if (length == 0) {
                throw new IOException("a signature is empty");
            }
        }
        return null;
    }
}
