package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
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

/** Sends each request to its Region. A failed request throws {@link KmsException}. Thread-safe. */
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
        this.limits = clients.isOwn()
                ? Limits.OF_OWN_CLIENTS
                : new Limits(settings.callTimeout(), settings.attemptTimeout(), settings.attempts(), true);
    }

    /**
     * Sends a request to the Region of the key; for a multi-Region key, to the configured Regions until one answers.
     *
     * @param request sends the request with the client of the Region and the name of the key there
     */
    <T> T forKey(String operation, KeyReference key, BiFunction<KmsClient, KeyId, T> request) {
        Limits.Budget budget = limits.begin();
        Failures failures = new Failures(operation, "key " + key, route(key, budget), clock);
        return run(failures, toKey(request), budget);
    }

    /**
     * Sends a request to the Region of the key, even for a multi-Region key. Tags, aliases and the deletion of a key
     * concern only one replica.
     */
    <T> T forReplica(String operation, KeyId key, BiFunction<KmsClient, KeyId, T> request) {
        Limits.Budget budget = limits.begin();
        Failures failures = new Failures(operation, "key " + key, Route.only(home(key, budget)), clock);
        return run(failures, toKey(request), budget);
    }

    private static <T> Function<Target, T> toKey(BiFunction<KmsClient, KeyId, T> request) {
        return target -> request.apply(target.regional().client(), Objects.requireNonNull(target.key()));
    }

    /** Sends a request to the configured Region. */
    <T> T forAccount(String operation, String subject, Function<KmsClient, T> request) {
        return forAccount(limits, operation, subject, request);
    }

    /**
     * Sends a request that creates something to the configured Region. It is not repeated if it is not known whether it
     * arrived. One attempt may take as long as the whole operation.
     */
    <T> T create(String operation, String subject, Function<KmsClient, T> request) {
        return forAccount(limits.ofCreation(), operation, subject, request);
    }

    private <T> T forAccount(Limits these, String operation, String subject, Function<KmsClient, T> request) {
        Limits.Budget budget = these.begin();
        Failures failures = new Failures(operation, subject, Route.only(home(null, budget)), clock);
        return run(failures, target -> request.apply(target.regional().client()), budget);
    }

    /** Reads a list from the configured Region. Each page is an operation of its own. */
    <T> List<T> listOfAccount(
            String operation, Pages pages, BiFunction<KmsClient, @Nullable String, Pages.Page<T>> request) {
        try {
            return pages.read(marker -> forAccount(operation, ACCOUNT, client -> request.apply(client, marker)));
        } catch (BadAnswerException e) {
            throw new Failures(operation, ACCOUNT, Route.only(home(null, limits.begin())), clock).exception(e);
        }
    }

    /** Repeats a request for up to {@code call-timeout}, until KMS knows a new key. */
    <T> T untilKnown(Supplier<T> request) {
        return NewKey.await(settings.callTimeout(), clients::pause, request);
    }

    private <T> T run(Failures failures, Function<Target, T> request, Limits.Budget budget) {
        Operation<T> operation = new Operation<>(failures, request, budget, clients);
        CallRecording recording = CallRecorder.begin();
        try {
            T result = operation.run();
            recording.end(operation, null);
            return result;
        } catch (KmsException e) {
            recording.end(operation, e);
            clients.log().failures().accept(operation.name(), e);
            throw e;
        }
    }

    /** Returns the Region of the key; without a key, that of the account. */
    private Target home(@Nullable KeyId key, Limits.Budget budget) {
        RegionalClient regional = Optional.ofNullable(key)
                .flatMap(KeyId::region)
                .or(settings::region)
                .map(clients::in)
                .orElseGet(() -> clients.inDefaultRegion(budget));
        return Target.only(regional, key);
    }

    private Route route(KeyReference key, Limits.Budget budget) {
        List<String> regions = key.isMultiRegion() ? settings.regions() : List.of();
        if (regions.isEmpty()) {
            return Route.only(home(key.name(), budget));
        }
        Optional<String> home = key.name().region().or(settings::region);
        List<Target> targets = new ArrayList<>();
        for (String region : regions) {
            targets.add(new Target(clients.in(region), key.inRegion(region, home), targets.isEmpty(), false));
        }
        long now = clock.getAsLong();
        return settings.spread() ? Route.spread(targets, clients.nextTurn(), now) : Route.inOrder(targets, now);
    }
}
