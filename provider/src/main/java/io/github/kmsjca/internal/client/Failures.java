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
    private final Map<RegionalClient, FailedAttempt> failedByRegion = new LinkedHashMap<>();

    /** The last failure other than a missing replica. */
    private @Nullable FailedAttempt last;

    /** The last attempt in a Region that has no replica of the key. */
    private @Nullable FailedAttempt missingReplica;

    /** The last error that KMS returned, other than a missing replica. */
    private @Nullable FailedAttempt lastAnswer;

    /**
     * Creates an empty collection.
     *
     * @param operation the KMS operation, such as {@code Sign}
     * @param subject what the operation concerns, such as {@code key alias/release}
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

    /** Returns whether the Region has an outage. Always false if the operation has only one Region. */
    boolean hasOutage(Target target) {
        return route.isFailover() && target.health().isOpen(now());
    }

    /**
     * Updates the circuit breaker of the Region: an outage opens the breaker, an error from KMS that is not an outage
     * closes it, and any other failure changes nothing. Does nothing if the operation has only one Region, or if the
     * operation's own time limit ended the attempt.
     */
    void updateBreaker(Target target, SdkException failure) {
        if (!route.isFailover() || failure instanceof OutOfTimeException) {
            return;
        }
        if (KmsErrors.isOutage(failure)) {
            boolean isThrottled = failure instanceof AwsServiceException answer && answer.isThrottlingException();
            target.health().recordOutage(text(attempt(target, failure)), isThrottled, now());
        } else if (KmsErrors.isFromKms(failure)) {
            target.health().recordAnswer();
        }
    }

    private static FailedAttempt attempt(Target target, SdkException failure) {
        return new FailedAttempt(failure, target.regional().path());
    }

    /** Adds a failed attempt. */
    void add(Target target, SdkException failure) {
        FailedAttempt attempt = attempt(target, failure);
        boolean isAnswer = KmsErrors.isFromKms(failure);
        // an error from KMS says more than a later failure without an answer
        FailedAttempt earlier = failedByRegion.get(target.regional());
        if (earlier == null || isAnswer || !KmsErrors.isFromKms(earlier.failure())) {
            failedByRegion.put(target.regional(), attempt);
        }
        if (target.hasNoReplica(failure)) {
            missingReplica = attempt;
            return;
        }
        last = attempt;
        if (isAnswer) {
            lastAnswer = attempt;
        }
    }

    /** Returns the {@linkplain #requireLast last failure}, which decides whether the Regions are tried once more. */
    SdkException lastFailure() {
        return requireLast().failure();
    }

    /** Returns the last failure. A missing replica counts only if there is no other failure. */
    private FailedAttempt requireLast() {
        FailedAttempt found = last == null ? missingReplica : last;
        if (found == null) {
            throw new ProviderBug("no attempt has failed");
        }
        return found;
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
     * @param isTimeUp whether the operation ends because of its time limit. An earlier error from KMS then says more
     *     than the last failure.
     */
    KmsException exception(boolean isTimeUp) {
        FailedAttempt cause = isTimeUp && lastAnswer != null ? lastAnswer : requireLast();
        Map<String, String> reasons = reasons();
        if (reasons.size() <= 1) {
            return KmsErrors.exception(prefix(), operation, cause);
        }
        StringJoiner regions = new StringJoiner("; ");
        reasons.forEach((region, reason) -> regions.add(region + reason));
        KmsException main = KmsErrors.exception("", operation, cause);
        return new KmsException(
                prefix() + regions,
                new KmsException.Failure(
                        main.code(),
                        main.httpStatus().orElse(0),
                        main.requestId().orElse(null),
                        main.isRetryable()),
                main.getCause());
    }

    /** Returns, by Region, the text that follows the Region's name: why the Region failed or was not tried. */
    private Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        failedByRegion.forEach((regional, attempt) -> reasons.put(regional.region(), ": " + text(attempt)));
        Stream.concat(route.targets().stream(), route.skipped().stream())
                .map(Target::regional)
                .filter(regional -> !failedByRegion.containsKey(regional))
                .forEach(regional -> regional.health()
                        .reason(now())
                        .ifPresent(reason -> reasons.put(regional.region(), " (not tried again): " + reason)));
        return reasons;
    }
}
