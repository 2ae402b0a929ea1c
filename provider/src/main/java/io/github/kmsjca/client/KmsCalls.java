package io.github.kmsjca.client;

import static io.github.kmsjca.client.IncompleteAnswerException.require;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.VerifyRequest;

/**
 * The operations of KMS that the provider uses, each one request unless its text says otherwise. A failure is a
 * {@link KmsException}. Linking this class loads a part of the SDK, the first operation all of it. Thread-safe.
 */
public final class KmsCalls {
    /** The most aliases that the service returns in one page. */
    private static final int ALIAS_PAGE = 100;

    /** What KMS keeps for the aliases of keys that AWS services make. */
    private static final String AWS_ALIASES = "alias/aws/";

    private final KmsSettings settings;
    private final RegionalClients clients;
    private final @Nullable List<String> grantTokens;
    private final @Nullable Boolean dryRun;

    public KmsCalls(KmsSettings settings) {
        this(settings, new RegionalClients(settings), null);
    }

    /** Makes calls whose signatures are only tried if {@code dryRun} is true. */
    KmsCalls(KmsSettings settings, RegionalClients clients, @Nullable Boolean dryRun) {
        this.settings = settings;
        this.clients = clients;
        this.dryRun = dryRun;
        // an empty list would be sent, null is left out
        this.grantTokens = settings.grantTokens().isEmpty() ? null : settings.grantTokens();
    }

