package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests {@code keytool} and {@code jarsigner} with the certificate chain of a key in each {@link CertificateLocation}.
 */
class StoreMatrixTest {
    private static final List<SigningKey> KEYS = List.of(SigningKey.RSA_2048, SigningKey.ECC_NIST_P384);

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEYS.toArray(SigningKey[]::new));

    /**
     * Returns the combinations to test. PEM and PKCS12 differ only in the format of the file that the setting
     * {@code certificates} names, and jarsigner, not the provider, reads the file of OPTION. So each of these three is
     * tested with only one of the two keys. A usual run also tests TAGS with only one key, and leaves out FILE, because
     * most tests of the tools use a keystore file.
     */
    static Stream<Arguments> storesAndKeys() {
        Stream<Arguments> usual = Stream.of(
                Arguments.of(CertificateLocation.OPTION, SigningKey.RSA_2048),
                Arguments.of(CertificateLocation.PEM, SigningKey.ECC_NIST_P384),
                Arguments.of(CertificateLocation.PKCS12, SigningKey.RSA_2048),
                Arguments.of(CertificateLocation.TAGS, SigningKey.ECC_NIST_P384));
        Stream<Arguments> others = Stream.of(
                Arguments.of(CertificateLocation.FILE, SigningKey.RSA_2048),
                Arguments.of(CertificateLocation.FILE, SigningKey.ECC_NIST_P384),
                Arguments.of(CertificateLocation.TAGS, SigningKey.RSA_2048));
        return SuiteExtent.isWhole() ? Stream.concat(usual, others) : usual;
    }

    /**
     * {@code keytool -list} shows the chain unless only an option of jarsigner names its file. The signed jar always
     * contains the chain.
     */
    @ParameterizedTest
    @MethodSource("storesAndKeys")
    void listAndSign_chainInEachLocation_findChainWithExpectedRequests(
            CertificateLocation location, SigningKey key, @TempDir Path folder) throws Exception {
        // the CA comes first: the provider must accept the certificates in any order
        List<X509Certificate> chain = List.of(BENCH.ca().certificate(), BENCH.certificate(key));
        Workplace place = location.prepare(BENCH.workplace(folder, key), key, chain);

        BENCH.emulator().requests().clear();
        String list = place.keytool("-list -v -alias " + location.alias(key) + " " + location.options())
                .requireSuccess()
                .output();
        assertTrue(list.contains("PrivateKeyEntry"), list);
        assertEquals(location.hasChain(), list.contains("Certificate chain length: 2"), list);
        assertEquals(location.requestsOfList(), sortedRequests());

        BENCH.emulator().requests().clear();
        place.jarsigner(location.jarsignerOptions() + " in.jar " + location.alias(key))
                .requireSuccess();
        SignedJar signed = SignedJar.read(place.path("in.jar"));
        assertTrue(signed.isSignedBy(BENCH.publicKey(key)));
        assertEquals(2, signed.certificateCount());
        assertEquals(location.requests(), sortedRequests());
    }

    private static List<String> sortedRequests() {
        return BENCH.requests().stream().sorted().toList();
    }
}
