package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/** Runs operations: sends each request to its Region. A failed request throws {@link KmsException}. Thread-safe. */
final class Requests {
    private static final String ACCOUNT = "the account";

    private final KmsSettings settings;
    private final RegionalClients clients;
    private final Limits limits;
    private final LongSupplier clock;

    Requests(KmsSettings settings, RegionalClients clients) {
        this(settings, clients, System::nanoTime);
    }

    /**
     * Creates requests with another clock for circuit breakers.
     *
     * @param clock returns the time, as {@link System#nanoTime}
     */
    Requests(KmsSettings settings, RegionalClients clients, LongSupplier clock) {
        this.settings = settings;
        this.clients = clients;
        this.clock = clock;
        this.limits = clients.hasProgramClients()
                ? Limits.UNLIMITED
                : new Limits(settings.callTimeout(), settings.attemptTimeout(), settings.attempts(), true);
    }

    /**
     * Returns the time limit of a whole list: a multiple of {@code call-timeout}. A list that the program's own clients
     * read has no time limit, because the program could not raise it: the provider refuses {@code call-timeout} then.
     */
    Duration listLimit(int factor) {
        return clients.hasProgramClients()
                ? limits.callTimeout()
                : limits.callTimeout().multipliedBy(factor);
    }

    /**
     * Sends a request to the Region of the key; for a multi-Region key, to the configured Regions until one answers.
     *
     * @param request sends the request with the client of a Region and the name of the key in this Region
     */
    <T> T forKey(String operation, KeyReference key, BiFunction<KmsClient, KeyId, T> request) {
        return run(new Call<>(operation, "key " + key, budget -> route(key, budget), toKey(request)), limits);
    }

    /**
     * Sends a request to the Region of the key, even for a multi-Region key. Tags, aliases and the deletion of a key
     * concern only one replica.
     */
    <T> T forReplica(String operation, KeyId key, BiFunction<KmsClient, KeyId, T> request) {
        return run(new Call<>(operation, "key " + key, budget -> home(key, budget), toKey(request)), limits);
    }

    private static <T> Function<Target, T> toKey(BiFunction<KmsClient, KeyId, T> request) {
        return target -> request.apply(target.regional().client(), Objects.requireNonNull(target.key()));
    }

    /** Sends a request to the configured or default Region. */
    <T> T forAccount(String operation, String subject, Function<KmsClient, T> request) {
        return forAccount(limits, operation, subject, request);
    }

    /**
     * Sends a request that creates something to the configured or default Region. A request that may have reached KMS,
     * but got no answer from it, is not repeated. One attempt may take as long as the whole operation.
     */
    <T> T create(String operation, String subject, Function<KmsClient, T> request) {
        return forAccount(limits.ofCreation(), operation, subject, request);
    }

    private <T> T forAccount(Limits callLimits, String operation, String subject, Function<KmsClient, T> request) {
        Function<Target, T> toRegion = target -> request.apply(target.regional().client());
        return run(new Call<>(operation, subject, budget -> home(null, budget), toRegion), callLimits);
    }

    /**
     * Reads a list of the account from the configured or default Region. Each page is an operation of its own, whose
     * failure is a {@link KmsException} already.
     */
    <T> List<T> listOfAccount(
            String operation, Pages pages, BiFunction<KmsClient, @Nullable String, Pages.Page<T>> request) {
        try {
            return pages.read(marker -> forAccount(operation, ACCOUNT, client -> request.apply(client, marker)));
        } catch (BadAnswerException | OutOfTimeException e) {
            KmsException failure = new Failures(operation, ACCOUNT, home(null, limits.begin()), clock).exception(e);
            logFailure(operation, failure);
            throw failure;
        }
    }

    /**
     * Repeats a request for up to {@code call-timeout}, until KMS knows a new key. With the program's own clients, the
     * default of {@code call-timeout} applies, because the program cannot set it.
     */
    <T> T untilKnown(Supplier<T> request) {
        return NewKey.await(settings.callTimeout(), clients::pause, request);
    }

    /** Logs a failed operation. */
    void logFailure(String operation, KmsException failure) {
        clients.log().failures().accept(operation, failure);
    }

    /**
     * An operation that has not begun.
     *
     * @param operation the KMS operation, such as {@code Sign}
     * @param subject what the operation concerns
     * @param route finds the Regions to try. This may take time: the default Region may come from another service.
     * @param request sends one request
     */
    private record Call<T>(
            String operation, String subject, Function<Limits.Budget, Route> route, Function<Target, T> request) {}

    private <T> T run(Call<T> call, Limits callLimits) {
        Limits.Budget budget = callLimits.begin();
        CallRecording recording = CallRecorder.begin(call.operation(), call.subject());
        @Nullable Operation<T> operation = null;
        @Nullable Throwable failure = null;
        try {
            Route route = call.route().apply(budget);
            Failures failures = new Failures(call.operation(), call.subject(), route, clock);
            operation = new Operation<>(failures, call.request(), budget, clients);
            return operation.run();
        } catch (KmsException e) {
            failure = e;
            logFailure(call.operation(), e);
            throw e;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            recording.end(operation, failure);
        }
    }

    /** Returns the route to the Region of the key's ARN or, if there is no ARN, to the configured or default Region. */
    private Route home(@Nullable KeyId key, Limits.Budget budget) {
        RegionalClient regional = Optional.ofNullable(key)
                .flatMap(KeyId::region)
                .or(settings::region)
                .map(clients::in)
                .orElseGet(() -> clients.inDefaultRegion(budget));
        return Route.only(Target.only(regional, key));
    }

    private Route route(KeyReference key, Limits.Budget budget) {
        List<String> regions = key.isMultiRegion() ? settings.regions() : List.of();
        if (regions.isEmpty()) {
            return home(key.name(), budget);
        }
        Optional<String> regionOfAlias = key.name().region().or(settings::region);
        List<Target> targets = new ArrayList<>();
        for (String region : regions) {
            boolean isFirst = targets.isEmpty();
            targets.add(new Target(clients.in(region), key.inRegion(region, regionOfAlias), isFirst, false));
        }
        long now = clock.getAsLong();
        return settings.spread() ? Route.spread(targets, clients.nextTurn(), now) : Route.inOrder(targets, now);
    }
}
