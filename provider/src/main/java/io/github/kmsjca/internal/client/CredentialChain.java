package io.github.kmsjca.internal.client;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's default chain of credentials. If it finds none, its error text lists the failures of all places on a whole
 * page. This class then reports only the failure of the place that the user has configured. Thread-safe.
 */
final class CredentialChain implements AwsCredentialsProvider, SdkAutoCloseable {
    private final Optional<String> profile;
    private @Nullable DefaultCredentialsProvider chain;
    private boolean closed;

    /** Creates a chain for a profile; empty means the profile of the environment. Does not search yet. */
    CredentialChain(Optional<String> profile) {
        this.profile = profile;
    }

    private synchronized DefaultCredentialsProvider chain() {
        DefaultCredentialsProvider made = chain;
        if (closed) {
            throw SdkClientException.create("the provider has been closed");
        }
        if (made == null) {
            DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
            profile.ifPresent(builder::profileName);
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
        return OwnClassLoader.call(() -> {
            try {
                return chain().resolveCredentials();
            } catch (SdkClientException e) {
                throw new MissingCredentialsException(reason().orElse(""), e);
            }
        });
    }

    private Optional<String> reason() {
        if (SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent()) {
            return failure(WebIdentityTokenFileCredentialsProvider::create);
        }
        return profile.or(ProfileFileSystemSetting.AWS_PROFILE::getNonDefaultStringValue)
                .flatMap(name -> failure(() -> ProfileCredentialsProvider.create(name))
                        .map(reason -> "profile '" + name + "': " + reason));
    }

    /** Returns the first sentence of the failure. The SDK's text then repeats the content of the profile. */
    private static <P extends AwsCredentialsProvider & SdkAutoCloseable> Optional<String> failure(Supplier<P> place) {
        try (P provider = place.get()) {
            provider.resolveCredentials();
            return Optional.empty();
        } catch (SdkException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            String text = String.valueOf(e.getMessage());
            return Optional.of(text.lines().findFirst().orElse("").replaceFirst(": ProfileFile\\(.*", ""));
        }
    }
}
