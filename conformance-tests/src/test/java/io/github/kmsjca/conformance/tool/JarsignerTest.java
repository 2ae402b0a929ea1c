package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code jarsigner} with KMS keys. */
class JarsignerTest {
    @AutoClose
    private static final Workbench BENCH = Workbench.with(SigningKey.forThisRun());

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder);
        SignedJar.writeUnsigned(place.path("in.jar"));
        BENCH.ca().writeTrustStore(place.path("trust.p12"));
    }

    static Stream<SigningKey> keys() {
        return Stream.of(SigningKey.forThisRun());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void sign_withoutAlgorithm_usesTheDefaultOfTheTool(SigningKey key) {
        sign(key);

        assertSignedBy(key);
        assertVerifiesStrictly(key.defaultSignatureAlgorithm());
    }

    @ParameterizedTest
    @MethodSource("keysWithAlgorithms")
    void sign_givenAlgorithm_isUsed(SigningKey key, String algorithm) {
        sign(key, "-sigalg " + algorithm);

        assertSignedBy(key);
        assertVerifiesStrictly(algorithm);
    }

    static Stream<Arguments> keysWithAlgorithms() {
        List<Arguments> all = Arrays.stream(SigningKey.forThisRun())
                .flatMap(key -> key.signatureAlgorithms().stream()
                        .filter(algorithm -> !algorithm.equals(key.defaultSignatureAlgorithm()))
                        .map(algorithm -> Arguments.of(key, algorithm)))
                .toList();
        return SuiteExtent.everyNth(all, 6);
    }

    static Stream<SigningKey> rsaKeys() {
        return keys().filter(key -> key.algorithm().equals("RSA"));
    }

    @ParameterizedTest
    @MethodSource("rsaKeys")
    void sign_pss_usesTheDefaultHashOfTheTool(SigningKey key) {
        sign(key, "-sigalg RSASSA-PSS");

        assertEquals("RSASSA_PSS_SHA_" + hashBits(key.defaultSignatureAlgorithm()), kmsAlgorithm());
        assertSignedBy(key);
        assertVerifiesStrictly("RSASSA-PSS");
    }

    static Stream<String> namesWithHash() {
        return SuiteExtent.firstOf("SHA512withRSASSA-PSS", "SHA384withRSAandMGF1", "SHA256withRSA/PSS");
    }

    @ParameterizedTest
    @MethodSource("namesWithHash")
    void sign_pssWithHash_usesThatHash(String algorithm) {
        sign(SigningKey.RSA_2048, "-sigalg " + algorithm);

        assertEquals("RSASSA_PSS_SHA_" + hashBits(algorithm), kmsAlgorithm());
        assertSignedBy(SigningKey.RSA_2048);
        assertVerifiesStrictly("RSASSA-PSS");
    }

    /** Returns 256 for SHA256withRSA. */
    private static String hashBits(String algorithm) {
        return algorithm.replaceFirst("SHA(\\d+)with.*", "$1");
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void sign_digestAlgorithm_doesNotChangeTheSignatureAlgorithm() {
        SigningKey key = SigningKey.ECC_NIST_P256;
        sign(key, "-digestalg SHA-512");

        assertSignedBy(key);
        assertEquals(Set.of("SHA-512"), SignedJar.read(place.path("out.jar")).digestAlgorithms());
        assertVerifiesStrictly(key.defaultSignatureAlgorithm());
    }

    @Test
    void sign_jarThatIsSigned_replacesTheSignatureInPlace() {
        sign(SigningKey.ECC_NIST_P256);
        place.jarsigner("-keystore release.awskms -storetype AWSKMS -protected out.jar " + Workbench.ENTRY)
                .requireSuccess();

        assertSignedBy(SigningKey.ECC_NIST_P256);
        assertEquals(List.of("Sign", "Sign"), BENCH.requests());
    }

    @Test
    void sign_strictWithCaInTheKeystoreFile_succeeds() {
        BENCH.keystore(SigningKey.RSA_2048)
                .trusted("ca", BENCH.ca().certificate())
                .writeTo(place.path("release.awskms"));

        place.jarsigner("-strict " + Workbench.SIGN).requireSuccess();
    }

    @Test
    void sign_anyStorepass_isAccepted() {
        BENCH.keystore(SigningKey.ECC_NIST_P256).writeTo(place.path("release.awskms"));

        place.jarsigner("-keystore release.awskms -storetype AWSKMS -storepass any in.jar " + Workbench.ENTRY)
                .requireSuccess();
    }

    private void sign(SigningKey key) {
        sign(key, "");
    }

    private void sign(SigningKey key, String options) {
        BENCH.keystore(key).writeTo(place.path("release.awskms"));
        place.jarsigner(options + " -keystore release.awskms -storetype AWSKMS -protected -signedjar out.jar in.jar "
                        + Workbench.ENTRY)
                .requireSuccess();
    }

    /** Returns the algorithm of the first {@code Sign} call. */
    private String kmsAlgorithm() {
        LoggedRequest request = BENCH.emulator().requests().of("Sign").get(0);
        return request.parameters().replaceAll(".*\"SigningAlgorithm\":\"(\\w+)\".*", "$1");
    }

    private void assertSignedBy(SigningKey key) {
        assertTrue(SignedJar.read(place.path("out.jar")).isSignedBy(BENCH.publicKey(key)));
    }

    /** Verifies the signed jar as a receiver does: without the provider, and with the CA in a trust store. */
    private void assertVerifiesStrictly(String algorithm) {
        String output = place.withOptions(List.of())
                .jarsigner("-verify -strict -verbose -keystore trust.p12 -storepass " + TestCa.PASSWORD + " out.jar")
                .requireSuccess()
                .output();
        assertTrue(output.contains("jar verified."), output);
        assertTrue(output.contains("Signature algorithm: " + algorithm + ","), output);
    }
}
