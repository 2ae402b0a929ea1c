package io.github.kmsjca.internal.client;

import static io.github.kmsjca.internal.client.BadAnswerException.require;
import static io.github.kmsjca.internal.client.BadAnswerException.requireArn;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.Warnings;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.VerifyRequest;

/**
 * The operations of KMS that sign and that tell of keys, each one request unless its text says otherwise, and the way
 * to the others. A failure is a {@link KmsException}. Linking this class loads a part of the SDK, the first operation
 * all of it. Thread-safe.
 */
public final class KmsCalls implements AutoCloseable {
    /** The most aliases that the service returns in one page. */
    private static final int ALIAS_PAGE = 100;

    /** What KMS keeps for the aliases of keys that AWS services make. */
    private static final String AWS_ALIASES = "alias/aws/";

    /** A hundred thousand aliases: ten times the usual quota. */
    private static final int MOST_ALIAS_PAGES = 1000;

    /** A key has at most 50 tags, which is one page. */
    private static final int MOST_TAG_PAGES = 10;

    /** How many calls a whole list may take the time of. */
    private static final int LISTING = 10;

    private final RegionalClients clients;
    private final Requests requests;
    private final Pages aliasPages;
    private final Pages tagPages;
    private final KeyChanges changes;
    private final SecretCalls secrets;
    private final @Nullable List<String> grantTokens;
    private final @Nullable Boolean dryRun;

    /**
     * Makes calls with settings; nothing is sent.
     *
     * @param warnings told of an endpoint without TLS
     */
    KmsCalls(KmsSettings settings, ClientSource source, Warnings warnings) {
        this(settings, new RegionalClients(settings, source, warnings), null);
    }

    /** Makes calls whose signatures are only tried if {@code dryRun} is true. */
    KmsCalls(KmsSettings settings, RegionalClients clients, @Nullable Boolean dryRun) {
        this.clients = clients;
        this.requests = new Requests(settings, clients);
        this.dryRun = dryRun;
        Duration limit = settings.callTimeout().multipliedBy(LISTING);
        this.aliasPages = new Pages(limit, MOST_ALIAS_PAGES);
        this.tagPages = new Pages(limit, MOST_TAG_PAGES);
        // an empty list would be sent, null is left out
        this.grantTokens = settings.grantTokens().isEmpty() ? null : settings.grantTokens();
        this.changes = new KeyChanges(settings, clients.isOwn(), requests);
        this.secrets = new SecretCalls(requests, grantTokens);
    }

    /** Ends the connections that were made here; later calls fail. */
    @Override
    public void close() {
        clients.close();
    }

    /** Returns the operations that make and change keys. */
    public KeyChanges changes() {
        return changes;
    }

    /** Returns the operations that secrets come from. */
    public SecretCalls secrets() {
        return secrets;
    }

    /**
     * Signs (KMS API {@code Sign}).
     *
     * @return the signature as KMS makes it: DER for ECDSA, a number as long as the modulus for RSA
     */
    public byte[] sign(KeyId key, SigningInput input) {
        return requests.forKey(
                        "Sign",
                        key,
                        (client, id) -> require(
                                client.sign(SignRequest.builder()
                                                .keyId(id.text())
                                                .signingAlgorithm(input.algorithm())
                                                .messageType(input.type().name())
                                                .message(SdkBytes.fromByteArrayUnsafe(input.message()))
                                                .grantTokens(grantTokens)
                                                .dryRun(dryRun)
                                                .build())
                                        .signature(),
                                "Signature"))
                .asByteArrayUnsafe();
    }

    /** Returns whether KMS holds a signature for valid (KMS API {@code Verify}), which CloudTrail records. */
    public boolean verify(KeyId key, SigningInput input, byte[] signature) {
        return requests.forKey("Verify", key, (client, id) -> {
            try {
                return require(
                        client.verify(VerifyRequest.builder()
                                        .keyId(id.text())
                                        .signingAlgorithm(input.algorithm())
                                        .messageType(input.type().name())
                                        .message(SdkBytes.fromByteArrayUnsafe(input.message()))
                                        .signature(SdkBytes.fromByteArray(signature))
                                        .grantTokens(grantTokens)
                                        .build())
                                .signatureValid(),
                        "SignatureValid");
            } catch (KmsInvalidSignatureException e) {
                return false;
            }
        });
    }

