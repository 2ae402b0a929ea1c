package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests the search for credentials in a provider that another thread closes. */
class CredentialChainTest {
    @AutoClose
    private final Transport transport = new Transport();

    /**
     * Returns closed clients. Their transport is open, so only the closed chain can end the search, as if the provider
     * had been closed after the first check of an operation.
     */
    private RegionalClients closedClients() {
        KmsSettings settings = new Configuration(Map.of("region", "us-east-1"), false).settings();
        RegionalClients clients = new RegionalClients(
                ClientOptions.of(settings), ClientSource.BY_SETTINGS, transport, ClientLog.withoutFailedCalls());
        clients.close();
        return clients;
    }

    @Test
    void accessKeyId_chainIsClosed_codeIsClosed() {
        RegionalClients clients = closedClients();
        KmsException failure = assertThrows(KmsException.class, () -> clients.accessKeyId(Limits.UNLIMITED.begin()));
        assertEquals("CLOSED", failure.code());
    }

    @Test
    void prepare_chainIsClosed_codeIsClosed() {
        RegionalClients clients = closedClients();
        RegionalClient client = clients.in("us-east-1");
        KmsException failure =
                assertThrows(KmsException.class, () -> clients.prepare(client, Limits.UNLIMITED.begin()));
        assertEquals("CLOSED", failure.code());
    }
}
