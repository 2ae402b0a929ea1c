package io.github.kmsjca.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.fault.FaultedOperation.PreparedOperation;
import io.github.kmsjca.conformance.fault.Outcome.Kind;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that operations end with a documented exception, instead of waiting forever, if the service does not answer or
 * stops in the middle of an answer. Afterwards, the operations must work again.
 */
class StalledAnswerTest {
    /** Without a fault, an operation takes some milliseconds, so only a stalled answer reaches these limits. */
    private static final String LIMITS = "attempts=1;attempt-timeout=10s;call-timeout=10s";

    @AutoClose
    private static final Target TARGET = Target.open();

    static Stream<Arguments> faults() {
        List<Arguments> all = List.of(
                Arguments.of("no answer", (Function<Fault.Match, Fault>) Fault.Match::silence),
                Arguments.of("no answer, but the operation runs", (Function<Fault.Match, Fault>)
                        match -> match.afterOperation().silence()),
                Arguments.of("answer that stops in the middle", (Function<Fault.Match, Fault>) Fault.Match::stall));
        // for the provider, the first two are the same
        return SuiteExtent.everyNth(all, 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void allOperationsAtOnce_stalledAnswer_endWithADocumentedException(String name, Function<Fault.Match, Fault> fault)
            throws Exception {
        try (Providers providers = new Providers(TARGET, LIMITS)) {
            Map<FaultedOperation, PreparedOperation> allPrepared = new LinkedHashMap<>();
            for (FaultedOperation operation : operations()) {
                allPrepared.put(operation, operation.preparation().prepare(providers));
            }
            disturb(allPrepared, fault);
            allPrepared.forEach((operation, prepared) -> assertEquals(
                    Kind.RIGHT_RESULT, Outcome.of(operation, prepared).kind(), () -> operation + " after the fault"));
        }
    }

    /** Runs all operations at once with a fault, and checks that each ends with a documented exception. */
    private static void disturb(
            Map<FaultedOperation, PreparedOperation> allPrepared, Function<Fault.Match, Fault> fault) throws Exception {
        KmsEmulator emulator = TARGET.faultFreeEmulator();
        emulator.faults().add(fault.apply(Fault.onAny().always()));
        ExecutorService threads = Executors.newFixedThreadPool(allPrepared.size());
        try {
            Map<FaultedOperation, Future<Outcome>> outcomes = new LinkedHashMap<>();
            allPrepared.forEach((operation, prepared) ->
                    outcomes.put(operation, threads.submit(() -> Outcome.of(operation, prepared))));
            for (Map.Entry<FaultedOperation, Future<Outcome>> outcome : outcomes.entrySet()) {
                Outcome ended = outcome.getValue().get(1, TimeUnit.MINUTES);
                assertEquals(Kind.DOCUMENTED_EXCEPTION, ended.kind(), () -> outcome.getKey() + ": " + ended);
            }
        } finally {
            threads.shutdown();
            emulator.faults().clear();
        }
    }

    private static List<FaultedOperation> operations() {
        return FaultedOperation.all(TARGET, Trial.named(TARGET, Set.of("SHA256withECDSA ECC_NIST_P256")))
                // deleteKey would fail at its request CreateKey, and it treats that exception as a wrong result
                .filter(operation -> !operation.answer().kmsOperation().equals("ScheduleKeyDeletion"))
                .toList();
    }
}
