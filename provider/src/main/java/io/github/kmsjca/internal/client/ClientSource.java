package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The source of the KMS clients: the program's own, or clients that the provider builds. Thread-safe. */
public final class ClientSource {
    /** The provider builds the clients from the settings, with the SDK's default chain for credentials. */
    public static final ClientSource BY_SETTINGS = new ClientSource(null, null);

    private final @Nullable AwsCredentialsProvider credentials;
    private final @Nullable Function<Region, KmsClient> clients;
    private final Consumer<ClientOverrideConfiguration.Builder> additions;
    private final Map<Region, KmsClient> programClients = new ConcurrentHashMap<>();

    /**
     * Creates a source.
     *
     * @param credentials the source of the credentials; null for the SDK's own search
     * @param clients returns the program's own client for a Region, and only the program closes this client; null if
     *     the provider builds the clients
     */
    public ClientSource(@Nullable AwsCredentialsProvider credentials, @Nullable Function<Region, KmsClient> clients) {
        this(credentials, clients, builder -> {});
    }

    private ClientSource(
            @Nullable AwsCredentialsProvider credentials,
            @Nullable Function<Region, KmsClient> clients,
            Consumer<ClientOverrideConfiguration.Builder> additions) {
        this.credentials = credentials;
        this.clients = clients;
        this.additions = additions;
    }

    /** Returns this source, with an addition to the configuration of the clients that the provider builds. */
    public ClientSource with(Consumer<ClientOverrideConfiguration.Builder> addition) {
        return new ClientSource(credentials, clients, additions.andThen(addition));
    }

    /** Adds to the configuration of a client that the provider builds. */
    void configure(ClientOverrideConfiguration.Builder builder) {
        additions.accept(builder);
    }

    /** Returns whether the program supplies the clients. */
    public boolean hasProgramClients() {
        return clients != null;
    }

    /** Returns the source of the credentials; empty for the SDK's own search. */
    Optional<AwsCredentialsProvider> credentials() {
        return Optional.ofNullable(credentials).map(Unclosed::new);
    }

    /**
     * Hides the method {@code close} of the program's source of credentials. Closing an SDK client also closes the
     * client's source of credentials, but only the program may close this source.
     */
    private record Unclosed(AwsCredentialsProvider source) implements AwsCredentialsProvider {
        /**
         * Wraps failures, because an error from another service, such as STS, must not look like a KMS error or a
         * failed request to KMS. An interrupt of this thread is not a failure of the source. The thread's flag is then
         * set again, because the program's code can catch an {@link InterruptedException} and forget the flag.
         */
        @Override
        public AwsCredentials resolveCredentials() {
            try {
                return source.resolveCredentials();
            } catch (RuntimeException e) {
                if (!isInterrupt(e)) {
                    throw ProgramCredentialsException.of(e);
                }
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted", e);
            }
        }

        /** Returns whether the source failed because this thread was interrupted. */
        private static boolean isInterrupt(RuntimeException failure) {
            return failure instanceof AbortedException
                    || Thread.currentThread().isInterrupted()
                    || Causes.of(failure).stream().anyMatch(Unclosed::isInterruptOfThisThread);
        }

        /**
         * Returns whether an exception is the interrupt of this thread, and not of another one, such as a thread of the
         * program's pool. Only in this thread is this class in the stack trace. A JVM option turns stack traces off;
         * then it is better to set the flag than to lose it.
         */
        private static boolean isInterruptOfThisThread(Throwable cause) {
            StackTraceElement[] stack = cause.getStackTrace();
            boolean mayBeOfThisThread = stack.length == 0
                    || Stream.of(stack).anyMatch(frame -> frame.getClassName().equals(Unclosed.class.getName()));
            return (cause instanceof InterruptedException || cause instanceof AbortedException) && mayBeOfThisThread;
        }
    }

    /**
     * Returns the program's client for the given Region; empty if the program supplies no clients. Asks the program
     * only once for each Region.
     */
    Optional<KmsClient> client(Region region) {
        return clients == null
                ? Optional.empty()
                : Optional.of(programClients.computeIfAbsent(region, wanted -> {
                    KmsClient client = clients.apply(wanted);
                    if (client == null) {
                        throw new KmsException(
                                "the program has no KMS client for Region " + wanted.id()
                                        + "; return one from the function in"
                                        + " KmsProvider.builder().clients(...)",
                                KmsException.Failure.of("NO_CLIENT"),
                                null);
                    }
                    return client;
                }));
    }
}
