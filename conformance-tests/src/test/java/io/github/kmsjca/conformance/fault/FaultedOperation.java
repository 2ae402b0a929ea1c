package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.fault.AnswerFault.Kind;
import io.github.kmsjca.conformance.signature.Trial;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An operation of the provider that calls KMS, for tests that disturb a KMS answer.
 *
 * @param answer the KMS answer that faults disturb
 * @param traits what is special about the operation
 * @param documented the exceptions that the operation may throw
 * @param preparation prepares the operation while there is no fault
 */
record FaultedOperation(
        String name,
        Answer answer,
        Set<Trait> traits,
        List<Class<? extends Exception>> documented,
        Preparation preparation) {

    /**
     * The answer that faults disturb.
     *
     * @param kmsOperation the KMS operation
     * @param result the JSON member that has the result as binary data, or {@code none}
     */
    record Answer(String kmsOperation, String result) {
        private static final String NO_RESULT = "none";

        static Answer withoutResult(String kmsOperation) {
            return new Answer(kmsOperation, NO_RESULT);
        }

        boolean hasResult() {
            return !result.equals(NO_RESULT);
        }
    }

    /** What is special about an operation. */
    enum Trait {
        /** The provider can detect wrong bits in the result. */
        VERIFIED,
        /** The provider can detect a result of another length. */
        FIXED_LENGTH,
        /**
         * The operation uses a new key. If KMS does not know the key yet, the provider repeats the request.
         * KmsKeyPairGeneratorTest and KeyGenParametersTest test such answers, so {@link AnswerFaultTest} leaves them
         * out.
         */
        NEW_KEY,
        /**
         * The right answer has no content. The provider refuses an answer with content, and does not repeat the
         * request.
         */
        NO_OUTPUT,
        /** The provider caches a right result, so each fault needs a new provider. */
        CACHED
    }

    /** Prepares an operation, while there is no fault. */
    @FunctionalInterface
    interface Preparation {
        PreparedOperation prepare(Providers providers) throws Exception;
    }

    /** An operation that can run any number of times, with or without a fault. */
    @FunctionalInterface
    interface PreparedOperation {
        /** Runs the operation. Returns whether the result is right. */
        boolean run() throws Exception;
    }

    /** Returns a signing operation for each trial, and all other operations. */
    static Stream<FaultedOperation> all(Target target, Stream<Trial> signing) {
        return Stream.of(
                        EngineOperations.signatures(signing),
                        EngineOperations.others(target),
                        KeyStoreOperations.all(target),
                        KeyCreations.all(target))
                .flatMap(operations -> operations);
    }

    /**
     * Returns whether {@link AnswerFaultTest} disturbs this operation with a fault. If the answer has no result, the
     * test leaves out faults that change the result. If the key is new, it leaves out faults that make the provider
     * wait.
     */
    boolean isDisturbedBy(AnswerFault fault) {
        boolean changesResult = fault.name().startsWith(AnswerFault.RESULT_PREFIX);
        if (changesResult && !answer.hasResult()) {
            return false;
        }
        return !(traits.contains(Trait.NEW_KEY) && seemsUnknown(fault));
    }

    /** Returns whether the fault makes the provider wait, because KMS seems not to know the new key yet. */
    private boolean seemsUnknown(AnswerFault fault) {
        return fault.name().startsWith("NotFound")
                || fault.name().startsWith("KMSInvalidState")
                || (isOtherKey(fault) && answer.kmsOperation().equals("CreateKey"));
    }

    /** Returns whether the fault makes the answer name another key. */
    private static boolean isOtherKey(AnswerFault fault) {
        return fault.name().equals("other key") || fault.name().equals("other account");
    }

    /** Returns whether the provider can detect what a fault changes. */
    boolean detects(AnswerFault fault) {
        return switch (fault.kind()) {
            case UNUSABLE, UNPARSABLE, REWRITTEN -> true;
            case LENGTH -> traits.contains(Trait.FIXED_LENGTH);
            case VALUE -> traits.contains(Trait.VERIFIED);
        };
    }

    /**
     * Returns whether the provider must refuse an answer that a fault has changed. It need not refuse a ListAliases
     * answer that names another key, because a list of aliases can name any key.
     */
    boolean mustRefuse(AnswerFault fault) {
        return detects(fault) && !(isOtherKey(fault) && answer.kmsOperation().equals("ListAliases"));
    }

    /** Returns how often the operation requests the disturbed {@link #answer} during a fault. */
    int requests(AnswerFault fault) {
        // the provider does not repeat a request that may have created a key, because that could create another key
        boolean mayHaveCreated = answer.kmsOperation().equals("CreateKey") && !fault.isReportedByKms();
        // if the right answer has no content, the provider parses no answer
        boolean isNotParsed =
                traits.contains(Trait.NO_OUTPUT) && (fault.kind() == Kind.UNPARSABLE || fault.kind() == Kind.REWRITTEN);
        boolean isSentOnce = !fault.retried() || mayHaveCreated || isNotParsed;
        return isSentOnce ? 1 : AnswerFaultTest.ATTEMPTS;
    }

    @Override
    public String toString() {
        return name;
    }
}
