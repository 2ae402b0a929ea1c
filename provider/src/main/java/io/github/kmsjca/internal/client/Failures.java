package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The failed attempts of one operation. Not thread-safe. */
final class Failures {
    private final String operation;
    private final String subject;
    private final Route route;
    private final LongSupplier clock;
    private final Map<String, FailedAttempt> failed = new LinkedHashMap<>();
    private @Nullable FailedAttempt last;

    private @Nullable SdkException toRepeat;

    /** The last error that KMS returned. */
    private @Nullable FailedAttempt lastAnswer;

    /**
     * Creates an empty collection.
     *
     * @param operation the KMS operation, such as {@code Sign}
     * @param subject what it concerns, such as {@code key alias/release}
     * @param route the Regions of the operation
     * @param clock returns the time, as {@link System#nanoTime}
     */
    Failures(String operation, String subject, Route route, LongSupplier clock) {
        this.operation = operation;
        this.subject = subject;
        this.route = route;
        this.clock = clock;
    }

    /** Adds a failed attempt. Returns whether another Region may succeed. */
    boolean add(Target target, SdkException failure) {
        String region = target.regional().region();
        FailedAttempt attempt = new FailedAttempt(failure, target.regional().path());
        FailedAttempt earlier = failed.get(region);
        if (isAnswer(attempt) && !(target.role() == Target.Role.REPLICA && KmsErrors.isNotFound(failure))) {
            lastAnswer = attempt;
        }
        if (earlier == null || isAnswer(attempt) || !isAnswer(earlier)) {
            failed.put(region, attempt);
        }
        boolean isOutage = KmsErrors.isOutage(failure);
        if (route.isFailover()) {
            record(target.health(), attempt, isOutage);
        }
        boolean isWithoutReplica = target.role() == Target.Role.REPLICA && KmsErrors.isNotFound(failure);
        if (toRepeat == null || !isWithoutReplica) {
            toRepeat = failure;
            last = attempt;
        }
        return isOutage || isWithoutReplica;
    }

    /** Returns the failure that decides about another attempt: the last one, except that a replica is missing. */
    SdkException toRepeat() {
        if (toRepeat == null) {
            throw new IllegalStateException("no attempt has failed");
        }
        return toRepeat;
    }

    private static boolean isAnswer(FailedAttempt attempt) {
        return attempt.failure() instanceof AwsServiceException;
    }

    private void record(RegionHealth health, FailedAttempt attempt, boolean isOutage) {
        if (isOutage) {
            boolean isThrottled =
                    attempt.failure() instanceof AwsServiceException answer && answer.isThrottlingException();
            health.fail(text(attempt), isThrottled, clock.getAsLong());
        } else if (isAnswer(attempt)) {
            health.answer();
        }
    }

    private String text(FailedAttempt attempt) {
        return String.valueOf(KmsErrors.exception("", operation, attempt).getMessage());
    }

    /** Returns the exception for a failure outside an attempt. */
    KmsException exception(SdkException failure) {
        return KmsErrors.exception(prefix(), operation, FailedAttempt.of(failure));
    }

    private String prefix() {
        return "KMS " + operation + " for " + subject + " failed: ";
    }

    /**
     * Returns the exception for the operation.
     *
     * @param isTimeUp whether the time limit of the operation ended the last attempt. An earlier error of KMS then says
     *     more than the last failure.
     */
    KmsException exception(boolean isTimeUp) {
        FailedAttempt telling = isTimeUp && lastAnswer != null ? lastAnswer : last;
        if (telling == null) {
            throw new IllegalStateException("no attempt has failed");
        }
        if (failed.size() + route.skipped().size() == 1) {
            return KmsErrors.exception(prefix(), operation, telling);
        }
        StringJoiner regions = new StringJoiner("; ");
        failed.forEach((region, attempt) -> regions.add(region + ": " + text(attempt)));
        route.skipped().forEach((region, reason) -> regions.add(region + " (not tried again): " + reason));
        KmsException main = KmsErrors.exception("", operation, telling);
        return new KmsException(
                prefix() + regions,
                new KmsException.Failure(
                        main.code(),
                        main.httpStatus().orElse(0),
                        main.requestId().orElse(null),
                        main.isRetryable()),
                main.getCause());
    }
}
