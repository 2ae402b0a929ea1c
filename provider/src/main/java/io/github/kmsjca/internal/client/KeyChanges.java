package io.github.kmsjca.internal.client;

import static io.github.kmsjca.internal.client.BadAnswerException.require;
import static io.github.kmsjca.internal.client.BadAnswerException.requireArn;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * The KMS operations that create and change keys. Each sends one request unless its description says otherwise. If an
 * operation fails, it throws {@link KmsException}. Thread-safe.
 */
public final class KeyChanges {
    private final Requests requests;

    KeyChanges(Requests requests) {
        this.requests = requests;
    }

    /**
     * Creates a key and returns its ARN (KMS API {@code CreateKey}). One attempt may take as long as
     * {@code call-timeout}. A request that may have arrived is not repeated, because a second request would create
     * another key.
     *
     * @param wanted the parameters, which must include the usage
     */
    public KeyId create(KmsKeyGenParameterSpec wanted) {
        CreateKeyRequest request = CreateKeyRequest.builder()
                .keySpec(wanted.keySpec())
                .keyUsage(wanted.keyUsage().orElse(null))
                .description(wanted.description().orElse(null))
                .policy(wanted.policy().orElse(null))
                .multiRegion(wanted.isMultiRegion() ? true : null)
                .tags(wanted.tags().isEmpty() ? null : list(wanted.tags()))
                .build();
        return requests.create(
                "CreateKey",
                "a key of spec " + wanted.keySpec(),
                client -> requireArn(
                        require(client.createKey(request).keyMetadata(), "KeyMetadata (the key may exist now)")
                                .arn(),
                        "Arn"));
    }

    /**
     * Returns the result of a request that uses a new key. Some KMS servers know a new key only after a while
     * (Developer Guide, "AWS KMS eventual consistency"), so this method repeats the request for up to
     * {@code call-timeout}.
     */
    public <T> T retryUntilKnown(Supplier<T> request) {
        return requests.untilKnown(request);
    }

    /** Creates an alias for a key (KMS API {@code CreateAlias}). The alias begins with {@code alias/}. */
    public void createAlias(String alias, KeyId key) {
        requests.forReplica(
                "CreateAlias",
                key,
                (client, id) ->
                        client.createAlias(request -> request.aliasName(alias).targetKeyId(id.name())));
    }

    /** Schedules the deletion of a key in 7 to 30 days (KMS API {@code ScheduleKeyDeletion}). */
    public void scheduleDeletion(KeyId key, int days) {
        KeyReference reference = KeyReference.of(key);
        requests.forReplica("ScheduleKeyDeletion", key, (client, id) -> {
            ScheduleKeyDeletionResponse answer = client.scheduleKeyDeletion(
                    request -> request.keyId(id.text()).pendingWindowInDays(days));
            reference.requireSame(answer.keyId());
            return answer;
        });
    }

    /** Adds tags to a key. Replaces the key's tags that have the same names (KMS API {@code TagResource}). */
    public void tag(KeyId key, Map<String, String> tags) {
        requests.forReplica(
                "TagResource",
                key,
                (client, id) ->
                        client.tagResource(request -> request.keyId(id.text()).tags(list(tags))));
    }

    /** Removes tags from a key (KMS API {@code UntagResource}). */
    public void untag(KeyId key, Collection<String> names) {
        requests.forReplica(
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
