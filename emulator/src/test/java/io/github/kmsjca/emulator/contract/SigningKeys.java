package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/** Signing keys, one for each key spec. The key of a spec is created when a test first uses the spec. */
final class SigningKeys {
    /** The maximum length of a signature in a request (KMS API {@code Verify}). */
    static final int MAX_SIGNATURE_LENGTH = 6144;

    private final Map<String, String> arns = new ConcurrentHashMap<>();
    private final ServiceUnderTest service;

    SigningKeys(ServiceUnderTest service) {
        this.service = service;
    }

    String arn(String spec) {
        return arns.computeIfAbsent(spec, name -> service.createKey(name, "SIGN_VERIFY"));
    }

    byte[] publicKey(String spec) {
        return service.client()
                .getPublicKey(request -> request.keyId(arn(spec)))
                .publicKey()
                .asByteArray();
    }

    /** Returns the signature from a {@code Sign} request. The answer must name the key and the algorithm. */
    byte[] sign(String spec, String algorithm, String type, byte[] message) {
        SignResponse response = service.client()
                .sign(request -> request.keyId(arn(spec))
                        .signingAlgorithm(algorithm)
                        .messageType(type)
                        .message(SdkBytes.fromByteArray(message)));
        assertEquals(arn(spec), response.keyId());
        assertEquals(algorithm, response.signingAlgorithmAsString());
        return response.signature().asByteArray();
    }

    /** Asserts that {@code Sign} and {@code Verify} both refuse a request with this error code and text. */
    void assertBothRefuse(String code, String text, String spec, String algorithm, String type, byte[] message) {
        assertRefused(code, text, () -> sign(spec, algorithm, type, message));
        assertRefused(code, text, () -> verify(spec, algorithm, type, message, new byte[] {1}));
    }

    /**
     * Asserts that {@code Sign} and {@code Verify} both refuse the algorithm of another spec. The message type or the
     * length of the message is wrong too, but the error must name the algorithm.
     */
    void assertIncompatible(String spec, String algorithm) {
        String text = "Algorithm " + algorithm + " is incompatible with key spec " + spec + ".";
        assertBothRefuse("InvalidKeyUsageException", text, spec, algorithm, "EXTERNAL_MU", new byte[] {1});
    }

    /** Asserts that {@code Verify} accepts the signature, and that the answer names the key and the algorithm. */
    void assertValid(String spec, String algorithm, String type, byte[] message, byte[] signature) {
        VerifyResponse response = verify(spec, algorithm, type, message, signature);
        assertEquals(arn(spec), response.keyId());
        assertTrue(response.signatureValid());
        assertEquals(algorithm, response.signingAlgorithmAsString());
    }

    /** Asserts that {@code Verify} refuses the signature. */
    void assertInvalid(String spec, String algorithm, String type, byte[] message, byte[] signature) {
        assertRefused(
                "KMSInvalidSignatureException", NO_MESSAGE, () -> verify(spec, algorithm, type, message, signature));
    }

    private VerifyResponse verify(String spec, String algorithm, String type, byte[] message, byte[] signature) {
        return service.client()
                .verify(request -> request.keyId(arn(spec))
                        .signingAlgorithm(algorithm)
                        .messageType(type)
                        .message(SdkBytes.fromByteArray(message))
                        .signature(SdkBytes.fromByteArray(signature)));
    }
}
