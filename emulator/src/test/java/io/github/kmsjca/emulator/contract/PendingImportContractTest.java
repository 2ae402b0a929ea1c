package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.Tag;

/** Operations on keys of the origin EXTERNAL whose key material is not imported yet. */
class PendingImportContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final SdkBytes BYTES = SdkBytes.fromUtf8String("some bytes");

    private static KeyMetadata create(String spec, String usage) {
        KeyMetadata key = KMS.createKey(
                        request -> request.origin("EXTERNAL").keySpec(spec).keyUsage(usage))
                .keyMetadata();
        SERVICE.removeAtEnd(key);
        return key;
    }

    private static KeyMetadata signingKey() {
        return create("ECC_NIST_P256", "SIGN_VERIFY");
    }

    static Stream<Consumer<String>> useEnableAndDisable() {
        return Stream.of(
                key -> KMS.sign(request -> request.keyId(key).message(BYTES).signingAlgorithm("ECDSA_SHA_256")),
                key -> KMS.verify(request ->
                        request.keyId(key).message(BYTES).signature(BYTES).signingAlgorithm("ECDSA_SHA_256")),
                key -> KMS.getPublicKey(request -> request.keyId(key)),
                key -> KMS.enableKey(request -> request.keyId(key)),
                key -> KMS.disableKey(request -> request.keyId(key)));
    }

    static Stream<Consumer<String>> symmetricCryptography() {
        return Stream.of(
                key -> KMS.encrypt(request -> request.keyId(key).plaintext(BYTES)),
                key -> KMS.decrypt(request -> request.keyId(key).ciphertextBlob(BYTES)),
                key -> KMS.generateDataKey(request -> request.keyId(key).keySpec("AES_256")),
                key -> KMS.generateDataKeyPair(request -> request.keyId(key).keyPairSpec("ECC_NIST_P256")));
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_P256, SIGN_VERIFY",
        "RSA_2048, ENCRYPT_DECRYPT",
        "HMAC_256, GENERATE_VERIFY_MAC",
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT"
    })
    void createKey_external_isPendingImport(String spec, String usage) {
        KeyMetadata key = create(spec, usage);
        assertEquals("EXTERNAL", key.originAsString());
        assertEquals(KeyState.PENDING_IMPORT, key.keyState());
        assertFalse(key.enabled());
        assertNull(key.expirationModel());
        assertEquals(spec, key.keySpecAsString());
        assertEquals(key, KMS.describeKey(request -> request.keyId(key.keyId())).keyMetadata());
    }

    @ParameterizedTest
    @MethodSource("useEnableAndDisable")
    void signingKey_useEnableAndDisable_areRefused(Consumer<String> operation) {
        String key = signingKey().arn();
        assertRefused("KMSInvalidStateException", key + " is pending import.", () -> operation.accept(key));
    }

    @ParameterizedTest
    @MethodSource("symmetricCryptography")
    void symmetricKey_cryptography_isRefused(Consumer<String> operation) {
        String key = create("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT").arn();
        assertRefused("KMSInvalidStateException", key + " is pending import.", () -> operation.accept(key));
    }

    @Test
    void macAndAgreementKeys_generateMacAndDeriveSharedSecret_areRefused() {
        String mac = create("HMAC_256", "GENERATE_VERIFY_MAC").arn();
        assertRefused(
                "KMSInvalidStateException",
                mac + " is pending import.",
                () -> KMS.generateMac(
                        request -> request.keyId(mac).message(BYTES).macAlgorithm("HMAC_SHA_256")));
        String agreement = create("ECC_NIST_P256", "KEY_AGREEMENT").arn();
        assertRefused(
                "KMSInvalidStateException",
                agreement + " is pending import.",
                () -> KMS.deriveSharedSecret(request ->
                        request.keyId(agreement).keyAgreementAlgorithm("ECDH").publicKey(BYTES)));
    }

    @Test
    void pendingImportKey_tagsAndAliases_work() {
        String key = signingKey().arn();
        KMS.tagResource(request ->
                request.keyId(key).tags(Tag.builder().tagKey("a").tagValue("b").build()));
        assertEquals(
                1, KMS.listResourceTags(request -> request.keyId(key)).tags().size());
        String alias = SERVICE.createAlias(key);
        assertEquals(
                key,
                KMS.describeKey(request -> request.keyId(alias)).keyMetadata().arn());
    }

    @Test
    void cancelKeyDeletion_keyPendingImport_isInvalidStateException() {
        String key = signingKey().arn();
        assertRefused(
                "KMSInvalidStateException",
                key + " is not pending deletion.",
                () -> KMS.cancelKeyDeletion(request -> request.keyId(key)));
    }

    @Test
    void cancelKeyDeletion_keyWithoutMaterial_isPendingImportAgain() {
        String key = signingKey().arn();
        KMS.scheduleKeyDeletion(request -> request.keyId(key));
        KMS.cancelKeyDeletion(request -> request.keyId(key));
        assertEquals(
                KeyState.PENDING_IMPORT,
                KMS.describeKey(request -> request.keyId(key)).keyMetadata().keyState());
    }

    @Test
    void replicateKey_withoutMaterial_isInvalidStateException() {
        KeyMetadata key = KMS.createKey(request -> request.origin("EXTERNAL").multiRegion(true))
                .keyMetadata();
        SERVICE.removeAtEnd(key);
        assertTrue(key.multiRegion());
        assertRefused(
                "KMSInvalidStateException",
                key.arn() + " is pending import.",
                () -> KMS.replicateKey(request -> request.keyId(key.keyId()).replicaRegion(SERVICE.otherRegion())));
    }
}
