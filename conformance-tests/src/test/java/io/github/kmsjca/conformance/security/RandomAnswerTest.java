package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the provider refuses an answer with more or fewer random bytes than requested. */
class RandomAnswerTest {
    @AutoClose
    private static final HostileKms KMS = HostileKms.start();

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 1023, 1025})
    void nextBytes_wrongLengthInTheAnswer_isRefused(int length) throws GeneralSecurityException {
        String bytes = Base64.getEncoder().encodeToString(new byte[length]);
        KMS.answer("GenerateRandom", request -> "{\"Plaintext\":\"" + bytes + "\"}");
        SecureRandom random = SecureRandom.getInstance(
                KmsProvider.NAME, new KmsProvider().configure("region=us-east-1;endpoint=" + KMS.endpoint()));
        assertEquals(
                "KMS GenerateRandom for the account failed: the answer did not come from KMS; check the endpoint and the proxies on"
                        + " the way to it (the answer has " + length + " random bytes instead of 1024)",
                assertThrows(ProviderException.class, () -> random.nextBytes(new byte[8]))
                        .getMessage());
    }
}
