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
 * The SDK's own search for credentials. If it finds none, its text tells of every place on a page of its own, so this
 * one asks the place that the user has set up for its reason. Thread-safe.
 */
final class CredentialChain implements AwsCredentialsProvider, SdkAutoCloseable {
    private final Optional<String> profile;
    private @Nullable DefaultCredentialsProvider chain;
    private boolean closed;

    /** Makes the search with a profile, or with that of the environment if it is empty; nothing is looked for yet. */
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

    /** Returns the first sentence of what goes wrong: after it the SDK tells what the profile holds. */
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
