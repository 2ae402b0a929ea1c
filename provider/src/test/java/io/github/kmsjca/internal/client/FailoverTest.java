package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.EmulatorOptions;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests which Regions get the requests for a multi-Region key, depending on the setting {@code regions}, and for a
 * single-Region key.
 */
class FailoverTest {
    private static final String EAST = "us-east-1";
    private static final String WEST = "us-west-2";

    @AutoClose
    private static final KmsEmulator REGIONS =
            KmsEmulator.start(EmulatorOptions.defaults().withRegions(List.of(EAST, WEST)));

    private static final String EAST_KEY = REGIONS.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
    private static final String WEST_KEY = REGIONS.replicateKey(EAST_KEY, WEST);
    private static final String EAST_REQUEST = EAST + " " + EAST_KEY;
    private static final String WEST_REQUEST = WEST + " " + WEST_KEY;
    private static final byte[] MESSAGE = {1, 2, 3};

    @BeforeEach
    void reset() {
        REGIONS.faults().clear();
        REGIONS.requests().clear();
    }

    /** Returns faults that each make us-east-1 fail until the end of the test. */
    static Stream<Fault> outages() {
        Fault.Match east = Fault.onAny().in(EAST).always();
        return Stream.of(
                east.error(ErrorType.KMS_INTERNAL, null), east.error(ErrorType.DEPENDENCY_TIMEOUT, null), east.reset());
    }

    /** Returns a fault that makes us-east-1 fail until the end of the test. */
    private static Fault outage() {
        return Fault.onAny().in(EAST).always().error(ErrorType.KMS_INTERNAL, null);
    }

    @Test
    void sign_firstRegionWorks_callsNoOtherRegion() throws GeneralSecurityException {
        Key key = key("regions=us-east-1,us-west-2");
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", key.publicKey, MESSAGE, key.sign()));
        assertEquals(List.of(EAST_REQUEST), requests());
    }

    @ParameterizedTest
    @MethodSource("outages")
    void sign_firstRegionDown_callsTheNextRegion(Fault outage) throws GeneralSecurityException {
        Key key = key("regions=us-east-1,us-west-2");
        REGIONS.faults().add(outage);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", key.publicKey, MESSAGE, key.sign()));
        assertEquals(List.of(EAST_REQUEST, WEST_REQUEST), requests());
    }

    @Test
    void sign_firstRegionRefuses_callsNoOtherRegion() throws GeneralSecurityException {
        Key key = key("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).accessDenied());
        String text =
                String.valueOf(assertThrows(SignatureException.class, key::sign).getMessage());
        assertTrue(text.startsWith("KMS Sign for key " + EAST_KEY + " failed: AccessDeniedException"), text);
        assertEquals(List.of(EAST_REQUEST), requests());
    }

    @Test
    void sign_secondRegionDown_callsOnlyTheFirstRegion() throws GeneralSecurityException {
        Key key = key("regions=us-west-2,us-east-1");
        REGIONS.faults().add(outage());
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", key.publicKey, MESSAGE, key.sign()));
        assertEquals(List.of(WEST_REQUEST), requests());
    }

    @Test
    void sign_onlyRegionDown_callsNoOtherRegion() throws GeneralSecurityException {
        Key key = key("attempts=1;regions=us-east-1");
        REGIONS.faults().add(outage());
        String text =
                String.valueOf(assertThrows(SignatureException.class, key::sign).getMessage());
        assertTrue(text.contains("KMSInternalException"), text);
        assertEquals(List.of(EAST_REQUEST), requests());
    }

    @Test
    void sign_regionsUnset_callsOnlyTheRegionOfTheArn() throws GeneralSecurityException {
        Key key = key("attempts=1;region=us-west-2");
        REGIONS.faults().add(outage());
        assertThrows(SignatureException.class, key::sign);
        assertEquals(List.of(EAST_REQUEST), requests());
    }

    @Test
    void getKey_singleRegionKey_callsOnlyTheRegionOfTheKey() {
        String single = REGIONS.createKeyIn(WEST, "ECC_NIST_P256", "SIGN_VERIFY");
        REGIONS.faults().add(outage());
        TestKms.key(provider("regions=us-east-1,us-west-2"), single);
        assertEquals(List.of(WEST + " " + single), requests());
    }

    /** Returns the Regions that got requests so far, each with the requested key, in order. */
    private static List<String> requests() {
        return REGIONS.requests().all().stream()
                .map(request ->
                        request.region().orElse("") + " " + request.keyId().orElse(""))
                .toList();
    }

    private static Provider provider(String setting) {
        return new KmsProvider().configure("endpoint=" + REGIONS.endpoint() + ";" + setting);
    }

    /**
     * Returns the multi-Region key from a keystore file with its ARN in us-east-1 and its certificate. Clears the
     * request log.
     */
    private static Key key(String setting) throws GeneralSecurityException {
        PublicKey publicKey = TestKms.publicKey(TestKms.key(provider("region=us-east-1"), EAST_KEY));
        Provider provider = provider(setting);
        KeyStore store = TestKms.file(provider, TestKms.entry("key", EAST_KEY, TestKms.certificate(publicKey)));
        REGIONS.requests().clear();
        return new Key(provider, (PrivateKey) store.getKey("key", null), publicKey);
    }

    private record Key(Provider provider, PrivateKey handle, PublicKey publicKey) {
        byte[] sign() throws GeneralSecurityException {
            return TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), handle, MESSAGE);
        }
    }
}
