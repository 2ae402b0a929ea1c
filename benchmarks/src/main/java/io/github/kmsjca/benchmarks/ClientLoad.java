package io.github.kmsjca.benchmarks;

import java.util.concurrent.Callable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/** A program that signs with an SDK client. Except for the number of connections, the client has the SDK's defaults. */
final class ClientLoad {
    /** As many as the provider has by default (its setting {@code max-connections}). */
    private static final int CONNECTIONS = 256;

    private ClientLoad() {}

    /** Runs the program. The argument is the alias of the key. */
    public static void main(String[] arguments) throws Exception {
        try (KmsClient client = KmsClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
                .build()) {
            Callable<byte[]> signer = () -> client.sign(SignRequest.builder()
                            .keyId(arguments[0])
                            .signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512)
                            .messageType(MessageType.RAW)
                            .message(SdkBytes.fromByteArrayUnsafe(Load.MESSAGE))
                            .build())
                    .signature()
                    .asByteArrayUnsafe();
            Load.serve(() -> signer);
        }
    }
}
