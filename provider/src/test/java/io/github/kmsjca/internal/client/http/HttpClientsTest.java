package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class HttpClientsTest {
    /** The SDK's system property for the variable {@code SYNC_HTTP_SERVICE_IMPL}. */
    private static final String PROPERTY = "software.amazon.awssdk.http.service.impl";

    @AutoClose
    private final Transport transport = new Transport();

    @Test
    void build_propertyNamesMissingClient_saysWhereToCorrectTheName() {
        System.setProperty(PROPERTY, "example.Missing");
        try {
            NetworkPath path = HttpClients.path(URI.create("https://kms.eu-west-1.amazonaws.com"));
            ClientPurpose purpose = new ClientPurpose(1, Duration.ofSeconds(1), path, transport.background());
            SdkClientException failure = assertThrows(SdkClientException.class, () -> HttpClients.build(purpose));
            assertEquals(
                    "the HTTP client example.Missing is not on the class path; add its jar, or correct the name in the"
                            + " system property software.amazon.awssdk.http.service.impl or the environment variable"
                            + " SYNC_HTTP_SERVICE_IMPL",
                    failure.getMessage());
        } finally {
            System.clearProperty(PROPERTY);
        }
    }
}
