package io.github.kmsjca.internal.client;

import static io.github.kmsjca.internal.client.BadAnswerException.require;
import static io.github.kmsjca.internal.client.BadAnswerException.requireAlgorithm;
import static io.github.kmsjca.internal.client.BadAnswerException.requireArn;
import static io.github.kmsjca.internal.client.BadAnswerException.requireList;
import static io.github.kmsjca.internal.client.BadAnswerException.requireText;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
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
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.VerifyRequest;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/**
 * The KMS operations for signatures, for random numbers, and for reading keys, aliases and tags. {@link #changes} and
 * {@link #secrets} return the others. Each operation makes one KMS call, with as many attempts as the settings allow,
 * unless its description says otherwise. If an operation fails, it throws {@link KmsException}. Linking this class
 * loads a part of the SDK, and the first operation loads the rest. Thread-safe.
 */
public final class KmsCalls {
    /** The maximum number of aliases on one page. */
    private static final int ALIASES_PER_PAGE = 100;

    /** The maximum number of tags on one page. It is also the maximum number of tags of a key. */
    private static final int TAGS_PER_PAGE = 50;

    /** The maximum length of an alias name (KMS API {@code AliasListEntry}). */
    private static final int MAX_ALIAS_NAME = 256;

    /** The maximum length of the key id of an alias (KMS API {@code AliasListEntry}). */
    private static final int MAX_KEY_ID = 2_048;

    /** The maximum length of the marker of a page (KMS API {@code ListAliases}, {@code ListResourceTags}). */
    private static final int MAX_MARKER = 1_024;

    /** The prefix that KMS reserves for the aliases of AWS managed keys. */
    private static final String AWS_ALIASES = "alias/aws/";

    /** The maximum number of pages of aliases: enough for a million aliases. The default quota is 100,000 keys. */
    private static final int MAX_ALIAS_PAGES = 10_000;

    /** The maximum number of pages of tags. One is enough for the 50 tags that a key can have. */
    private static final int MAX_TAG_PAGES = 10;

    /** The number of {@code call-timeout} periods that a whole list may take. */
    private static final int LISTING_TIMEOUT_FACTOR = 10;

    private final Requests requests;
    private final Pages aliasPages;
    private final Pages tagPages;
    private final KeyChanges changes;
    private final SecretCalls secrets;
    private final @Nullable List<String> grantTokens;
    private final @Nullable Boolean dryRun;

    /**
     * Creates calls. Sends nothing.
     *
     * @param isDryRun whether Sign, Decrypt, DeriveSharedSecret, GenerateMac and Decapsulate are dry runs
     */
    KmsCalls(KmsSettings settings, RegionalClients clients, boolean isDryRun) {
        this(settings, new Requests(settings, clients), isDryRun);
    }

    KmsCalls(KmsSettings settings, Requests requests, boolean isDryRun) {
        this.requests = requests;
        // the SDK leaves out null
        this.dryRun = isDryRun ? true : null;
        Duration limit = requests.listLimit(LISTING_TIMEOUT_FACTOR);
        String raise = "raise the setting call-timeout (the limit is " + LISTING_TIMEOUT_FACTOR + " times its value)";
        this.aliasPages = new Pages(limit, MAX_ALIAS_PAGES, "name the keys with the setting keys, or " + raise);
        this.tagPages = new Pages(limit, MAX_TAG_PAGES, raise);
        // the SDK sends an empty list, but leaves out null
        this.grantTokens = settings.grantTokens().isEmpty() ? null : settings.grantTokens();
        this.changes = new KeyChanges(requests);
        this.secrets = new SecretCalls(requests, grantTokens, dryRun);
    }

    /** Returns the operations that create and change keys. */
    public KeyChanges changes() {
        return changes;
    }

    /** Returns the operations for encryption, key agreement, encapsulation and MACs. */
    public SecretCalls secrets() {
        return secrets;
    }

