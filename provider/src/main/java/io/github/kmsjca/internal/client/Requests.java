package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.util.List;
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
     * Sends a request to the Region of the key; for a multi-Region key, to one configured Region after another until
     * one answers.
     */
    <T> T forKey(String operation, KeyId key, BiFunction<KmsClient, KeyId, T> request) {
        List<String> regions = key.isMultiRegion() ? settings.regions() : List.of();
        for (int i = 0; i < regions.size(); i++) {
            String region = regions.get(i);
            KeyId there = key.inRegion(region);
            try {
                return linked(() -> request.apply(clients.in(region), there));
            } catch (SdkException e) {
                if (!isOutage(e) || i == regions.size() - 1) {
                    throw KmsErrors.exception(operation, "key " + there, e);
                }
            }
        }
        String region = key.region().orElse(null);
        return attempt(operation, "key " + key, () -> request.apply(clients.in(region), key));
    }

    /** Sends a request to the configured Region. */
    <T> T forAccount(String operation, String subject, Function<KmsClient, T> request) {
        return attempt(operation, subject, () -> request.apply(clients.in(null)));
    }

    private static <T> T attempt(String operation, String subject, Supplier<T> request) {
        try {
            return linked(request);
        } catch (SdkException e) {
            throw KmsErrors.exception(operation, subject, e);
        }
    }

    /**
     * Turns a {@link LinkageError} into an exception, because the JDK tools may lack a module and print errors as stack
     * traces.
     */
    private static <T> T linked(Supplier<T> request) {
        try {
            return request.get();
        } catch (LinkageError e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isOutage(SdkException failure) {
        return failure instanceof AwsServiceException answer
                ? answer.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR
                : UnansweredCall.of(failure).isOutage();
    }
}
