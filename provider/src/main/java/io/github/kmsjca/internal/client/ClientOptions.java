package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KmsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings that a KMS client is built from. Configurations with equal values of these settings share clients.
 *
 * @param profile the profile of the AWS configuration files
 * @param endpoint the URL of KMS
 * @param callTimeout the time limit of one operation
 * @param attemptTimeout the time limit of one attempt. An attempt that takes longer counts as an outage of the Region,
 *     and shared clients share what they know about outages. So a keystore file that lowers this limit must not share
 *     clients with other configurations.
 * @param maxConnections the maximum number of connections to each Region
 */
record ClientOptions(
        Optional<String> profile,
        Optional<URI> endpoint,
        Duration callTimeout,
        Duration attemptTimeout,
        int maxConnections) {
    static ClientOptions of(KmsSettings settings) {
        return new ClientOptions(
                settings.profile(),
                settings.endpoint(),
                settings.callTimeout(),
                settings.attemptTimeout(),
                settings.maxConnections());
    }
}
