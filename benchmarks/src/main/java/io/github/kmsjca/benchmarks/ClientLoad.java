package io.github.kmsjca.benchmarks;

import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** A program that signs with an SDK client. Except for the number of connections, the client has the SDK's defaults. */
final class ClientLoad {
    /** As many as the provider has by default (its setting {@code max-connections}). */
    static final int CONNECTIONS = 256;

    private ClientLoad() {}

    /** Runs the program. The argument is the name of a {@link SigningKey}. */
    public static void main(String[] arguments) throws Exception {
        try (KmsClient client = KmsClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
                .build()) {
            ClientSigner signer = ClientSigner.of(client, SigningKey.valueOf(arguments[0]));
            Load.serve(() -> () -> signer.sign(Load.MESSAGE));
        }
    }
}
