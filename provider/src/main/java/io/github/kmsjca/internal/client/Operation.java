package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One KMS operation with its attempts, within one time limit. If an attempt fails, the next attempt goes to the next
 * Region or, after a pause, to a Region that has failed before. Not thread-safe.
 */
final class Operation<T> {
    private static final String REQUEST_ID = "x-amzn-RequestId";

    private final Failures failures;
    private final Function<Target, T> request;
    private final Limits.Budget budget;
    private final RegionalClients clients;
    private final Rounds rounds;
    private Retries.@Nullable Sequence retries;

    /** Whether the operation ends because the next pause would not end within the time limit. */
    private boolean isPauseTooLong;

    /**
     * The number of attempts, including the probes of Regions with an open circuit breaker, but not the attempts that
     * failed before they called the SDK, such as those without a connection.
     */
    private int attempts;

    /** The Region of the last request. */
    private @Nullable String lastRegion;

    /** The last answer; null if there was none, or it came through the program's own client. */
    private @Nullable SdkHttpResponse answer;

    /**
     * Creates an operation.
     *
     * @param failures collects the failed attempts, and knows the Regions to try
     * @param request sends one request
     * @param budget the limits of the operation
     * @param clients the clients that send the request
     */
    Operation(Failures failures, Function<Target, T> request, Limits.Budget budget, RegionalClients clients) {
        this.failures = failures;
        this.request = request;
        this.budget = budget;
        this.clients = clients;
        this.rounds = new Rounds(failures.route());
    }

    /** Returns the number of attempts so far in which the SDK was called. */
    int attempts() {
        return attempts;
    }

    /** Returns the Region of the last request; null if there was none. */
    @Nullable
    String lastRegion() {
        return lastRegion;
    }

    /** Returns the id that AWS gave the last request that was answered; null if it is not known. */
    @Nullable
    String requestId() {
        return answer == null
                ? null
                : answer.firstMatchingHeader(REQUEST_ID).map(ForeignText::of).orElse(null);
    }

    /**
     * Sends the request until it succeeds.
     *
     * @throws KmsException if the operation fails
     */
    T run() {
        // the limit in the setting 'attempts' does not count probes and Regions without a replica
        int countedAttempts = 0;
        while (true) {
            Target target = rounds.next();
            boolean goesOn;
            try {
                prepare(target);
                if (acquire(target)) {
                    T result = attempt(target);
                    target.health().recordAnswer();
                    return result;
                }
                rounds.skip(target);
                goesOn = rounds.continueRound();
            } catch (SdkException failure) {
                failures.add(target, failure);
                if (!target.isProbe() && !target.hasNoReplica(failure)) {
                    countedAttempts++;
                }
                goesOn =
                        countedAttempts < budget.limits().attempts() && !budget.isTimeUp() && planNext(target, failure);
            }
            if (!goesOn) {
                throw failures.exception(isPauseTooLong || budget.isTimeUp());
            }
        }
    }

    /**
     * Prepares the client and the credentials. Turns the {@link LinkageError} of an incomplete SDK into an
     * {@link SdkException}, so that it counts as a failed attempt.
     */
    private void prepare(Target target) {
        try {
            clients.prepare(target.regional(), budget);
        } catch (LinkageError e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        }
    }

    /** Decides which Region is tried after a failed attempt, and waits if necessary. Returns false if there is none. */
    private boolean planNext(Target target, SdkException failure) {
        if (target.isProbe()) {
            rounds.skip(target);
        } else if (KmsErrors.isOutage(failure)) {
            rounds.postpone(target);
        } else if (!target.hasNoReplica(failure)) {
            // the failure is not an outage, so an attempt in another Region would only hide the failure
            rounds.repeat(target);
            return pauseAfter(failure);
        }
        // a Region without a replica is not tried again, unless this attempt was a probe: then it is tried last
        return rounds.continueRound() || (pauseAfter(failures.lastFailure()) && rounds.startAgain());
    }

