package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that jarsigner with the one-file jar calls KMS over HTTPS, with only the JDK modules that jarsigner resolves,
 * and refuses servers that it must not trust.
 */
class TlsTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder, KEY);
        BENCH.ca().writeTrustStore(place.path("trust.p12"));
    }

    private static ToolResult sign(Workplace where, TlsProxy proxy) {
        return where.with("AWS_ENDPOINT_URL_KMS", "https://localhost:" + proxy.port())
                .jarsigner(Workbench.SIGN);
    }

    /** Returns a workplace where Java trusts only the CA of {@link #BENCH}. */
    private Workplace trusting() {
        return place.withVmOptions(
                "-Djavax.net.ssl.trustStore=trust.p12", "-Djavax.net.ssl.trustStorePassword=" + TestCa.PASSWORD);
    }

    /** Starts a server with a certificate that a CA has issued for a host name. */
    private static TlsProxy proxy(TestCa ca, String host) {
        return TlsProxy.start(ca.server(host), BENCH.emulator().endpoint());
    }

    @Test
    void jarsigner_trustedServer_signs() {
        try (TlsProxy proxy = proxy(BENCH.ca(), "localhost")) {
            sign(trusting(), proxy).requireSuccess();
        }

        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(KEY)));
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    @Test
    void jarsigner_serverOfUnknownCa_isRefused() {
        assertRefused(
                TestCa.named("Other CA"),
                "localhost",
                "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find"
                        + " valid certification path to requested target)");
    }

    @Test
    void jarsigner_serverWithOtherHostName_isRefused() {
        assertRefused(BENCH.ca(), "other.test", "No subject alternative DNS name matching localhost found.)");
    }

    private void assertRefused(TestCa ca, String host, String reason) {
        try (TlsProxy proxy = proxy(ca, host)) {
            String error = sign(trusting(), proxy).requireOneError();

            assertTrue(
                    error.startsWith(
                            "jarsigner: unable to sign jar: java.security.SignatureException: KMS Sign for key "
                                    + BENCH.arn(KEY)
                                    + " failed: the TLS connection was refused; check the endpoint and the"
                                    + " trusted certificates of Java ("),
                    error);
            assertTrue(error.endsWith(reason), error);
        }
        assertEquals(List.of(), BENCH.requests());
    }
}
