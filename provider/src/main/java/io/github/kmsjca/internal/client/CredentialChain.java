package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.OwnClassLoader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's default chain of credential sources. If no source has credentials, the SDK's message lists the failures of
 * all sources and fills a page. This class reports only the failure of the source that the user has configured.
 * Thread-safe.
 */
final class CredentialChain implements AwsCredentialsProvider, SdkAutoCloseable {
    private final @Nullable String profile;
    private @Nullable DefaultCredentialsProvider chain;
    private boolean closed;

    /**
     * Creates a chain for a profile; null means the profile that the environment names. Does not search for credentials
     * yet.
     */
    CredentialChain(@Nullable String profile) {
        this.profile = profile;
    }

    private synchronized DefaultCredentialsProvider chain() {
        DefaultCredentialsProvider made = chain;
        if (closed) {
            // RegionalClients turns this exception into the code CLOSED; an SdkException would become
            // NO_CREDENTIALS
            throw new CancellationException("the provider is closed");
        }
        if (made == null) {
            DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
            if (profile != null) {
                builder.profileName(profile);
            }
            made = builder.build();
            chain = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        DefaultCredentialsProvider made = chain;
        if (made != null) {
            made.close();
            chain = null;
        }
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return OwnClassLoader.call(() -> resolve(chain()));
    }

    /**
     * Returns the credentials of the chain.
     *
     * @param source the chain. It looks for a source only once, and then asks that source directly. So it can throw
     *     any exception of a source: an error from STS, or an IllegalStateException if {@code credential_process}
     *     fails
     */
    AwsCredentials resolve(AwsCredentialsProvider source) {
        try {
            return source.resolveCredentials();
        } catch (RuntimeException e) {
            throw MissingCredentialsException.of(reason(e), e);
        }
    }

    /** Returns why there are no credentials; empty if no source is configured, or if it works at a second try. */
    private String reason(RuntimeException failure) {
        // an error from another service, such as STS, says what is wrong, so no second request is necessary
        return failure instanceof AwsServiceException ? firstLine(failure) : reason().orElse("");
    }

    /** Returns why the source that the user has configured failed; empty if none is configured, or if it works. */
    private Optional<String> reason() {
        if (SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent()) {
            return failure(WebIdentityTokenFileCredentialsProvider::create);
        }
        String name = profile != null
                ? profile
                : ProfileFileSystemSetting.AWS_PROFILE
                        .getNonDefaultStringValue()
                        .orElse(null);
        return name == null
                ? Optional.empty()
                : failure(() -> ProfileCredentialsProvider.create(name))
                        .map(reason -> "profile '" + name + "': " + reason);
    }

    /** Returns why a source failed; empty if it works. */
    private static <P extends AwsCredentialsProvider & SdkAutoCloseable> Optional<String> failure(Supplier<P> source) {
        try (P credentials = source.get()) {
            credentials.resolveCredentials();
            return Optional.empty();
        } catch (SdkException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            return Optional.of(firstLine(e));
        } catch (RuntimeException e) {
            // the text can contain a secret: a parser, for example, quotes what it cannot parse
            return Optional.of(e.getClass().getName());
        }
    }

    /** Returns why a source failed: the first line of its message, without the profile file that the SDK appends. */
    static String firstLine(RuntimeException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.lines().findFirst().orElse("").replaceFirst(": ProfileFile\\(.*", "");
    }
}
