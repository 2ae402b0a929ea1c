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
    private final Failures failures;
    private final Function<Target, T> request;
    private final Limits.Budget budget;
    private final RegionalClients clients;
    private final List<Target> targets;
    private final List<Target> skipped;
    private Retries.@Nullable Sequence retries;
    private boolean hasNoTimeForPause;

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
        this.targets = new ArrayList<>(failures.route().targets());
        this.skipped = new ArrayList<>(failures.route().skipped());
    }

    /**
     * Sends the request until it succeeds.
     *
     * @throws KmsException if the operation fails
     */
    T run() {
        int attempts = 0;
        for (int next = 0; ; ) {
            Target target = targets.get(next);
            boolean goesOn;
            try {
                T result = attempt(target);
                target.health().answer();
                return result;
            } catch (SdkException failure) {
                goesOn = failures.add(target, failure);
                attempts += target.isProbe() || failure instanceof NoConnectionException ? 0 : 1;
            }
            if (target.isProbe()) {
                targets.remove(next);
            } else if (goesOn) {
                next++;
            }
            boolean isLast = attempts >= budget.attempts() || budget.isTimeUp();
            boolean hasNext = goesOn && (next < targets.size() || addSkipped());
            if (isLast || (!hasNext && !pause())) {
                throw failures.exception(hasNoTimeForPause || budget.isTimeUp());
            }
            next %= targets.size();
        }
    }

    /** Adds the Regions with open breakers if no other Region has the key. Returns whether there are any. */
    private boolean addSkipped() {
        boolean isNeeded = failures.areMissingReplicas() && !skipped.isEmpty();
        if (isNeeded) {
            targets.addAll(skipped);
            skipped.clear();
        }
        return isNeeded;
    }

    /** Waits before the next attempt in a Region that has failed before. Returns whether there is one. */
    private boolean pause() {
        Retries policy = clients.retries();
        if (policy == null || failures.route().isLastResort()) {
            return false;
        }
        if (retries == null) {
            retries = policy.start();
        }
        Optional<Duration> pause = retries.pauseAfter(failures.toRepeat());
        hasNoTimeForPause = pause.isPresent() && pause.get().toNanos() >= budget.nanosLeft();
        if (pause.isEmpty() || hasNoTimeForPause) {
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

    /** Makes one attempt, as soon as a connection is free. The wait for a connection is not part of the attempt. */
    private T attempt(Target target) {
        Optional<Semaphore> connections = target.regional().connections();
        connections.ifPresent(permits -> acquire(permits, target));
        try {
            return send(target);
        } catch (SdkException failure) {
            // before the connection is free, so that the operation that gets it knows of an outage
            failures.record(target, failure);
            throw failure;
        } finally {
            connections.ifPresent(Semaphore::release);
        }
    }

    /**
     * Waits for a connection.
     *
     * @throws NoConnectionException if there is none in time, or if the Region should be left for another one meanwhile
     */
    private void acquire(Semaphore connections, Target target) {
        try {
            // with a time limit, the semaphore is fair
            if (connections.tryAcquire(0, TimeUnit.NANOSECONDS)) {
                return;
            }
            if (target.isProbe() || !connections.tryAcquire(budget.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new NoConnectionException(target.regional().region());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (failures.shouldLeave(target)) {
            connections.release();
            throw new NoConnectionException(target.regional().region());
        }
    }

    private T send(Target target) {
        clients.requireOpen();
        Duration wanted = target.isProbe() ? RegionHealth.probeLimit(budget.attempt()) : budget.attempt();
        long limit = Math.min(wanted.toNanos(), budget.nanosLeft());
        try (RequestWatch.Attempt attempt = clients.watch().begin(System.nanoTime() + limit)) {
            return guarded(target, attempt, Duration.ofNanos(limit));
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
            clients.requireOpen();
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
