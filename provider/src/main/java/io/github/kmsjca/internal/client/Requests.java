package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.kms.KmsClient;

/** Sends each request to its Region. A failed request throws {@link KmsException}. Thread-safe. */
final class Requests {
    private final KmsSettings settings;
    private final RegionalClients clients;

    Requests(KmsSettings settings, RegionalClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /**
     * Sends a request to the Region of the key; for a multi-Region key, to the configured Regions until one answers.
     *
     * @param request sends the request with the client of the Region and the name of the key there
     */
    <T> T forKey(String operation, KeyReference key, BiFunction<KmsClient, KeyId, T> request) {
        List<String> regions = key.isMultiRegion() ? settings.regions() : List.of();
        Optional<String> home =
                regions.isEmpty() ? Optional.empty() : key.name().region().or(settings::region);
        for (int i = 0; i < regions.size(); i++) {
            String region = regions.get(i);
            KeyId there = key.inRegion(region, home);
            try {
                return guarded(() -> request.apply(clients.in(region), there));
            } catch (SdkException e) {
                if (!isOutage(e) || i == regions.size() - 1) {
                    throw KmsErrors.exception(operation, "key " + there, e);
                }
            }
        }
        return attempt(
                operation,
                "key " + key,
                () -> request.apply(clients.in(key.name().region().orElse(null)), key.name()));
    }

    /** Sends a request that names a key, as {@link #forKey(String, KeyReference, BiFunction)} does. */
    <T> T forKey(String operation, KeyId key, BiFunction<KmsClient, KeyId, T> request) {
        return forKey(operation, KeyReference.of(key), request);
    }

    /** Sends a request to the configured Region. */
    <T> T forAccount(String operation, String subject, Function<KmsClient, T> request) {
        return attempt(operation, subject, () -> request.apply(clients.in(null)));
    }

    private <T> T attempt(String operation, String subject, Supplier<T> request) {
        try {
            return guarded(request);
        } catch (SdkException e) {
            throw KmsErrors.exception(operation, subject, e);
        }
    }

    /**
     * Turns everything that the SDK and its HTTP client throw into an {@link SdkException}. HTTP clients throw exceptions
     * of many types if a connection is closed or aborted. The JDK tools may lack a module, and print errors as stack
     * traces. A deeply nested answer overflows the stack of the SDK's parser.
     */
    private <T> T guarded(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            clients.requireOpen();
            throw e;
        } catch (KmsException | ProviderBug known) {
            throw known;
        } catch (LinkageError e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            clients.requireOpen();
            throw new FailedClientException(e);
        } catch (StackOverflowError e) {
            throw new BadAnswerException("the answer is nested too deeply");
        }
    }

    private static boolean isOutage(SdkException failure) {
        return failure instanceof AwsServiceException answer
                ? answer.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR
                : UnansweredCall.of(failure).isOutage();
    }
}
