package io.github.kmsjca.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.fault.FaultedOperation.PreparedOperation;
import io.github.kmsjca.conformance.fault.FaultedOperation.Trait;
import io.github.kmsjca.conformance.fault.Outcome.Kind;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.FaultAction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Disturbs every operation with almost every fault ({@link FaultedOperation#isDisturbedBy}). The operation must return
 * a right result or throw a documented exception. A wrong result is allowed only if the provider cannot detect it, such
 * as a wrong plaintext. If the provider can detect that an answer is altered, it must refuse the answer, even if the
 * result is right. The operation must send the expected number of requests. After the fault, it must work again.
 *
 * <p>With the system property {@code kms.suite.whole}, every signature algorithm signs with every key spec that fits.
 * Otherwise, each way of signing is tested once. Also, a usual run disturbs each operation with all faults of kind
 * {@link AnswerFault.Kind#REWRITTEN} and with a quarter of the others. Each of the others disturbs a quarter of the
 * operations.
 */
class AnswerFaultTest {
    /** The setting {@code attempts}. */
    static final int ATTEMPTS = 2;

    /** Even on a busy machine, no answer takes a minute, so no request is repeated because of a timeout. */
    private static final String LIMITS = "attempts=" + ATTEMPTS + ";attempt-timeout=1m;call-timeout=2m";

    /** The trials of a usual run: one for each way of signing. */
    private static final Set<String> ONE_OF_EACH_KIND = Set.of(
            "SHA256withRSA RSA_2048",
            "SHA256withRSA/PSS RSA_2048",
            "SHA256withECDSA ECC_NIST_P256",
            "SHA256withECDSAinP1363Format ECC_SECG_P256K1",
            "Ed25519 ECC_NIST_EDWARDS25519",
            "ML-DSA-65 ML_DSA_65",
            "SM3withSM2 SM2");

    @AutoClose
    private static final Target TARGET = Target.open();

    /** In a usual run, of the faults that do not always run, every n-th disturbs an operation. */
    private static final int FAULT_STEP = 4;

    private static final Map<Kind, Integer> COUNTS = new EnumMap<>(Kind.class);

    @AfterAll
    static void printCounts() {
        System.out.println("Faults by outcome: " + COUNTS);
    }

    /** Returns the operations, each with its number. */
    static Stream<Arguments> operations() {
        TARGET.faultFreeEmulator();
        Stream<Trial> trials = SuiteExtent.isWhole() ? Trial.forThisRun(TARGET) : Trial.named(TARGET, ONE_OF_EACH_KIND);
        List<FaultedOperation> all = FaultedOperation.all(TARGET, trials).toList();
        return IntStream.range(0, all.size()).mapToObj(number -> Arguments.of(all.get(number), number));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void operation_fault_givesARightResultOrADocumentedException(FaultedOperation operation, int number)
            throws Exception {
        List<AnswerFault> faults =
                faultsOfThisRun(number).filter(operation::isDisturbedBy).toList();
        List<String> problems = new ArrayList<>();
        try (Providers providers = new Providers(TARGET, LIMITS)) {
            PreparedOperation prepared = operation.preparation().prepare(providers);
            for (AnswerFault fault : faults) {
                if (operation.traits().contains(Trait.CACHED)) {
                    prepared = operation.preparation().prepare(providers);
                }
                disturb(operation, fault, prepared).ifPresent(problem -> problems.add(fault + ": " + problem));
            }
        }
        assertEquals(List.of(), problems, () -> String.join("\n", problems));
    }

    /**
     * Returns the faults that this run uses for the operation with a number. A fault that rewrites the text around the
     * result always runs, because what the provider must refuse differs between the operations.
     */
    private static Stream<AnswerFault> faultsOfThisRun(int number) {
        List<AnswerFault> all = AnswerFault.all();
        return IntStream.range(0, all.size())
                .filter(index -> SuiteExtent.isWhole()
                        || all.get(index).kind() == AnswerFault.Kind.REWRITTEN
                        || index % FAULT_STEP == number % FAULT_STEP)
                .mapToObj(all::get);
    }

    /** Returns the same fault, but one that sets {@code rewritten} if it changes the body of an answer. */
    private static Fault recording(AtomicBoolean rewritten, Fault fault) {
        if (!(fault.action() instanceof FaultAction.Rewrite rewrite)) {
            return fault;
        }
        return fault.match().rewrite(body -> {
            String changed = rewrite.change().apply(body);
            if (!changed.equals(body)) {
                rewritten.set(true);
            }
            return changed;
        });
    }

    /** Runs an operation with a fault, and then without the fault. Returns the problem, if there is one. */
    private static Optional<String> disturb(FaultedOperation operation, AnswerFault fault, PreparedOperation prepared) {
        KmsEmulator emulator = TARGET.faultFreeEmulator();
        AtomicBoolean rewritten = new AtomicBoolean();
        emulator.faults()
                .add(recording(
                        rewritten,
                        fault.create()
                                .apply(
                                        Fault.on(operation.answer().kmsOperation())
                                                .always(),
                                        operation.answer().result())));
        Outcome outcome = Outcome.of(operation, prepared);
        int requests = emulator.requests().of(operation.answer().kmsOperation()).size();
        emulator.faults().clear();
        if (outcome.kind() == Kind.RIGHT_RESULT && rewritten.get() && operation.mustRefuse(fault)) {
            return Optional.of("an altered answer was accepted");
        }
        if (outcome.kind() == Kind.WRONG_RESULT && !operation.detects(fault)) {
            outcome = new Outcome(Kind.UNVERIFIABLE_RESULT, "");
        }
        COUNTS.merge(outcome.kind(), 1, Integer::sum);
        if (outcome.isProblem()) {
            return Optional.of(outcome.toString());
        }
        if (requests != operation.requests(fault)) {
            return Optional.of(requests + " requests instead of " + operation.requests(fault) + " (" + outcome + ")");
        }
        Outcome after = Outcome.of(operation, prepared);
        return after.kind() == Kind.RIGHT_RESULT ? Optional.empty() : Optional.of("after the fault: " + after);
    }
}
