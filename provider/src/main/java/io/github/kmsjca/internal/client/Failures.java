package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.key.KmsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The failed attempts of one operation. Not thread-safe. */
final class Failures {
    private final String operation;
    private final String subject;
    private final Route route;
    private final LongSupplier clock;
    private final Map<RegionalClient, FailedAttempt> failed = new LinkedHashMap<>();

    /** The last failure other than a missing replica. */
    private @Nullable FailedAttempt last;

    private @Nullable FailedAttempt missingReplica;

    /** The last error that KMS returned, except that a replica does not exist. */
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

    /** Returns the Regions of the operation. */
    Route route() {
        return route;
    }

    /** Returns the time by the clock of the circuit breakers. */
    long now() {
        return clock.getAsLong();
    }

    /** Returns whether the Region of an operation with several Regions has failed. */
    boolean isOutage(Target target) {
        return route.isFailover() && target.health().isOpen(now());
    }

    /** Remembers an outage of the Region, or that it answers. */
    void record(Target target, SdkException failure) {
        if (!route.isFailover() || failure instanceof OutOfTimeException) {
            return;
        }
        if (KmsErrors.isOutage(failure)) {
            boolean isThrottled = failure instanceof AwsServiceException answer && answer.isThrottlingException();
            target.health().fail(text(attempt(target, failure)), isThrottled, now());
        } else if (KmsErrors.isFromKms(failure)) {
            target.health().answer();
        }
    }

    private static FailedAttempt attempt(Target target, SdkException failure) {
        return new FailedAttempt(failure, target.regional().path());
    }

    /** Adds a failed attempt. */
    void add(Target target, SdkException failure) {
        FailedAttempt attempt = attempt(target, failure);
        boolean isAnswer = KmsErrors.isFromKms(failure);
        FailedAttempt earlier = failed.get(target.regional());
        if (earlier == null || isAnswer || !KmsErrors.isFromKms(earlier.failure())) {
            failed.put(target.regional(), attempt);
        }
        if (!target.hasNoReplica(failure)) {
            last = attempt;
            lastAnswer = isAnswer ? attempt : lastAnswer;
        } else if (last == null) {
            missingReplica = attempt;
        }
    }

    /** Returns the failure that decides whether the Regions are tried once more. */
    SdkException toRepeat() {
        return requireLast().failure();
    }

    /** Returns the last failure other than a missing replica, or a missing replica if there is no other failure. */
    private FailedAttempt requireLast() {
        FailedAttempt telling = last == null ? missingReplica : last;
        if (telling == null) {
            throw new ProviderBug("no attempt has failed");
        }
        return telling;
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
     * @param isTimeUp whether the time limit of the operation ended the last attempt. An earlier error from KMS then says
     *     more than the last failure.
     */
    KmsException exception(boolean isTimeUp) {
        FailedAttempt telling = isTimeUp && lastAnswer != null ? lastAnswer : requireLast();
        Map<String, String> reasons = reasons();
        if (reasons.size() <= 1) {
            return KmsErrors.exception(prefix(), operation, telling);
        }
        StringJoiner regions = new StringJoiner("; ");
        reasons.forEach((region, reason) -> regions.add(region + reason));
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

    /** Returns why each Region failed or was not tried. */
    private Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        failed.forEach((regional, attempt) -> reasons.put(regional.region(), ": " + text(attempt)));
        Stream.concat(route.targets().stream(), route.skipped().stream())
                .map(Target::regional)
                .filter(regional -> !failed.containsKey(regional))
                .forEach(regional -> regional.health()
                        .reason(now())
                        .ifPresent(reason -> reasons.put(regional.region(), " (not tried again): " + reason)));
        return reasons;
    }
}
