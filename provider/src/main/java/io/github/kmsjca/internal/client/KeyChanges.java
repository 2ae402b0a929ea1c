package io.github.kmsjca.internal.client;

import static io.github.kmsjca.internal.client.BadAnswerException.require;
import static io.github.kmsjca.internal.client.BadAnswerException.requireArn;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * The operations of KMS that make and change keys, each one request unless its text says otherwise. A failure is a
 * {@link KmsException}. Thread-safe.
 */
public final class KeyChanges {
    private final KmsSettings settings;
    private final boolean ownClients;
    private final Requests requests;

    KeyChanges(KmsSettings settings, boolean ownClients, Requests requests) {
        this.settings = settings;
        this.ownClients = ownClients;
        this.requests = requests;
    }

    /**
     * Makes a key and returns its ARN (KMS API {@code CreateKey}). A late answer is waited for as long as the whole
     * call may take: asked again, the service would make another key.
     *
     * @param wanted which names the usage
     */
    public KeyId create(KmsKeyGenParameterSpec wanted) {
        CreateKeyRequest request = CreateKeyRequest.builder()
                .keySpec(wanted.keySpec())
                .keyUsage(wanted.keyUsage().orElse(null))
                .description(wanted.description().orElse(null))
                .policy(wanted.policy().orElse(null))
                .multiRegion(wanted.isMultiRegion() ? true : null)
                .tags(wanted.tags().isEmpty() ? null : list(wanted.tags()))
                .overrideConfiguration(this::waitForTheAnswer)
                .build();
        return requests.forAccount(
                "CreateKey",
                "a key of spec " + wanted.keySpec(),
                client -> requireArn(
                        require(client.createKey(request).keyMetadata(), "KeyMetadata")
                                .arn(),
                        "Arn"));
    }

    /** Clients of the program's own have time limits of their own. */
    private void waitForTheAnswer(AwsRequestOverrideConfiguration.Builder override) {
        if (!ownClients) {
            override.apiCallAttemptTimeout(settings.callTimeout());
        }
    }

    /**
     * Returns what a request answers for a key that has just been made. The service knows a new key everywhere only
     * after a while (Developer Guide, "AWS KMS eventual consistency"), so this asks again until {@code call-timeout}
     * is over.
     */
    public <T> T whenKnown(Supplier<T> request) {
        return NewKey.await(settings.callTimeout(), request);
    }

    /** Gives a key an alias, which begins with {@code alias/} (KMS API {@code CreateAlias}). */
    public void createAlias(String alias, KeyId key) {
        requests.forKey(
                "CreateAlias",
                key,
                (client, id) ->
                        client.createAlias(request -> request.aliasName(alias).targetKeyId(id.name())));
    }

    /** Has a key deleted after a number of days, 7 to 30 (KMS API {@code ScheduleKeyDeletion}). */
    public void scheduleDeletion(KeyId key, int days) {
        requests.forKey(
                "ScheduleKeyDeletion",
                key,
                (client, id) -> client.scheduleKeyDeletion(
                        request -> request.keyId(id.text()).pendingWindowInDays(days)));
    }

    /** Gives a key tags, which take the place of those of the same name (KMS API {@code TagResource}). */
    public void tag(KeyId key, Map<String, String> tags) {
        requests.forKey(
                "TagResource",
                key,
                (client, id) ->
                        client.tagResource(request -> request.keyId(id.text()).tags(list(tags))));
    }

    /** Takes tags away from a key (KMS API {@code UntagResource}). */
    public void untag(KeyId key, Collection<String> names) {
        requests.forKey(
                "UntagResource",
                key,
                (client, id) ->
                        client.untagResource(request -> request.keyId(id.text()).tagKeys(names)));
    }

    private static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .tagKey(tag.getKey())
                        .tagValue(tag.getValue())
                        .build())
                .toList();
    }
}
