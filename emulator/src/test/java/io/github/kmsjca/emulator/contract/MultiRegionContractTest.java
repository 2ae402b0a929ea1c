package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.MultiRegionConfiguration;
import software.amazon.awssdk.services.kms.model.MultiRegionKey;
import software.amazon.awssdk.services.kms.model.ReplicateKeyResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * Multi-Region keys: KMS API {@code CreateKey} with {@code MultiRegion}, {@code ReplicateKey}, the use of replicas, and
 * what is different in {@code ScheduleKeyDeletion}.
 */
class MultiRegionContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    // the tests create primary keys HERE and replicas THERE
    private static final KmsClient HERE = SERVICE.client();
    private static final String OTHER_REGION = SERVICE.otherRegion();
    private static final KmsClient THERE = SERVICE.client(OTHER_REGION);
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("a message");

    private static KeyMetadata createPrimary(String spec, String usage) {
        KeyMetadata key = HERE.createKey(
                        request -> request.multiRegion(true).keySpec(spec).keyUsage(usage))
                .keyMetadata();
        SERVICE.removeAtEnd(key);
        return key;
    }

    private static KeyMetadata signingKey() {
        return createPrimary("ECC_NIST_P256", "SIGN_VERIFY");
    }

    private static KeyMetadata createReplica(KeyMetadata primary) {
        KeyMetadata key = HERE.replicateKey(
                        request -> request.keyId(primary.keyId()).replicaRegion(OTHER_REGION))
                .replicaKeyMetadata();
        SERVICE.removeAtEnd(key);
        return key;
    }

    private static KeyMetadata describe(KmsClient client, KeyMetadata key) {
        return client.describeKey(request -> request.keyId(key.keyId())).keyMetadata();
    }

    private static SdkBytes sign(KmsClient client, String key) {
        return client.sign(request -> request.keyId(key).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"))
                .signature();
    }

    private static MultiRegionKey multiRegionKey(KeyMetadata key, String region) {
        return MultiRegionKey.builder().arn(key.arn()).region(region).build();
    }

    @Test
    void createKey_multiRegion_isAPrimaryWithoutReplicas() {
        KeyMetadata key = signingKey();
        assertTrue(key.keyId().matches("mrk-[0-9a-f]{32}"), key.keyId());
        assertTrue(key.arn().endsWith(":" + SERVICE.region() + ":" + key.awsAccountId() + ":key/" + key.keyId()));
        assertTrue(key.multiRegion());
        MultiRegionConfiguration configuration = key.multiRegionConfiguration();
        assertEquals("PRIMARY", configuration.multiRegionKeyTypeAsString());
        assertEquals(multiRegionKey(key, SERVICE.region()), configuration.primaryKey());
        assertTrue(configuration.replicaKeys().isEmpty());
        assertEquals(key, describe(HERE, key));
    }

    @Test
    void createKey_singleRegion_hasNoMultiRegionConfiguration() {
        KeyMetadata key = HERE.createKey(request -> request.multiRegion(false)).keyMetadata();
        SERVICE.removeAtEnd(key);
        assertFalse(key.multiRegion());
        assertNull(key.multiRegionConfiguration());
        assertFalse(key.keyId().startsWith("mrk-"));
    }

    @Test
    void replicateKey_signingKey_describesPrimaryAndReplicaInBothRegions() {
        KeyMetadata primary = signingKey();
        KeyMetadata replica = createReplica(primary);
        assertEquals(primary.keyId(), replica.keyId());
        assertEquals(primary.arn().replace(SERVICE.region(), OTHER_REGION), replica.arn());
        assertEquals(primary.keySpec(), replica.keySpec());
        assertEquals(primary.keyUsage(), replica.keyUsage());
        assertTrue(replica.multiRegion());
        MultiRegionConfiguration there = describe(THERE, replica).multiRegionConfiguration();
        assertEquals("REPLICA", there.multiRegionKeyTypeAsString());
        MultiRegionConfiguration here = describe(HERE, primary).multiRegionConfiguration();
        assertEquals("PRIMARY", here.multiRegionKeyTypeAsString());
        for (MultiRegionConfiguration configuration : List.of(here, there)) {
            assertEquals(multiRegionKey(primary, SERVICE.region()), configuration.primaryKey());
            assertEquals(List.of(multiRegionKey(replica, OTHER_REGION)), configuration.replicaKeys());
        }
    }

    @Test
    void replicateKey_descriptionAndTags_areSetOnTheReplicaOnly() {
        Tag tagOfPrimary = Tag.builder().tagKey("a").tagValue("here").build();
        KeyMetadata primary = HERE.createKey(
                        request -> request.multiRegion(true).description("here").tags(tagOfPrimary))
                .keyMetadata();
        SERVICE.removeAtEnd(primary);
        Tag tag = Tag.builder().tagKey("b").tagValue("there").build();
        ReplicateKeyResponse answer = HERE.replicateKey(request -> request.keyId(primary.arn())
                .replicaRegion(OTHER_REGION)
                .description("there")
                .tags(tag));
        SERVICE.removeAtEnd(answer.replicaKeyMetadata());
        assertEquals("there", answer.replicaKeyMetadata().description());
        assertEquals(List.of(tag), answer.replicaTags());
        assertTrue(answer.replicaPolicy().contains("\"kms:*\""), answer.replicaPolicy());
        assertEquals("there", describe(THERE, primary).description());
        assertEquals("here", describe(HERE, primary).description());
        assertEquals(
                List.of(tag),
                THERE.listResourceTags(request -> request.keyId(primary.keyId()))
                        .tags());
        assertEquals(
                List.of(tagOfPrimary),
                HERE.listResourceTags(request -> request.keyId(primary.keyId())).tags());
    }

    @Test
    void replicateKey_withoutDescriptionAndTags_replicaHasNone() {
        String key = signingKey().keyId();
        ReplicateKeyResponse plain =
                HERE.replicateKey(request -> request.keyId(key).replicaRegion(OTHER_REGION));
        SERVICE.removeAtEnd(plain.replicaKeyMetadata());
        assertEquals("", plain.replicaKeyMetadata().description());
        assertTrue(plain.replicaTags().isEmpty());
    }

    @Test
    void replica_signature_isValidUnderThePrimaryKey() {
        KeyMetadata primary = signingKey();
        createReplica(primary);
        assertEquals(
                HERE.getPublicKey(request -> request.keyId(primary.keyId())).publicKey(),
                THERE.getPublicKey(request -> request.keyId(primary.keyId())).publicKey());
        SdkBytes signature = sign(THERE, primary.keyId());
        assertTrue(HERE.verify(request -> request.keyId(primary.arn())
                        .message(MESSAGE)
                        .signature(signature)
                        .signingAlgorithm("ECDSA_SHA_256"))
                .signatureValid());
    }

    @Test
    void replica_ciphertextOfThePrimaryKey_isDecrypted() {
        KeyMetadata primary = createPrimary("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        KeyMetadata replica = createReplica(primary);
        SdkBytes ciphertext = HERE.encrypt(
                        request -> request.keyId(primary.keyId()).plaintext(MESSAGE))
                .ciphertextBlob();
        var answer = THERE.decrypt(request -> request.ciphertextBlob(ciphertext));
        assertEquals(MESSAGE, answer.plaintext());
        assertEquals(replica.arn(), answer.keyId());
    }

    @Test
    void replica_stateAndAliases_areSeparateFromThePrimaryKey() {
        KeyMetadata primary = signingKey();
        KeyMetadata replica = createReplica(primary);
        HERE.disableKey(request -> request.keyId(primary.keyId()));
        String alias = SERVICE.createAlias(primary.keyId());
        sign(THERE, primary.keyId());
        assertTrue(THERE.listAliases(request -> request.keyId(replica.arn()))
                .aliases()
                .isEmpty());
        assertRefused("DisabledException", primary.arn() + " is disabled.", () -> sign(HERE, alias));
        assertRefused("NotFoundException", "Invalid arn " + SERVICE.region(), () -> sign(THERE, primary.arn()));
    }

    @Test
    void replicateKey_ownRegion_isValidationException() {
        String key = signingKey().keyId();
        assertRefused(
                "ValidationException",
                SERVICE.region() + " cannot have a replica because it contains the primary.",
                () -> HERE.replicateKey(request -> request.keyId(key).replicaRegion(SERVICE.region())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-gov-west-1", "xx-nowhere-9", "Frankfurt"})
    void replicateKey_otherPartitionOrUnknownRegion_isValidationException(String region) {
        String key = signingKey().keyId();
        assertRefused(
                "ValidationException",
                () -> HERE.replicateKey(request -> request.keyId(key).replicaRegion(region)));
    }

    @Test
    void replicateKey_twice_isAlreadyExistsException() {
        KeyMetadata primary = signingKey();
        createReplica(primary);
        assertRefused(
                "AlreadyExistsException",
                () -> HERE.replicateKey(
                        request -> request.keyId(primary.keyId()).replicaRegion(OTHER_REGION)));
    }

    @Test
    void replicateKey_notAPrimaryKey_isUnsupportedOperationException() {
        String single = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        assertRefused(
                "UnsupportedOperationException",
                single + " is not a multi-region primary key.",
                () -> HERE.replicateKey(request -> request.keyId(single).replicaRegion(OTHER_REGION)));
        KeyMetadata replica = createReplica(signingKey());
        assertRefused(
                "UnsupportedOperationException",
                replica.arn() + " is not a multi-region primary key.",
                () -> THERE.replicateKey(
                        request -> request.keyId(replica.keyId()).replicaRegion("us-east-1")));
    }

    @Test
    void replicateKey_keyDisabledOrPendingDeletion_isRefused() {
        KeyMetadata key = signingKey();
        HERE.disableKey(request -> request.keyId(key.keyId()));
        assertRefused(
                "DisabledException",
                key.arn() + " is disabled.",
                () -> HERE.replicateKey(request -> request.keyId(key.keyId()).replicaRegion(OTHER_REGION)));
        HERE.scheduleKeyDeletion(request -> request.keyId(key.keyId()));
        assertRefused(
                "KMSInvalidStateException",
                key.arn() + " is pending deletion.",
                () -> HERE.replicateKey(request -> request.keyId(key.keyId()).replicaRegion(OTHER_REGION)));
    }

    @Test
    void replicateKey_invalidMember_isRefusedAndCreatesNoReplica() {
        String key = signingKey().keyId();
        assertRefused(
                "InvalidArnException",
                "Key Aliases are not supported for this operation.",
                () -> HERE.replicateKey(request -> request.keyId("alias/any").replicaRegion(OTHER_REGION)));
        assertRefused(
                "MalformedPolicyDocumentException",
                () -> HERE.replicateKey(request ->
                        request.keyId(key).replicaRegion(OTHER_REGION).policy("[]")));
        assertRefused(
                "TagException",
                "Tags beginning with aws: are reserved",
                () -> HERE.replicateKey(request -> request.keyId(key)
                        .replicaRegion(OTHER_REGION)
                        .tags(Tag.builder().tagKey("aws:a").tagValue("b").build())));
        assertRefused("NotFoundException", () -> THERE.describeKey(request -> request.keyId(key)));
    }

    @Test
    void scheduleKeyDeletion_primaryWithReplica_waitsForTheReplicaAndCanBeCancelled() {
        KeyMetadata primary = signingKey();
        createReplica(primary);
        ScheduleKeyDeletionResponse answer = HERE.scheduleKeyDeletion(
                request -> request.keyId(primary.keyId()).pendingWindowInDays(9));
        assertEquals(KeyState.PENDING_REPLICA_DELETION, answer.keyState());
        assertEquals(9, answer.pendingWindowInDays());
        assertNull(answer.deletionDate());
        KeyMetadata waiting = describe(HERE, primary);
        assertEquals(KeyState.PENDING_REPLICA_DELETION, waiting.keyState());
        assertEquals(9, waiting.pendingDeletionWindowInDays());
        assertNull(waiting.deletionDate());
        assertFalse(waiting.enabled());
        assertRefused(
                "KMSInvalidStateException", primary.arn() + " is pending deletion.", () -> sign(HERE, primary.keyId()));
        sign(THERE, primary.keyId());
        HERE.cancelKeyDeletion(request -> request.keyId(primary.keyId()));
        KeyMetadata cancelled = describe(HERE, primary);
        assertEquals(KeyState.DISABLED, cancelled.keyState());
        assertNull(cancelled.pendingDeletionWindowInDays());
    }

    @Test
    void scheduleKeyDeletion_replicaOrPrimaryWithoutReplicas_isPendingAtOnce() {
        KeyMetadata primary = signingKey();
        KeyMetadata replica = createReplica(primary);
        ScheduleKeyDeletionResponse answer = THERE.scheduleKeyDeletion(request -> request.keyId(replica.keyId()));
        assertEquals(KeyState.PENDING_DELETION, answer.keyState());
        assertNotNull(answer.deletionDate());
        sign(HERE, primary.keyId());
        KeyMetadata alone = signingKey();
        assertEquals(
                KeyState.PENDING_DELETION,
                HERE.scheduleKeyDeletion(request -> request.keyId(alone.keyId()))
                        .keyState());
    }
}