    /** Returns what KMS tells of a key, its state included (KMS API {@code DescribeKey}). */
    public KeyDescription describe(KeyId key) {
        return requests.forKey("DescribeKey", key, (client, id) -> {
            KeyMetadata found = require(
                    client.describeKey(request -> request.keyId(id.text()).grantTokens(grantTokens))
                            .keyMetadata(),
                    "KeyMetadata");
            return new KeyDescription(
                    requireArn(found.arn(), "Arn"),
                    require(found.keySpecAsString(), "KeySpec"),
                    require(found.keyUsageAsString(), "KeyUsage"),
                    require(found.keyStateAsString(), "KeyState"));
        });
    }

    /** Returns the public key and the nature of a key (KMS API {@code GetPublicKey}). */
    public PublicKeyAnswer publicKey(KeyId key) {
        return requests.forKey("GetPublicKey", key, (client, id) -> {
            GetPublicKeyResponse answer = client.getPublicKey(GetPublicKeyRequest.builder()
                    .keyId(id.text())
                    .grantTokens(grantTokens)
                    .build());
            return new PublicKeyAnswer(
                    requireArn(answer.keyId(), "KeyId"),
                    require(answer.publicKey(), "PublicKey").asByteArrayUnsafe(),
                    require(answer.keySpecAsString(), "KeySpec"),
                    require(answer.keyUsageAsString(), "KeyUsage"));
        });
    }

    /**
     * Returns the aliases of the account in the configured Region that point to a key and are not AWS's own (KMS API
     * {@code ListAliases}): one request for each hundred.
     */
    public List<AliasAnswer> aliases() {
        return requests.forAccount(
                "ListAliases", "the account", client -> aliasPages.read(marker -> page(client, marker)));
    }

    private static Pages.Page<AliasAnswer> page(KmsClient client, @Nullable String marker) {
        ListAliasesResponse answer =
                client.listAliases(request -> request.limit(ALIAS_PAGE).marker(marker));
        List<AliasAnswer> aliases = answer.aliases().stream()
                .filter(alias -> alias.targetKeyId() != null
                        && !require(alias.aliasName(), "AliasName").startsWith(AWS_ALIASES))
                .map(alias -> new AliasAnswer(
                        alias.aliasName(), alias.targetKeyId(), Optional.ofNullable(alias.creationDate())))
                .toList();
        return new Pages.Page<>(aliases, next(answer.truncated(), answer.nextMarker()));
    }

    private static @Nullable String next(@Nullable Boolean truncated, @Nullable String marker) {
        return Boolean.TRUE.equals(truncated) ? require(marker, "NextMarker") : null;
    }

    /** Fails if the aliases of the account cannot be listed (KMS API {@code ListAliases}, one alias). */
    public void tryAliases() {
        requests.forAccount("ListAliases", "the account", client -> client.listAliases(request -> request.limit(1)));
    }

    /** Returns random bytes, 1 to 1,024 (KMS API {@code GenerateRandom}). */
    public byte[] random(int length) {
        return requests.forAccount("GenerateRandom", "the account", client -> {
            byte[] bytes = require(
                            client.generateRandom(request -> request.numberOfBytes(length))
                                    .plaintext(),
                            "Plaintext")
                    .asByteArray();
            if (bytes.length != length) {
                throw new BadAnswerException("it has " + bytes.length + " random bytes instead of " + length);
            }
            return bytes;
        });
    }

    /** Returns the tags of a key, which its ARN or key id names (KMS API {@code ListResourceTags}): 50 with a request. */
    public Map<String, String> tags(KeyId key) {
        List<Tag> tags = requests.forKey(
                "ListResourceTags",
                key,
                (client, id) -> tagPages.read(marker -> {
                    ListResourceTagsResponse answer = client.listResourceTags(
                            request -> request.keyId(id.text()).marker(marker));
                    answer.tags().forEach(tag -> {
                        require(tag.tagKey(), "TagKey");
                        require(tag.tagValue(), "TagValue");
                    });
                    return new Pages.Page<>(answer.tags(), next(answer.truncated(), answer.nextMarker()));
                }));
        return tags.stream().collect(Collectors.toMap(Tag::tagKey, Tag::tagValue, (first, last) -> last));
    }
}
