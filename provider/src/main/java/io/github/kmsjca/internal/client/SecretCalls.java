package io.github.kmsjca.internal.client;

import static io.github.kmsjca.internal.client.BadAnswerException.require;
import static io.github.kmsjca.internal.client.BadAnswerException.requireAlgorithm;

import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.key.KmsException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecapsulateRequest;
import software.amazon.awssdk.services.kms.model.DecapsulateResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.EncapsulateRequest;
import software.amazon.awssdk.services.kms.model.EncapsulateResponse;
import software.amazon.awssdk.services.kms.model.EncapsulationAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacResponse;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.kms.model.VerifyMacResponse;

/**
 * The KMS operations for secrets: encryption, key agreement, encapsulation and MACs. Each makes one KMS call, with
 * as many attempts as the settings allow. A failed call throws {@link KmsException}. Arguments are neither changed nor
 * kept. Thread-safe.
 */
public final class SecretCalls {
    private final Requests requests;
    private final @Nullable List<String> grantTokens;
    private final @Nullable Boolean dryRun;

    /**
     * Creates calls. The SDK leaves out members of a request that are null.
     *
     * @param grantTokens the grant tokens; null if there are none
     * @param dryRun true if Decrypt, DeriveSharedSecret, GenerateMac and Decapsulate are dry runs; otherwise null
     */
    SecretCalls(Requests requests, @Nullable List<String> grantTokens, @Nullable Boolean dryRun) {
        this.requests = requests;
        this.grantTokens = grantTokens;
        this.dryRun = dryRun;
    }

    /**
     * Returns the ciphertext of a plaintext (KMS API {@code Encrypt}). The plaintext must not be longer than
     * {@link OaepScheme#maxPlaintextLength}.
     */
    public byte[] encrypt(KeyReference key, OaepScheme scheme, byte[] plaintext) {
        return requests.forKey("Encrypt", key, (client, id) -> {
            EncryptResponse answer = client.encrypt(EncryptRequest.builder()
                    .keyId(id.text())
                    .encryptionAlgorithm(scheme.name())
                    .plaintext(SdkBytes.fromByteArrayUnsafe(plaintext))
                    .grantTokens(grantTokens)
                    .build());
            requireAlgorithm(scheme.name(), answer.encryptionAlgorithmAsString(), "EncryptionAlgorithm");
            return acceptedResult(key, answer.keyId(), answer.ciphertextBlob(), "CiphertextBlob");
        });
    }

