package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The one-file jar calls KMS by https in the module graph of the tools, and only a server that it should. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("workbench of TlsTest")
class TlsTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;

    private static Workbench bench;

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeAll
    static void open() {
        bench = Workbench.with(KEY);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @BeforeEach
    void enter() {
        place = bench.workplace(folder);
        SignedJar.writeUnsigned(place.path("in.jar"));
        bench.keystore(KEY).writeTo(place.path("release.awskms"));
        bench.ca().writeTrustStore(place.path("trust.p12"));
    }

    private static ToolResult sign(Workplace where, TlsFront front) {
        return where.with("AWS_ENDPOINT_URL_KMS", "https://localhost:" + front.port())
                .jarsigner("-keystore release.awskms -storetype AWSKMS -protected in.jar " + Workbench.ENTRY);
    }

    private Workplace trusting() {
        return place.vm(
                "-Djavax.net.ssl.trustStore=trust.p12", "-Djavax.net.ssl.trustStorePassword=" + TestCa.PASSWORD);
    }

    private static TlsFront front(TestCa ca, String host) {
        return TlsFront.start(ca.server(host), bench.emulator().endpoint());
    }

    @Test
    void trustedServer_signs() {
        try (TlsFront front = front(bench.ca(), "localhost")) {
            sign(trusting(), front).requireSuccess();
        }

        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(bench.publicKey(bench.arn(KEY))));
        assertEquals(List.of("Sign"), bench.requests());
    }

    @Test
    void serverOfUnknownCa_isRefused() {
        assertRefused(
                TestCa.named("Other CA"),
                "localhost",
                "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find"
                        + " valid certification path to requested target)");
    }

    @Test
    void serverOfOtherName_isRefused() {
        assertRefused(bench.ca(), "other.test", "No subject alternative DNS name matching localhost found.)");
    }

    private void assertRefused(TestCa ca, String host, String reason) {
        try (TlsFront front = front(ca, host)) {
            String error = sign(trusting(), front).requireOneError();

            assertTrue(
                    error.startsWith(
                            "jarsigner: unable to sign jar: java.security.SignatureException: KMS Sign for key "
                                    + bench.arn(KEY)
                                    + " failed: the TLS connection was refused; check the endpoint and the"
                                    + " trusted certificates of Java ("),
                    error);
            assertTrue(error.endsWith(reason), error);
        }
        assertEquals(List.of(), bench.requests());
    }
}
