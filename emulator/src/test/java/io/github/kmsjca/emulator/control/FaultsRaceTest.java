package io.github.kmsjca.emulator.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tests that a fault affects the right number of requests when many threads send requests. */
class FaultsRaceTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    @Test
    void take_eightThreadsAtOnce_returnsEachFaultAsOftenAsItsCount() throws Exception {
        Faults faults = new Faults();
        // adds a fault before each round, when no thread calls take
        CyclicBarrier allReady = new CyclicBarrier(
                THREADS, () -> faults.add(Fault.on("Sign").times(2).error(ErrorType.THROTTLING, "text")));
        Callable<Integer> task = () -> {
            int affected = 0;
            for (int i = 0; i < ROUNDS; i++) {
                allReady.await();
                affected += faults.take("Sign", "us-east-1", List.of()).size();
            }
            return affected;
        };
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        int affected = 0;
        for (Future<Integer> result : pool.invokeAll(Collections.nCopies(THREADS, task))) {
            affected += result.get();
        }
        pool.shutdown();
        assertEquals(2 * ROUNDS, affected);
        assertEquals(0, faults.size());
    }
}