    /**
     * Signs (KMS API {@code Sign}).
     *
     * @return the signature. The caller must check the signature, and then call {@link KeyReference#accept}.
     */
    public SignAnswer sign(KeyReference key, SigningInput input) {
        return requests.forKey("Sign", key, (client, id) -> {
            SignResponse answer = client.sign(SignRequest.builder()
                    .keyId(id.text())
                    .signingAlgorithm(input.algorithm())
                    .messageType(input.type().name())
                    .message(SdkBytes.fromByteArrayUnsafe(input.message()))
                    .grantTokens(grantTokens)
                    .dryRun(dryRun)
                    .build());
            key.requireSame(answer.keyId());
            requireAlgorithm(input.algorithm(), answer.signingAlgorithmAsString(), "SigningAlgorithm");
            return new SignAnswer(
                    require(answer.keyId(), "KeyId"),
                    require(answer.signature(), "Signature").asByteArrayUnsafe());
        });
    }

    /** Logs that the signature in an answer was refused, as if the operation had failed. */
    public void logRefusedSignature(String text) {
        requests.logFailure("Sign", KmsErrors.unusable(text));
    }

    /** Returns whether KMS accepts a signature (KMS API {@code Verify}). CloudTrail records the call. */
    public boolean verify(KeyReference key, SigningInput input, byte[] signature) {
        return requests.forKey("Verify", key, (client, id) -> {
            try {
                VerifyResponse answer = client.verify(VerifyRequest.builder()
                        .keyId(id.text())
                        .signingAlgorithm(input.algorithm())
                        .messageType(input.type().name())
                        .message(SdkBytes.fromByteArrayUnsafe(input.message()))
                        .signature(SdkBytes.fromByteArray(signature))
                        .grantTokens(grantTokens)
                        .build());
                key.requireSame(answer.keyId());
                requireAlgorithm(input.algorithm(), answer.signingAlgorithmAsString(), "SigningAlgorithm");
                return require(answer.signatureValid(), "SignatureValid");
            } catch (KmsInvalidSignatureException e) {
                return false;
            }
        });
    }

    /** Returns the description of a key, including its state (KMS API {@code DescribeKey}). */
    // servers that imitate KMS may send only CustomerMasterKeySpec, the old name of KeySpec
    @SuppressWarnings("deprecation")
    public KeyDescription describe(KeyReference key) {
        return requests.forKey("DescribeKey", key, (client, id) -> {
            KeyMetadata found = require(
                    client.describeKey(request -> request.keyId(id.text()).grantTokens(grantTokens))
                            .keyMetadata(),
                    "KeyMetadata");
            key.requireSame(found.arn());
            return new KeyDescription(
                    requireArn(found.arn(), "Arn"),
                    require(keySpec(found.keySpecAsString(), found.customerMasterKeySpecAsString()), "KeySpec"),
                    require(found.keyUsageAsString(), "KeyUsage"),
                    require(found.keyStateAsString(), "KeyState"));
        });
    }

    /** Returns the public key, key spec and key usage of a key pair (KMS API {@code GetPublicKey}). */
    // servers that imitate KMS may send only CustomerMasterKeySpec, the old name of KeySpec
    @SuppressWarnings("deprecation")
    public PublicKeyAnswer publicKey(KeyReference key) {
        return requests.forKey("GetPublicKey", key, (client, id) -> {
            GetPublicKeyResponse answer = client.getPublicKey(GetPublicKeyRequest.builder()
                    .keyId(id.text())
                    .grantTokens(grantTokens)
                    .build());
            key.requireSame(answer.keyId());
            return new PublicKeyAnswer(
                    requireArn(answer.keyId(), "KeyId"),
                    require(answer.publicKey(), "PublicKey").asByteArrayUnsafe(),
                    Optional.ofNullable(keySpec(answer.keySpecAsString(), answer.customerMasterKeySpecAsString())),
                    require(answer.keyUsageAsString(), "KeyUsage"));
        });
    }

