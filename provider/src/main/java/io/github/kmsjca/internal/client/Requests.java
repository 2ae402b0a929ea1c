package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/** Sends each request to its Region. A failed request throws {@link KmsException}. Thread-safe. */
final class Requests {
    private static final String ACCOUNT = "the account";

    private final KmsSettings settings;
    private final RegionalClients clients;
    private final Operation.Limits limits;
    private final @Nullable Retries retries;
    private final LongSupplier clock;

    /** Counts operations, to share them among Regions. */
    private final AtomicInteger turn = new AtomicInteger();

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
                ? Operation.Limits.OF_OWN_CLIENTS
                : new Operation.Limits(settings.callTimeout(), settings.attemptTimeout(), settings.attempts());
        this.retries = clients.isOwn() ? null : new Retries(settings.profile().orElse(null), settings.attempts());
    }

    /**
     * Sends a request to the Region of the key; for a multi-Region key, to the configured Regions until one answers.
     *
     * @param request sends the request with the client of the Region and the name of the key there
     */
    <T> T forKey(String operation, KeyReference key, BiFunction<KmsClient, KeyId, T> request) {
        return run(
                operation,
                "key " + key,
                route(key),
                target -> request.apply(target.regional().client(), Objects.requireNonNull(target.key())),
                limits);
    }

    /**
     * Sends a request to the Region of the key, even for a multi-Region key. Tags, aliases and the deletion of a key
     * concern only one replica.
     */
    <T> T forReplica(String operation, KeyId key, BiFunction<KmsClient, KeyId, T> request) {
        return run(
                operation,
                "key " + key,
                Route.only(new Target(home(key), key, Target.Role.FIRST)),
                target -> request.apply(target.regional().client(), Objects.requireNonNull(target.key())),
                limits);
    }

    /** Sends a request to the configured Region. */
    <T> T forAccount(String operation, String subject, Function<KmsClient, T> request) {
        return forAccount(operation, subject, request, limits);
    }

    /** Reads a list from the configured Region. Each page is an operation of its own. */
    <T> List<T> listOfAccount(
            String operation, Pages pages, BiFunction<KmsClient, @Nullable String, Pages.Page<T>> request) {
        try {
            return pages.read(marker -> forAccount(operation, ACCOUNT, client -> request.apply(client, marker)));
        } catch (BadAnswerException e) {
            RegionalClient home = home(null);
            Failures failures =
                    new Failures(operation, ACCOUNT, Route.only(new Target(home, null, Target.Role.FIRST)), clock);
            throw failures.exception(e);
        }
    }

    /** Sends a request to the configured Region. One attempt may take as long as the whole operation. */
    <T> T forAccountPatiently(String operation, String subject, Function<KmsClient, T> request) {
        return forAccount(
                operation, subject, request, new Operation.Limits(limits.call(), limits.call(), limits.attempts()));
    }

    private <T> T forAccount(
            String operation, String subject, Function<KmsClient, T> request, Operation.Limits theLimits) {
        Target target = new Target(home(null), null, Target.Role.FIRST);
        return run(
                operation,
                subject,
                Route.only(target),
                only -> request.apply(only.regional().client()),
                theLimits);
    }

    private <T> T run(
            String operation, String subject, Route route, Function<Target, T> request, Operation.Limits theLimits) {
        Failures failures = new Failures(operation, subject, route, clock);
        return new Operation<>(failures, request, theLimits, retries == null ? null : retries.start(), clients)
                .run(route);
    }

    private RegionalClient home(@Nullable KeyId key) {
        return clients.in(Optional.ofNullable(key)
                .flatMap(KeyId::region)
                .or(settings::region)
                .orElse(null));
    }

    private Route route(KeyReference key) {
        List<String> regions = key.isMultiRegion() ? settings.regions() : List.of();
        if (regions.isEmpty()) {
            return Route.only(new Target(home(key.name()), key.name(), Target.Role.FIRST));
        }
        Optional<String> home = key.name().region().or(settings::region);
        List<Target> targets = new ArrayList<>();
        for (String region : regions) {
            targets.add(new Target(
                    clients.in(region),
                    key.inRegion(region, home),
                    targets.isEmpty() ? Target.Role.FIRST : Target.Role.REPLICA));
        }
        int shift = settings.spread() ? Math.floorMod(turn.getAndIncrement(), regions.size()) : 0;
        return Route.of(targets, shift, clock.getAsLong());
    }
}