    /**
     * Signs (KMS API {@code Sign}).
     *
     * @return the signature as KMS makes it: DER for ECDSA, a number as long as the modulus for RSA
     */
    public byte[] sign(KeyId key, SigningInput input) {
        return call(
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
        return call("Verify", key, (client, id) -> {
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
        return call("DescribeKey", key, (client, id) -> {
            KeyMetadata found = require(
                    client.describeKey(request -> request.keyId(id.text()).grantTokens(grantTokens))
                            .keyMetadata(),
                    "KeyMetadata");
            return new KeyDescription(
                    require(found.arn(), "Arn"),
                    require(found.keySpecAsString(), "KeySpec"),
                    require(found.keyUsageAsString(), "KeyUsage"),
                    require(found.keyStateAsString(), "KeyState"));
        });
    }

    /** Returns the public key and the nature of a key (KMS API {@code GetPublicKey}). */
    public PublicKeyAnswer publicKey(KeyId key) {
        return call("GetPublicKey", key, (client, id) -> answer(request(client, id)));
    }

    /**
     * Returns the public key of a key that has just been made. The service knows a new key everywhere only after a
     * while (Developer Guide, "AWS KMS eventual consistency"), so this asks again until {@code call-timeout} is over.
     */
    public PublicKeyAnswer publicKeyOfNew(KeyId key) {
        return call(
                "GetPublicKey",
                key,
                (client, id) -> answer(NewKey.await(settings.callTimeout(), () -> request(client, id))));
    }

    private GetPublicKeyResponse request(KmsClient client, KeyId id) {
        return client.getPublicKey(GetPublicKeyRequest.builder()
                .keyId(id.text())
                .grantTokens(grantTokens)
                .build());
    }

    private static PublicKeyAnswer answer(GetPublicKeyResponse answer) {
        return new PublicKeyAnswer(
                require(answer.keyId(), "KeyId"),
                require(answer.publicKey(), "PublicKey").asByteArrayUnsafe(),
                require(answer.keySpecAsString(), "KeySpec"),
                require(answer.keyUsageAsString(), "KeyUsage"));
    }

    /**
     * Returns the aliases of the account in the configured Region that point to a key and are not AWS's own (KMS API
     * {@code ListAliases}): one request for each hundred.
     */
    public List<AliasAnswer> aliases() {
        return attempt(
                "ListAliases",
                "the account",
                () ->
                        clients
                                .in(Optional.empty())
                                .listAliasesPaginator(request -> request.limit(ALIAS_PAGE))
                                .aliases()
                                .stream()
                                .filter(alias -> alias.targetKeyId() != null
                                        && !require(alias.aliasName(), "AliasName")
                                                .startsWith(AWS_ALIASES))
                                .map(alias -> new AliasAnswer(
                                        alias.aliasName(),
                                        alias.targetKeyId(),
                                        Optional.ofNullable(alias.creationDate())))
                                .toList());
    }

    /** Fails if the aliases of the account cannot be listed (KMS API {@code ListAliases}, one alias). */
    public void tryAliases() {
        attempt(
                "ListAliases",
                "the account",
                () -> clients.in(Optional.empty()).listAliases(request -> request.limit(1)));
    }

    /** Returns random bytes, 1 to 1,024 (KMS API {@code GenerateRandom}). */
    public byte[] random(int length) {
        return attempt(
                        "GenerateRandom",
                        "the account",
                        () -> require(
                                clients.in(Optional.empty())
                                        .generateRandom(request -> request.numberOfBytes(length))
                                        .plaintext(),
                                "Plaintext"))
                .asByteArray();
    }

    /** Returns the tags of a key, which its ARN or key id names (KMS API {@code ListResourceTags}): 50 with a request. */
    public Map<String, String> tags(KeyId key) {
        return call(
                "ListResourceTags",
                key,
                (client, id) -> client.listResourceTagsPaginator(request -> request.keyId(id.text())).tags().stream()
                        .collect(Collectors.toMap(
                                tag -> require(tag.tagKey(), "TagKey"),
                                tag -> require(tag.tagValue(), "TagValue"),
                                (first, last) -> last)));
    }

    /** Gives a key tags, which take the place of those of the same name (KMS API {@code TagResource}). */
    public void tag(KeyId key, Map<String, String> tags) {
        List<Tag> list = tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .tagKey(tag.getKey())
                        .tagValue(tag.getValue())
                        .build())
                .toList();
        call(
                "TagResource",
                key,
                (client, id) ->
                        client.tagResource(request -> request.keyId(id.text()).tags(list)));
    }

    /** Takes tags away from a key (KMS API {@code UntagResource}). */
    public void untag(KeyId key, Collection<String> names) {
        call(
                "UntagResource",
                key,
                (client, id) ->
                        client.untagResource(request -> request.keyId(id.text()).tagKeys(names)));
    }

    /**
     * Makes a signing key and returns its ARN (KMS API {@code CreateKey}). A late answer is waited for as long as the whole
     * call may take: asked again, the service would make another key.
     */
    public String createSigningKey(KeySpec spec) {
        return attempt(
                "CreateKey",
                "a key of spec " + spec,
                () -> require(
                        require(
                                        clients.in(Optional.empty())
                                                .createKey(request -> request.keySpec(spec.name())
                                                        .keyUsage(KeyUsageType.SIGN_VERIFY)
                                                        .overrideConfiguration(override ->
                                                                override.apiCallAttemptTimeout(settings.callTimeout())))
                                                .keyMetadata(),
                                        "KeyMetadata")
                                .arn(),
                        "Arn"));
    }

    /** Calls in the Region of the key, and for a multi-Region key in the configured Regions until one answers. */
    private <T> T call(String operation, KeyId key, BiFunction<KmsClient, KeyId, T> request) {
        List<String> regions = key.isMultiRegion() ? settings.regions() : List.of();
        for (int i = 0; i < regions.size(); i++) {
            String region = regions.get(i);
            KeyId there = key.inRegion(region);
            try {
                return linked(() -> request.apply(clients.in(Optional.of(region)), there));
            } catch (SdkException e) {
                if (!isOutage(e) || i == regions.size() - 1) {
                    throw KmsErrors.exception(operation, "key " + there, e);
                }
            }
        }
        return attempt(operation, "key " + key, () -> request.apply(clients.in(key.region()), key));
    }

    private static <T> T attempt(String operation, String subject, Supplier<T> request) {
        try {
            return linked(request);
        } catch (SdkException e) {
            throw KmsErrors.exception(operation, subject, e);
        }
    }

    /** The tools of the JDK print errors as stack traces, and do not have all modules that an HTTP client may need. */
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
                : Obstacle.of(failure).isOutage();
    }
}