    private static @Nullable String keySpec(@Nullable String keySpec, @Nullable String ofOldMember) {
        return keySpec == null ? ofOldMember : keySpec;
    }

    /**
     * Returns the account's aliases in the configured Region (KMS API {@code ListAliases}). Leaves out the aliases of
     * AWS managed keys, the aliases that point to no key, and those with longer texts than KMS allows. Sends one
     * request for each hundred aliases.
     */
    public List<AliasAnswer> aliases() {
        return requests.listOfAccount("ListAliases", aliasPages, KmsCalls::aliasPage);
    }

    private static Pages.Page<AliasAnswer> aliasPage(KmsClient client, @Nullable String marker) {
        ListAliasesResponse answer =
                client.listAliases(request -> request.limit(ALIASES_PER_PAGE).marker(marker));
        List<AliasAnswer> aliases =
                requireList(answer.hasAliases(), answer.aliases(), ALIASES_PER_PAGE, "Aliases").stream()
                        .filter(alias -> alias.targetKeyId() != null
                                && !require(alias.aliasName(), "AliasName").startsWith(AWS_ALIASES))
                        // longer texts are not from KMS; to refuse the whole answer would hide all other aliases
                        .filter(alias -> alias.aliasName().length() <= MAX_ALIAS_NAME
                                && alias.targetKeyId().length() <= MAX_KEY_ID)
                        .map(alias -> new AliasAnswer(
                                alias.aliasName(), alias.targetKeyId(), Optional.ofNullable(alias.creationDate())))
                        .toList();
        return new Pages.Page<>(aliases, nextMarker(answer.truncated(), answer.nextMarker()));
    }

    private static @Nullable String nextMarker(@Nullable Boolean truncated, @Nullable String marker) {
        return Boolean.TRUE.equals(truncated) ? requireText(marker, MAX_MARKER, "NextMarker") : null;
    }

    /**
     * Checks that the caller may list the aliases of the account (KMS API {@code ListAliases}, for one alias). If not,
     * throws the {@link KmsException} of the failed request.
     */
    public void tryAliases() {
        requests.forAccount("ListAliases", "the account", client -> {
            ListAliasesResponse answer = client.listAliases(request -> request.limit(1));
            return requireList(answer.hasAliases(), answer.aliases(), ALIASES_PER_PAGE, "Aliases");
        });
    }

    /** Returns 1 to 1,024 random bytes (KMS API {@code GenerateRandom}). */
    public byte[] random(int length) {
        return requests.forAccount("GenerateRandom", "the account", client -> {
            byte[] bytes = require(
                            client.generateRandom(request -> request.numberOfBytes(length))
                                    .plaintext(),
                            "Plaintext")
                    .asByteArray();
            if (bytes.length != length) {
                throw new BadAnswerException("the answer has " + bytes.length + " random bytes instead of " + length);
            }
            return bytes;
        });
    }

    /**
     * Returns the tags of a key (KMS API {@code ListResourceTags}). Sends one request for each 50 tags.
     *
     * @param key a key ARN or key id, not an alias
     */
    public Map<String, String> tags(KeyId key) {
        List<Tag> tags = requests.forReplica(
                "ListResourceTags",
                key,
                (client, id) -> tagPages.read(marker -> {
                    ListResourceTagsResponse answer = client.listResourceTags(
                            request -> request.keyId(id.text()).marker(marker));
                    requireList(answer.hasTags(), answer.tags(), TAGS_PER_PAGE, "Tags");
                    answer.tags().forEach(tag -> {
                        require(tag.tagKey(), "TagKey");
                        require(tag.tagValue(), "TagValue");
                    });
                    return new Pages.Page<>(answer.tags(), nextMarker(answer.truncated(), answer.nextMarker()));
                }));
        // without the merge function, a tag that is listed twice would cause an IllegalStateException
        return tags.stream().collect(Collectors.toMap(Tag::tagKey, Tag::tagValue, (first, last) -> last));
    }
}
