package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.HttpProxy;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.library.Library;
import io.github.kmsjca.key.KmsException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsServiceClientConfiguration;

/**
 * A connection to KMS for a diagnosis. It reports how requests are sent, and compares the clocks of KMS and of this
 * machine. Its Sign, Decrypt, DeriveSharedSecret, GenerateMac and Decapsulate requests are dry runs ({@code DryRun}).
 * Thread-safe.
 */
public final class KmsProbe implements AutoCloseable {
    private final KmsSettings settings;
    private final Transport transport = new Transport();
    private final RegionalClients clients;
    private final ClockComparison clocks;

    /** Creates a probe. Makes no call. */
    public KmsProbe(KmsSettings settings, InstantSource clock) {
        Library.AWS_SDK.require();
        this.settings = settings;
        this.clocks = new ClockComparison(clock);
        this.clients = new RegionalClients(
                ClientOptions.of(settings),
                ClientSource.BY_SETTINGS.with(builder -> builder.addExecutionInterceptor(clocks)),
                transport,
                ClientLog.withoutFailedCalls());
    }

    /** Returns the KMS calls. KMS answers each dry run with an error; {@link #isAllowed} says what the error means. */
    public KmsCalls calls() {
        return new KmsCalls(settings, clients, true);
    }

    /** Returns the description of a key, including its state. */
    public KeyDescription describe(KeyId key) {
        return calls().describe(KeyReference.of(key));
    }

    /** Checks that the caller may list the aliases of the account. */
    public void tryAliases() {
        calls().tryAliases();
    }

    /** Returns whether the failure of a dry run says that the real call would succeed. */
    public static boolean isAllowed(KmsException failure) {
        return failure.code().equals("DryRunOperationException");
    }

    /** Returns the id of the access key that signs the requests. The id is not secret. Does not call KMS. */
    public String accessKeyId() {
        return clients.accessKeyId(budget());
    }

    private Limits.Budget budget() {
        return new Limits(settings.callTimeout(), settings.attemptTimeout(), settings.attempts(), true).begin();
    }

    /**
     * Returns the Regions to which a request for a key is sent until one Region answers, separated by commas. Without a
     * key, returns the Region of requests for the account.
     */
    public String regions(@Nullable KeyId key) {
        return String.join(", ", regionsInOrder(key));
    }

    private List<String> regionsInOrder(@Nullable KeyId key) {
        boolean isFailover =
                key != null && key.isMultiRegion() && !settings.regions().isEmpty();
        return isFailover
                ? settings.regions()
                : List.of(configuration(key).region().id());
    }

    /**
     * Returns those of the {@link #regions} that this version of the AWS SDK does not know. Such a Region is
     * misspelled, or newer than the SDK.
     */
    public List<String> unknownRegions(@Nullable KeyId key) {
        return regionsInOrder(key).stream()
                .filter(region -> knownRegions().noneMatch(region::equals))
                .toList();
    }

    /** Returns the Regions that this version of the AWS SDK knows. */
    public static Stream<String> knownRegions() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .map(Region::id);
    }

    /** Returns the endpoint of requests for a key; empty if the Region determines the endpoint. */
    public Optional<String> endpointOverride(@Nullable KeyId key) {
        return configuration(key).endpointOverride().map(RegionalClients::withoutLogin);
    }

    /** Returns the proxies of the requests so far, each with the place where it is configured. */
    public List<String> proxies() {
        return clients.proxies().stream().map(HttpProxy::describe).sorted().toList();
    }

    /**
     * Returns how far this machine's clock is ahead of the KMS clock, according to the last answer: negative if this
     * machine's clock is behind, and empty if there was no answer.
     */
    public Optional<Duration> clockSkew() {
        return Optional.ofNullable(clocks.skew);
    }

    private KmsServiceClientConfiguration configuration(@Nullable KeyId key) {
        return Optional.ofNullable(key)
                .flatMap(KeyId::region)
                .or(settings::region)
                .map(clients::in)
                .orElseGet(() -> clients.inDefaultRegion(budget()))
                .client()
                .serviceClientConfiguration();
    }

    /** Closes the clients. */
    @Override
    public void close() {
        transport.close();
        clients.close();
    }

    /** Compares the {@code Date} header of each answer (RFC 9110 §6.6.1) with the clock of this machine. */
    private static final class ClockComparison implements ExecutionInterceptor {
        private final InstantSource clock;
        private volatile @Nullable Duration skew;

        ClockComparison(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            context.httpResponse()
                    .firstMatchingHeader("Date")
                    .flatMap(ClockComparison::parse)
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
