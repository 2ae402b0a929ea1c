package io.github.kmsjca.client;

import static io.github.kmsjca.client.IncompleteAnswerException.require;

import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * The questions of a diagnosis: what the caller may do, and how the key is, without a signature being made. A failure
 * is a {@link KmsException}. Thread-safe.
 */
public final class KmsProbe {
    private final KmsSettings settings;
    private final RegionalClients clients;
    private final KmsCalls calls;
    private final Times times;

    /** Makes a probe; no call yet. */
    public KmsProbe(KmsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.times = new Times(clock);
        this.clients = new RegionalClients(settings, override -> override.addExecutionInterceptor(times));
        this.calls = new KmsCalls(settings, clients);
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

    /** Returns the Region of the requests for a key, or of those for the account if {@code key} is empty. */
    public String region(Optional<KeyId> key) {
        return client(key).serviceClientConfiguration().region().id();
    }

    /** Returns where the requests go, if the SDK does not choose that by the Region. */
    public Optional<URI> endpointOverride(Optional<KeyId> key) {
        return client(key).serviceClientConfiguration().endpointOverride();
    }

    /** Returns what KMS tells of a key (KMS API {@code DescribeKey}). */
    public KeyDescription describe(KeyId key) {
        return KmsCalls.attempt("DescribeKey", "key " + key, () -> {
            KeyMetadata found = require(
                    client(Optional.of(key))
                            .describeKey(request -> request.keyId(key.text()).grantTokens(settings.grantTokens()))
                            .keyMetadata(),
                    "KeyMetadata");
            return new KeyDescription(
                    require(found.arn(), "Arn"),
                    require(found.keySpecAsString(), "KeySpec"),
                    require(found.keyUsageAsString(), "KeyUsage"),
                    require(found.keyStateAsString(), "KeyState"));
        });
    }

    /** Returns the public key (KMS API {@code GetPublicKey}). */
    public PublicKeyAnswer publicKey(KeyId key) {
        return calls.publicKey(key);
    }

    /** Has KMS say whether it would sign (KMS API {@code Sign} with {@code DryRun}); it does not. */
    public void trySign(KeyId key, SigningInput input) {
        tried(
                "Sign",
                "key " + key,
                () -> client(Optional.of(key))
                        .sign(request -> request.keyId(key.text())
                                .signingAlgorithm(input.algorithm())
                                .messageType(input.type().name())
                                .message(SdkBytes.fromByteArrayUnsafe(input.message()))
                                .grantTokens(settings.grantTokens())
                                .dryRun(true)));
    }

    /** Has KMS say whether aliases may be listed (KMS API {@code ListAliases}, one alias). */
    public void tryListAliases() {
        tried("ListAliases", "the account", () -> client(Optional.empty()).listAliases(request -> request.limit(1)));
    }

    /** Returns how far the clock here is from that of the service, ahead of it if positive, since the last answer. */
    public Optional<Duration> clockSkew() {
        return Optional.ofNullable(times.skew);
    }

    private KmsClient client(Optional<KeyId> key) {
        return clients.in(key.flatMap(KeyId::region));
    }

    private static void tried(String operation, String subject, Supplier<?> request) {
        KmsCalls.attempt(operation, subject, () -> {
            try {
                return request.get();
            } catch (DryRunOperationException wouldHaveSucceeded) {
                return wouldHaveSucceeded;
            }
        });
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