    /**
     * Returns the plaintext (KMS API {@code Decrypt}).
     *
     * @throws KmsException if the request fails; {@link KmsErrors#isBadCiphertext} is true if the ciphertext does not
     *     belong to the key
     */
    public byte[] decrypt(KeyReference key, OaepScheme scheme, byte[] ciphertext) {
        return requests.forKey("Decrypt", key, (client, id) -> {
            DecryptResponse answer = client.decrypt(DecryptRequest.builder()
                    .keyId(id.text())
                    .encryptionAlgorithm(scheme.name())
                    .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(ciphertext))
                    .grantTokens(grantTokens)
                    .dryRun(dryRun)
                    .build());
            requireAlgorithm(scheme.name(), answer.encryptionAlgorithmAsString(), "EncryptionAlgorithm");
            return acceptedResult(key, answer.keyId(), answer.plaintext(), "Plaintext");
        });
    }

    /**
     * Returns the x coordinate of the shared point, padded to the length of the field (KMS API
     * {@code DeriveSharedSecret}).
     *
     * @param peer the SubjectPublicKeyInfo of the other party, on the curve of the key
     */
    public byte[] deriveSharedSecret(KeyReference key, byte[] peer) {
        return requests.forKey("DeriveSharedSecret", key, (client, id) -> {
            DeriveSharedSecretResponse answer = client.deriveSharedSecret(DeriveSharedSecretRequest.builder()
                    .keyId(id.text())
                    .keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH)
                    .publicKey(SdkBytes.fromByteArrayUnsafe(peer))
                    .grantTokens(grantTokens)
                    .dryRun(dryRun)
                    .build());
            requireAlgorithm(
                    KeyAgreementAlgorithmSpec.ECDH.toString(),
                    answer.keyAgreementAlgorithmAsString(),
                    "KeyAgreementAlgorithm");
            return acceptedResult(key, answer.keyId(), answer.sharedSecret(), "SharedSecret");
        });
    }

    /** Returns the MAC of a message of 1 to 4,096 bytes (KMS API {@code GenerateMac}). */
    public byte[] mac(KeyReference key, MacAlgorithm algorithm, byte[] message) {
        return requests.forKey("GenerateMac", key, (client, id) -> {
            GenerateMacResponse answer = client.generateMac(GenerateMacRequest.builder()
                    .keyId(id.text())
                    .macAlgorithm(algorithm.name())
                    .message(SdkBytes.fromByteArrayUnsafe(message))
                    .grantTokens(grantTokens)
                    .dryRun(dryRun)
                    .build());
            requireAlgorithm(algorithm.name(), answer.macAlgorithmAsString(), "MacAlgorithm");
            return acceptedResult(key, answer.keyId(), answer.mac(), "Mac");
        });
    }

    /** Returns whether KMS accepts the MAC of a message of 1 to 4,096 bytes (KMS API {@code VerifyMac}). */
    public boolean verifyMac(KeyReference key, MacAlgorithm algorithm, MessageWithMac input) {
        return requests.forKey("VerifyMac", key, (client, id) -> {
            try {
                VerifyMacResponse answer = client.verifyMac(VerifyMacRequest.builder()
                        .keyId(id.text())
                        .macAlgorithm(algorithm.name())
                        .message(SdkBytes.fromByteArrayUnsafe(input.message()))
                        .mac(SdkBytes.fromByteArrayUnsafe(input.mac()))
                        .grantTokens(grantTokens)
                        .build());
                requireAlgorithm(algorithm.name(), answer.macAlgorithmAsString(), "MacAlgorithm");
                boolean valid = require(answer.macValid(), "MacValid");
                key.accept(require(answer.keyId(), "KeyId"));
                return valid;
            } catch (KmsInvalidMacException e) {
                return false;
            }
        });
    }

    /** Returns a new shared secret and its encapsulation (KMS API {@code Encapsulate}). */
    public Encapsulation encapsulate(KeyReference key) {
        return requests.forKey("Encapsulate", key, (client, id) -> {
            EncapsulateResponse answer = client.encapsulate(EncapsulateRequest.builder()
                    .keyId(id.text())
                    .encapsulationAlgorithm(EncapsulationAlgorithmSpec.ML_KEM)
                    .grantTokens(grantTokens)
                    .build());
            requireAlgorithm(
                    EncapsulationAlgorithmSpec.ML_KEM.toString(),
                    answer.encapsulationAlgorithmAsString(),
                    "EncapsulationAlgorithm");
            SdkBytes secret = require(answer.sharedSecret(), "SharedSecret");
            SdkBytes encapsulation = require(answer.sharedSecretCiphertextBlob(), "SharedSecretCiphertextBlob");
            key.accept(require(answer.keyId(), "KeyId"));
            return new Encapsulation(secret.asByteArrayUnsafe(), encapsulation.asByteArrayUnsafe());
        });
    }

    /**
     * Returns the shared secret of an encapsulation (KMS API {@code Decapsulate}). If the encapsulation is for another
     * key, the result is pseudorandom (FIPS 203 §6.3).
     *
     * @throws KmsException if the request fails; {@link KmsErrors#isBadCiphertext} is true if the encapsulation has the
     *     wrong length
     */
    public byte[] decapsulate(KeyReference key, byte[] encapsulation) {
        return requests.forKey("Decapsulate", key, (client, id) -> {
            DecapsulateResponse answer = client.decapsulate(DecapsulateRequest.builder()
                    .keyId(id.text())
                    .encapsulationAlgorithm(EncapsulationAlgorithmSpec.ML_KEM)
                    .sharedSecretCiphertextBlob(SdkBytes.fromByteArrayUnsafe(encapsulation))
                    .grantTokens(grantTokens)
                    .dryRun(dryRun)
                    .build());
            requireAlgorithm(
                    EncapsulationAlgorithmSpec.ML_KEM.toString(),
                    answer.encapsulationAlgorithmAsString(),
                    "EncapsulationAlgorithm");
            return acceptedResult(key, answer.keyId(), answer.sharedSecret(), "SharedSecret");
        });
    }

    /** Accepts the key that an answer came from, and returns the result in the answer. */
    private static byte[] acceptedResult(
            KeyReference key, @Nullable String answered, @Nullable SdkBytes result, String member) {
        byte[] bytes = require(result, member).asByteArrayUnsafe();
        key.accept(require(answered, "KeyId"));
        return bytes;
    }
}
