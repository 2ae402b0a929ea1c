package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/**
 * One KMS operation with its attempts, within one time limit. An attempt that fails is repeated in the next Region, or
 * in the same one after a pause. Not thread-safe.
 */
final class Operation<T> {
    /** The operations of clients that the program has built have no time limit of ours. */
    private static final Duration NO_LIMIT = Duration.ofDays(36_500);

    /**
     * The limits of an operation.
     *
     * @param call the time limit of the operation
     * @param attempt the time limit of one attempt
     * @param attempts the maximum number of attempts
     */
    record Limits(Duration call, Duration attempt, int attempts) {
        /** The limits for the program's own clients, which repeat failed requests themselves: one attempt per Region. */
        static final Limits OF_OWN_CLIENTS = new Limits(NO_LIMIT, NO_LIMIT, Integer.MAX_VALUE);
    }

    private final Failures failures;
    private final Function<Target, T> request;
    private final Limits limits;
    private final Retries.@Nullable Sequence retries;
    private final RequestWatch watch;
    private final Runnable requireOpen;
    private final long deadline;
    private boolean hasNoTimeForPause;

    /**
     * Creates an operation.
     *
     * @param failures collects the failed attempts
     * @param request sends one request
     * @param retries the retries in the same Region; null if there are none
     */
    Operation(
            Failures failures,
            Function<Target, T> request,
            Limits limits,
            Retries.@Nullable Sequence retries,
            RegionalClients clients) {
        this.failures = failures;
        this.request = request;
        this.limits = limits;
        this.retries = retries;
        this.watch = clients.watch();
        this.requireOpen = clients::requireOpen;
        this.deadline = System.nanoTime() + limits.call.toNanos();
    }

    /**
     * Sends the request until it succeeds.
     *
     * @throws KmsException if the operation fails
     */
    T run(Route route) {
        List<Target> targets = new ArrayList<>(route.targets());
        int attempts = 0;
        for (int next = 0; ; next++) {
            Target target = targets.get(next % targets.size());
            try {
                T result = attempt(target);
                target.health().answer();
                return result;
            } catch (SdkException failure) {
                boolean goesOn = failures.add(target, failure);
                if (target.role() == Target.Role.PROBE) {
                    // whatever failed, the Regions that work may succeed
                    goesOn = true;
                    targets.remove(next--);
                } else {
                    attempts++;
                }
                boolean isLast = attempts >= limits.attempts || isTimeUp();
                boolean isRoundComplete = next + 1 >= targets.size();
                if (isLast || !(isRoundComplete ? pauseBeforeNextRound(route) : goesOn)) {
                    throw failures.exception(hasNoTimeForPause || isTimeUp());
                }
            }
        }
    }

    private boolean isTimeUp() {
        return System.nanoTime() - deadline >= 0;
    }

    /** Waits before the next attempt in a Region that has failed before. Returns whether there is one. */
    private boolean pauseBeforeNextRound(Route route) {
        if (retries == null || route.isLastResort()) {
            return false;
        }
        Optional<Duration> pause = retries.pauseAfter(failures.toRepeat());
        hasNoTimeForPause = pause.isPresent() && System.nanoTime() + pause.get().toNanos() - deadline >= 0;
        if (pause.isEmpty() || hasNoTimeForPause) {
            return false;
        }
        pause(pause.get());
        return true;
    }

    private void pause(Duration duration) {
        try {
            if (!duration.isZero() && watch.pause(duration)) {
                requireOpen.run();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private KmsException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return failures.exception(AbortedException.create("interrupted", cause));
    }

    /** Makes one attempt, as soon as a connection is free. The wait for a connection is not part of the attempt. */
    private T attempt(Target target) {
        boolean isProbe = target.role() == Target.Role.PROBE;
        Optional<Semaphore> connections = target.regional().connections();
        if (connections.isEmpty()) {
            return send(target, limits.attempt);
        }
        try {
            long wait = isProbe ? 0 : deadline - System.nanoTime();
            if (!connections.get().tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                throw new NoConnectionException(target.regional().region());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return send(target, isProbe ? RegionHealth.probeLimit(limits.attempt) : limits.attempt);
        } finally {
            connections.get().release();
        }
    }

    private T send(Target target, Duration limit) {
        requireOpen.run();
        long now = System.nanoTime();
        long end = Math.min(limit.toNanos(), deadline - now) + now;
        try (RequestWatch.Attempt attempt = watch.begin(end)) {
            return guarded(target, attempt, limit);
        }
    }

    /**
     * Turns everything that the SDK and its HTTP client throw into an {@link SdkException}. HTTP clients throw exceptions
     * of many types if a connection is closed or aborted. The JDK tools may lack a module, and print errors as stack
     * traces. A deeply nested answer overflows the stack of the SDK's parser.
     */
    private T guarded(Target target, RequestWatch.Attempt attempt, Duration limit) {
        try {
            return request.apply(target);
        } catch (KmsException | ProviderBug known) {
            throw known;
        } catch (LinkageError e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new BadAnswerException("the answer is nested too deeply");
        } catch (RuntimeException e) {
            requireOpen.run();
            throw failure(e, attempt, limit);
        }
    }

    private static SdkException failure(RuntimeException failure, RequestWatch.Attempt attempt, Duration limit) {
        if (attempt.end() == RequestWatch.End.INTERRUPT
                || failure instanceof AbortedException
                // the JDK closes the socket of an interrupted virtual thread
                || Thread.currentThread().isInterrupted()) {
            // the SDK may have cleared the flag
            Thread.currentThread().interrupt();
            return AbortedException.create("interrupted", failure);
        }
        boolean isKnown = failure instanceof AwsServiceException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof SlowCredentialsException;
        if (attempt.isLate() && !isKnown) {
            return ApiCallAttemptTimeoutException.create("no answer within " + limit.toMillis() + " ms", failure);
        }
        return failure instanceof SdkException known ? known : new FailedClientException(failure);
    }
}
