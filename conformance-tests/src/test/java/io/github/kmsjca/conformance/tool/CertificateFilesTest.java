package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests {@code kms-jca import}, {@code jarsigner}, {@code keytool} and the provider with files that CAs and keytool
 * write, with a file of the wrong type, and with an alias that lacks its prefix.
 */
class CertificateFilesTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String STORE = " -storepass changeit -keypass changeit -storetype PKCS12";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder);
        SignedJar.writeUnsigned(place.path("in.jar"));
    }

    private ToolResult kmsJca(String words) {
        return place.java("-jar " + Workplace.allJar() + " " + words);
    }

    /** Adds a CA to the file ca.p12: a new key with a self-signed certificate. {@code more} are further options. */
    private void generateCa(String name, String more) {
        place.keytool("-genkeypair -alias " + name + " -keyalg EC -dname CN=" + name + " -ext bc:c -keystore ca.p12"
                        + STORE + " " + more)
                .requireSuccess();
    }

    /** Issues a certificate for a request and returns the certificate's PEM text. */
    private String issue(String ca, String request, String more) {
        String output = place.keytool(
                        "-gencert -alias " + ca + " -infile " + request + " -rfc -keystore ca.p12" + STORE + " " + more)
                .requireSuccess()
                .output();
        return output.substring(output.indexOf("-----BEGIN"));
    }

    private String exportedPem(String name) {
        return place.keytool("-exportcert -alias " + name + " -rfc -keystore ca.p12" + STORE)
                .requireSuccess()
                .output();
    }

    private void writeRequest(String name) {
        place.keytool("-certreq -alias " + name + " -file " + name + ".csr -keystore ca.p12" + STORE)
                .requireSuccess();
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void import_rootAlsoSignedByAnExpiredRoot_jarVerifiesWithoutTheExpiredOne() throws IOException {
        generateCa("older", "-startdate -400d -validity 300");
        generateCa("root", "-validity 3000");
        generateCa("issuing", "");
        writeRequest("issuing");
        writeRequest("root");
        kmsJca("certreq --subject CN=release --out leaf.csr " + KEY.alias()).requireSuccess();
        String root = exportedPem("root");
        String older = exportedPem("older");
        String leaf = issue("issuing", "leaf.csr", "-ext eku=codeSigning -validity 300");
        String issuing = issue("root", "issuing.csr", "-ext bc:c");
        String cross = issue("older", "root.csr", "-ext bc:c");
        Files.writeString(place.path("all.pem"), leaf + issuing + root + cross + older);
        Files.writeString(place.path("root.pem"), root);

        String imported = kmsJca("import --keystore release.awskms --alias release " + KEY.alias() + " all.pem")
                .requireSuccess()
                .output();
        assertTrue(imported.contains(", with 2 more certificates"), imported);
        place.jarsigner(Workbench.SIGN).requireSuccess();
        place.keytool("-importcert -noprompt -alias root -file root.pem -keystore trust.p12" + STORE)
                .requireSuccess();
        String verified = place.without("AWS_REGION")
                .withOptions(List.of())
                .jarsigner("-verify -verbose -certs -keystore trust.p12 -storepass changeit in.jar")
                .requireSuccess()
                .output();
        assertTrue(verified.contains("jar verified"), verified);
        assertFalse(verified.contains("expired"), verified);
    }

    @Test
    void jarsigner_aliasWithoutPrefix_failsAndSuggestsTheWholeAlias() {
        ToolResult result = place.withSettings("keys=" + KEY.alias())
                .jarsigner("-keystore NONE -storetype AWSKMS -protected in.jar "
                        + KEY.alias().substring("alias/".length()));
        assertEquals(1, result.exitCode(), result::output);
        assertTrue(result.output().contains("; did you mean '" + KEY.alias() + "'?"), result::output);
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void keytool_pkcs12FileAsAwskms_errorNamesTheRightStoretype() {
        generateCa("root", "");
        String output = place.keytool("-list -keystore ca.p12 -storetype AWSKMS -storepass ''")
                .output();
        assertTrue(
                output.contains("keystore file is a PKCS #12 file, not an AWSKMS keystore file;"
                        + " name an AWSKMS file, or use -storetype PKCS12"),
                output);
    }

    /** In a program with Bouncy Castle first in the list of providers, the provider must not read files differently. */
    @Test
    void certificateFiles_bouncyCastleFirst_giveTheSameChain() throws GeneralSecurityException, IOException {
        Path chains = Files.createDirectory(place.path("chains"));
        Files.writeString(
                chains.resolve("chain.pem"),
                TestCa.pem(BENCH.certificate(KEY)) + TestCa.pem(BENCH.ca().certificate()));
        generateCa("other", "");
        Files.copy(place.path("ca.p12"), chains.resolve("other.p12"));
        List<X509Certificate> expected =
                List.of(BENCH.certificate(KEY), BENCH.ca().certificate());
        assertEquals(expected, chain(chains));
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        try {
            assertEquals(expected, chain(chains));
        } finally {
            Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
        }
    }

    private static List<Certificate> chain(Path chains) throws GeneralSecurityException, IOException {
        Provider provider = new KmsProvider()
                .configure("region=us-east-1;endpoint=" + BENCH.emulator().endpoint());
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(KmsLoadStoreParameter.ofDiscovery().with("certificates", chains.toString()));
        return List.of(store.getCertificateChain(KEY.alias()));
    }
}
