package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/** Signing keys, one for each key spec. A key is created when a test first uses its spec. */
final class SigningKeys {
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

    /** Asserts that Sign and Verify both refuse the request. */
    void assertBothRefuse(String code, String text, String spec, String algorithm, String type, byte[] message) {
        assertRefused(code, text, () -> sign(spec, algorithm, type, message));
        assertRefused(code, text, () -> verify(spec, algorithm, type, message, new byte[] {1}));
    }

    /** Asserts that Sign and Verify both refuse the algorithm of another spec, even if the message is wrong too. */
    void assertIncompatible(String spec, String algorithm) {
        String text = "Algorithm " + algorithm + " is incompatible with key spec " + spec + ".";
        assertBothRefuse("InvalidKeyUsageException", text, spec, algorithm, "EXTERNAL_MU", new byte[] {1});
    }

    void assertValid(String spec, String algorithm, String type, byte[] message, byte[] signature) {
        VerifyResponse response = verify(spec, algorithm, type, message, signature);
        assertEquals(arn(spec), response.keyId());
        assertTrue(response.signatureValid());
        assertEquals(algorithm, response.signingAlgorithmAsString());
    }

    void assertInvalid(String spec, String algorithm, String type, byte[] message, byte[] signature) {
        assertRefused("KMSInvalidSignatureException", null, () -> verify(spec, algorithm, type, message, signature));
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
