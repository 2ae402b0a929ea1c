package io.github.kmsjca.benchmarks;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/** Signs with an SDK client, as a program without the provider does. It sends the same requests as the provider. */
final class ClientSigner {
    /**
     * The length of the hash of an ML-DSA public key, and of the message representative (FIPS 204,
     * ML-DSA.Sign_internal).
     */
    private static final int MU_LENGTH = 64;

    private final KmsClient client;
    private final SigningKey key;

    /** The SHAKE256 hash of the public key, which only ML-DSA needs ({@code tr} in FIPS 204). */
    private final byte[] publicKeyHash;

    private ClientSigner(KmsClient client, SigningKey key, byte[] publicKeyHash) {
        this.client = client;
        this.key = key;
        this.publicKeyHash = publicKeyHash;
    }

    static ClientSigner of(KmsClient client, SigningKey key) {
        byte[] publicKey = client.getPublicKey(
                        GetPublicKeyRequest.builder().keyId(key.alias()).build())
                .publicKey()
                .asByteArrayUnsafe();
        byte[] raw =
                SubjectPublicKeyInfo.getInstance(publicKey).getPublicKeyData().getOctets();
        return new ClientSigner(client, key, shake(raw));
    }

    /** Signs a message with one request. */
    byte[] sign(byte[] message) throws GeneralSecurityException {
        SignRequest.Builder request = SignRequest.builder().keyId(key.alias());
        switch (key) {
            case RSA_2048 ->
                request.signingAlgorithm(SigningAlgorithmSpec.RSASSA_PSS_SHA_256)
                        .messageType(MessageType.DIGEST)
                        .message(bytes(MessageDigest.getInstance("SHA-256").digest(message)));
            case ECC_NIST_P256 ->
                request.signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256)
                        .messageType(MessageType.DIGEST)
                        .message(bytes(MessageDigest.getInstance("SHA-256").digest(message)));
            case ECC_NIST_EDWARDS25519 ->
                request.signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512)
                        .messageType(MessageType.RAW)
                        .message(bytes(message));
            case ML_DSA_65 ->
                request.signingAlgorithm(SigningAlgorithmSpec.ML_DSA_SHAKE_256)
                        .messageType(MessageType.EXTERNAL_MU)
                        // two zero bytes: a pure signature with an empty context (FIPS 204, Algorithm 2)
                        .message(bytes(shake(publicKeyHash, new byte[2], message)));
        }
        return client.sign(request.build()).signature().asByteArrayUnsafe();
    }

    private static byte[] shake(byte[]... parts) {
        SHAKEDigest shake = new SHAKEDigest(256);
        for (byte[] part : parts) {
            shake.update(part, 0, part.length);
        }
        byte[] output = new byte[MU_LENGTH];
        shake.doFinal(output, 0, output.length);
        return output;
    }

    private static SdkBytes bytes(byte[] content) {
        return SdkBytes.fromByteArrayUnsafe(content);
    }
}
