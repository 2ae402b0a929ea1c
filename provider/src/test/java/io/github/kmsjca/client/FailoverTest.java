package io.github.kmsjca.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.testing.Referee;
import io.github.kmsjca.testing.TestKms;
import io.github.kmsjca.testing.TwoRegions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multi-Region keys and the setting regions. */
class FailoverTest {
    private static final String EAST = "us-east-1 " + TwoRegions.arn("us-east-1");
    private static final String WEST = "us-west-2 " + TwoRegions.arn("us-west-2");
    private static final byte[] MESSAGE = {1, 2, 3};

    @ParameterizedTest
    @CsvSource({"500, KMSInternalException", "503, DependencyTimeoutException", "0, closed"})
    void firstRegionDown_theNextSigns(int status, String error) throws IOException, GeneralSecurityException {
        try (TwoRegions regions = TwoRegions.eastAnswers(status, error)) {
            Key key = key(regions, "regions=us-east-1,us-west-2");
            assertTrue(Referee.accepts("SHA256withECDSA", key.publicKey, MESSAGE, key.sign()));
            assertEquals(List.of(EAST, WEST), regions.asked());
        }
    }

    @Test
    void firstRegionRefuses_noOtherIsAsked() throws IOException, GeneralSecurityException {
        try (TwoRegions regions = TwoRegions.eastAnswers(400, "AccessDeniedException")) {
            Key key = key(regions, "regions=us-east-1,us-west-2");
            String text = String.valueOf(
                    assertThrows(SignatureException.class, key::sign).getMessage());
            assertTrue(
                    text.startsWith(
                            "KMS Sign for key " + TwoRegions.arn("us-east-1") + " failed: AccessDeniedException"),
                    text);
            assertEquals(List.of(EAST), regions.asked());
        }
    }

    @Test
    void preferredRegionWorks_noOtherIsAsked() throws IOException, GeneralSecurityException {
        try (TwoRegions regions = TwoRegions.eastAnswers(500, "KMSInternalException")) {
            key(regions, "regions=us-west-2,us-east-1").sign();
            assertEquals(List.of(WEST), regions.asked());
        }
    }

    @Test
    void lastRegionDownToo_tellsOfTheLast() throws IOException, GeneralSecurityException {
        try (TwoRegions regions = TwoRegions.eastAnswers(500, "KMSInternalException")) {
            Key key = key(regions, "regions=us-east-1");
            String text = String.valueOf(
                    assertThrows(SignatureException.class, key::sign).getMessage());
            assertTrue(text.contains("KMSInternalException"), text);
            assertEquals(List.of(EAST), regions.asked());
        }
    }

    @Test
    void regionsUnset_theRegionOfTheArnIsAsked() throws IOException, GeneralSecurityException {
        try (TwoRegions regions = TwoRegions.eastAnswers(500, "KMSInternalException")) {
            assertThrows(SignatureException.class, key(regions, "region=us-west-2")::sign);
            assertEquals(List.of(EAST), regions.asked());
        }
    }

    @Test
    void keyOfOneRegion_isAskedThereOnly() throws IOException, GeneralSecurityException {
        try (TwoRegions regions = TwoRegions.eastAnswers(500, "KMSInternalException")) {
            Provider provider = new KmsProvider().configure(regions.settings() + ";regions=us-east-1,us-west-2");
            TestKms.key(provider, regions.singleRegionArn());
            assertEquals(List.of("us-west-2 " + regions.singleRegionArn()), regions.asked());
        }
    }

    /** A key of a keystore file, named by its ARN in us-east-1. */
    private static Key key(TwoRegions regions, String setting) throws GeneralSecurityException {
        PublicKey publicKey = TestKms.publicKey(
                TestKms.key(new KmsProvider().configure(regions.settings()), regions.singleRegionArn()));
        Provider provider = new KmsProvider().configure(regions.settings() + ";" + setting);
        KeyStore store = TestKms.file(
                provider, TestKms.entry("key", TwoRegions.arn("us-east-1"), TestKms.certificate(publicKey)));
        regions.forget();
        return new Key(provider, (PrivateKey) store.getKey("key", null), publicKey);
    }

    private record Key(Provider provider, PrivateKey handle, PublicKey publicKey) {
        byte[] sign() throws GeneralSecurityException {
            return TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), handle, MESSAGE);
        }
    }
}