    /**
     * Waits before the next attempt in a Region that has failed before. Returns false, without waiting, if the
     * attempt must not be repeated, or if the pause would not end within the time limit.
     */
    private boolean pauseAfter(SdkException failure) {
        Retries policy = clients.retries();
        boolean mustNotRepeat = !budget.limits().repeatsUnanswered() && KmsErrors.mayHaveArrived(failure);
        if (policy == null || failures.route().isWithoutRetries() || mustNotRepeat) {
            return false;
        }
        if (retries == null) {
            retries = policy.start();
        }
        Optional<Duration> pause = retries.pauseAfter(failure);
        isPauseTooLong = pause.isPresent() && pause.get().toNanos() >= budget.nanosLeft();
        if (pause.isEmpty() || isPauseTooLong) {
            return false;
        }
        try {
            clients.pause(pause.get());
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private KmsException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return failures.exception(AbortedException.create("interrupted", cause));
    }

    /**
     * Waits for a connection. The wait is not part of the attempt. Returns false, without a connection, if the
     * operation should try another Region instead: because a probe does not wait, or because this Region has had an
     * outage during the wait and another Region works.
     *
     * @throws NoConnectionException if no connection is free before the time limit
     */
    private boolean acquire(Target target) {
        Optional<Semaphore> connections = target.regional().connections();
        if (connections.isEmpty()) {
            return true;
        }
        try {
            // tryAcquire without a time limit would ignore the threads that wait already
            if (connections.get().tryAcquire(0, TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (target.isProbe()) {
                return false;
            }
            if (!connections.get().tryAcquire(budget.nanosLeft(), TimeUnit.NANOSECONDS)) {
                clients.requireOpen();
                throw new NoConnectionException(target.regional().region());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        boolean shouldLeave = failures.hasOutage(target) && rounds.hasWorkingNext(failures.now());
        if (shouldLeave) {
            connections.get().release();
        }
        return !shouldLeave;
    }

    /** Makes one attempt, with the connection that is acquired. */
    private T attempt(Target target) {
        try {
            return send(target);
        } catch (SdkException failure) {
            // the breaker is updated before the connection is released, so that the next operation that gets the
            // connection knows about an outage
            failures.updateBreaker(target, failure);
            throw failure;
        } finally {
            target.regional().connections().ifPresent(Semaphore::release);
        }
    }

    private T send(Target target) {
        clients.requireOpen();
        Duration limit = limit(target);
        long left = budget.nanosLeft();
        if (left <= 0) {
            throw new OutOfTimeException("no time was left for a request", null);
        }
        attempts++;
        lastRegion = target.regional().region();
        try (RequestWatch.Attempt attempt =
                clients.watch().begin(System.nanoTime() + Math.min(limit.toNanos(), left))) {
            try {
                return guarded(target, attempt, left < limit.toNanos() ? Optional.empty() : Optional.of(limit));
            } finally {
                if (attempt.answer() != null) {
                    answer = attempt.answer();
                }
            }
        }
    }

    /** Returns the time limit of an attempt. */
    private Duration limit(Target target) {
        Duration limit = budget.limits().attemptTimeout();
        return target.isProbe() && !clients.hasProgramClients() ? RegionHealth.probeLimit(limit) : limit;
    }

    /**
     * Turns the exceptions of the SDK and its HTTP client into an {@link SdkException}, because HTTP clients throw
     * exceptions of many types if a connection is closed or aborted. Does the same with two kinds of errors. In the JDK
     * tools, a module may be missing, and the tools would print the {@link LinkageError} as a stack trace. A deeply
     * nested answer overflows the stack of the SDK's parser.
     *
     * @param limit the time limit of the attempt; empty if the time limit of the operation ends it earlier
     */
    private T guarded(Target target, RequestWatch.Attempt attempt, Optional<Duration> limit) {
        try {
            return request.apply(target);
        } catch (KmsException | ProviderBug known) {
            throw known;
        } catch (LinkageError e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new BadAnswerException("the answer is nested too deeply");
        } catch (RuntimeException e) {
            clients.requireOpen();
            throw failure(e, attempt, limit);
        }
    }

    private SdkException failure(RuntimeException failure, RequestWatch.Attempt attempt, Optional<Duration> limit) {
        if (attempt.end() == RequestWatch.End.INTERRUPT
                || failure instanceof AbortedException
                // the JDK closes the socket of an interrupted virtual thread
                || Thread.currentThread().isInterrupted()) {
            // the SDK may have cleared the flag
            Thread.currentThread().interrupt();
            return AbortedException.create("interrupted", failure);
        }
        if (attempt.isLate()
                && !(failure instanceof AwsServiceException)
                && !(failure instanceof SlowCredentialsException)) {
            return late(failure, attempt, limit);
        }
        return failure instanceof SdkException known ? known : new FailedClientException(failure);
    }

    /**
     * Returns the failure of an attempt that took too long.
     *
     * @param limit the time limit of the attempt; empty if the time limit of the operation ended the attempt
     */
    private SdkException late(RuntimeException failure, RequestWatch.Attempt attempt, Optional<Duration> limit) {
        if (!attempt.hasRequest() && clients.hasProgramCredentials()) {
            // no request has begun. This class cannot see which step before the request was slow, but blames the
            // credentials, because the SDK gets the program's credentials in this thread just before the request
            return new SlowCredentialsException(failure);
        }
        // the text of an ApiCallAttemptTimeoutException names what did not finish, such as a name resolution
        boolean isNamed = failure instanceof ApiCallAttemptTimeoutException;
        if (limit.isEmpty()) {
            return new OutOfTimeException(
                    isNamed ? String.valueOf(failure.getMessage()) : "the time limit of the operation was reached",
                    failure);
        }
        return isNamed
                ? (SdkException) failure
                : ApiCallAttemptTimeoutException.create(
                        "no answer within " + limit.get().toMillis() + " ms", failure);
    }
}
