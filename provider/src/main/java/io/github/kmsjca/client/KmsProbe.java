package io.github.kmsjca.client;

import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.Warnings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kms.KmsServiceClientConfiguration;

/**
 * A connection to KMS for a diagnosis: it tells how it is made, signatures are only tried ({@code DryRun}), and the
 * time of the service is compared with the clock. Thread-safe.
 */
public final class KmsProbe {
    private final KmsSettings settings;
    private final RegionalClients clients;
    private final Times times;

    /** Makes a probe; no call yet. */
    public KmsProbe(KmsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.times = new Times(clock);
        Warnings warnings = new Warnings(System.getLogger(KmsProbe.class.getName()));
        this.clients = new RegionalClients(settings, warnings, override -> override.addExecutionInterceptor(times));
    }

    /** Returns calls by this connection, of which a signature fails even if KMS would make it: see {@link #isAllowed}. */
    public KmsCalls calls() {
        return new KmsCalls(settings, clients, true);
    }

    /** Returns what KMS tells of a key, its state included. */
    public KeyDescription describe(KeyId key) {
        return calls().describe(key);
    }

    /** Fails if the aliases of the account cannot be listed. */
    public void tryAliases() {
        calls().tryAliases();
    }

    /** Returns whether a failure says that a call which was only tried would have succeeded. */
    public static boolean isAllowed(KmsException failure) {
        return failure.code().equals("DryRunOperationException");
    }

    /** Returns the id of the access key that requests are signed with, which is no secret; calls no KMS. */
    public String accessKeyId() {
        try {
            return new CredentialChain(settings.profile()).resolveCredentials().accessKeyId();
        } catch (SdkException e) {
            Obstacle obstacle = Obstacle.of(e);
            throw new KmsException(obstacle.name(), false, obstacle.describe(e), e);
        }
    }

    /** Returns the Regions of the requests for a key, those to try later last, or that of requests for the account. */
    public String regions(Optional<KeyId> key) {
        boolean elsewhere = key.filter(KeyId::isMultiRegion).isPresent()
                && !settings.regions().isEmpty();
        return elsewhere
                ? String.join(", ", settings.regions())
                : configuration(key).region().id();
    }

    /** Returns where the requests for a key go, if that is not chosen by the Region. */
    public Optional<String> endpointOverride(Optional<KeyId> key) {
        return configuration(key).endpointOverride().map(RegionalClients::shown);
    }

    private KmsServiceClientConfiguration configuration(Optional<KeyId> key) {
        return clients.in(key.flatMap(KeyId::region)).serviceClientConfiguration();
    }

    /** Returns how far the clock here is ahead of that of the service, negative if behind, as the last answer tells. */
    public Optional<Duration> clockSkew() {
        return Optional.ofNullable(times.skew);
    }

    /** Compares the header {@code Date} of each answer (RFC 9110 §6.6.1) with the clock. */
    private static final class Times implements ExecutionInterceptor {
        private final InstantSource clock;
        private volatile @Nullable Duration skew;

        Times(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            context.httpResponse()
                    .firstMatchingHeader("Date")
                    .flatMap(Times::parse)
                    .ifPresent(date -> {
                        skew = Duration.between(date, clock.instant());
                    });
        }

        private static Optional<Instant> parse(String date) {
            try {
                return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            } catch (DateTimeException unreadable) {
                return Optional.empty();
            }
        }
    }
}
