package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.SuiteExtent;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DomainLoadStoreParameter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests KMS keys with features of the JDK: system and security properties, jlink images, KeyStores of type DKS, and
 * {@link KeyStore.Builder}.
 */
class JdkIntegrationTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final PasswordProtection NO_PASSWORD = new PasswordProtection(new char[0]);

    /** The JDK modules that {@link KeyProgram} needs with the one-file jar or the library. */
    private static final String MODULES = "java.base,java.logging,java.naming,java.sql,java.xml,jdk.net";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        place = BENCH.workplace(folder, KEY);
        Files.writeString(
                place.path("chain.pem"),
                TestCa.pem(BENCH.certificate(KEY)) + TestCa.pem(BENCH.ca().certificate()));
        BENCH.ca().writeTrustStore(place.path("trust.p12"));
    }

    private static Provider provider(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("endpoint=" + BENCH.emulator().endpoint());
        all.add("region=us-east-1");
        return new KmsProvider().configure(String.join(";", all));
    }

    /** Returns a workplace where Java finds the one-file jar and {@link KeyProgram}. */
    private Workplace program() {
        return place.withOptions(List.of("-cp", Workplace.allJar() + File.pathSeparator + Library.tests()));
    }

    static Stream<Arguments> keystores() {
        return Stream.of(Arguments.of("release.awskms", "Sign"), Arguments.of("NONE", "GetPublicKey Sign"));
    }

    @ParameterizedTest
    @MethodSource("keystores")
    void tlsServer_keyStoreInSystemProperties_completesHandshake(String store, String requests) {
        String output = program()
                .withVmOptions("-Djavax.net.ssl.keyStore=" + store, "-Djavax.net.ssl.keyStoreType=AWSKMS")
                .withVmOptions("-Djavax.net.ssl.trustStore=trust.p12", "-Djavax.net.ssl.trustStorePassword=changeit")
                .withVmOptions("-Dawskms.certificates=chain.pem", "-Dawskms.keys=" + KEY.alias())
                .java(KeyProgram.class.getName() + " handshake")
                .requireSuccess()
                .output();
        assertEquals("TLSv1.3 CN=release", output.strip());
        assertEquals(List.of(requests.split(" ")), BENCH.requests());
    }

    @Test
    void securityProperties_argumentInTheProviderList_isUsedAsSettings() throws Exception {
        int position = Security.getProviders().length + 1;
        Files.writeString(
                place.path("java.security"),
                "security.provider." + position + "=AWSKMS key.mine=" + KEY.alias() + "\n");
        assertSigns(program()
                .withVmOptions("-Djava.security.properties=java.security")
                .java(KeyProgram.class.getName() + " sign mine"));
        assertEquals(List.of("GetPublicKey", "Sign"), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jlinkImage_oneFileJarOrModules_sign() throws Exception {
        Path image = place.path("image");
        Tool.JLINK
                .run(place.folder(), place.variables(), List.of("--add-modules", MODULES, "--output", image.toString()))
                .requireSuccess();
        String main = KeyProgram.class.getName();
        List<String> words = List.of(main, "sign", KEY.alias());
        assertSigns(Tool.JAVA.run(
                image, place.folder(), place.variables(), program().javaArguments(words)));

        Workplace modules = place.withOptions(
                List.of("-p", Library.path(), "--add-modules", "io.github.kmsjca", "-cp", Library.tests()));
        assertSigns(Tool.JAVA.run(image, place.folder(), place.variables(), modules.javaArguments(words)));
    }

    /** Checks that {@link KeyProgram} succeeded and printed a valid signature of its message. */
    private static void assertSigns(ToolResult result) throws GeneralSecurityException {
        String signature = result.requireSuccess().output().strip();
        Signature engine = Signature.getInstance("SHA256withECDSA");
        engine.initVerify(BENCH.publicKey(KEY));
        engine.update(KeyProgram.MESSAGE);
        assertTrue(engine.verify(HexFormat.of().parseHex(signature)));
    }

    @Test
    void domainKeyStore_awskmsAndPkcs12File_hasBothEntries() throws Exception {
        Path domain = Files.writeString(place.path("domain.dks"), """
                domain both {
                    keystore ours keystoreType="AWSKMS" keystoreURI="%s";
                    keystore theirs keystoreType="PKCS12" keystoreURI="%s";
                };
                """.formatted(
                place.path("release.awskms").toUri(), place.path("trust.p12").toUri()));
        Provider provider = provider();
        Security.addProvider(provider);
        try {
            KeyStore store = KeyStore.getInstance("DKS");
            store.load(new DomainLoadStoreParameter(
                    URI.create(domain.toUri() + "#both"),
                    Map.of("ours", NO_PASSWORD, "theirs", new PasswordProtection(TestCa.PASSWORD.toCharArray()))));
            assertEquals(
                    List.of("ours release", "theirs ca"),
                    Collections.list(store.aliases()).stream().sorted().toList());
            assertNotNull(store.getKey("ours release", null));
            assertEquals(2, store.getCertificateChain("ours release").length);
            assertEquals(List.of(), BENCH.requests());
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    @Test
    void keyStoreBuilder_fileOrAccount_returnsKeyEntryWithChain() throws Exception {
        File file = place.path("release.awskms").toFile();
        assertEntry(KeyStore.Builder.newInstance(KmsProvider.NAME, provider(), file, NO_PASSWORD), Workbench.ENTRY);
        assertEquals(List.of(), BENCH.requests());
        Provider account = provider("certificates=" + place.path("chain.pem"), "keys=" + KEY.alias());
        assertEntry(KeyStore.Builder.newInstance(KmsProvider.NAME, account, NO_PASSWORD), KEY.alias());
        assertEquals(List.of("GetPublicKey"), BENCH.requests());
    }

    private static void assertEntry(KeyStore.Builder builder, String alias) throws GeneralSecurityException {
        KeyStore store = builder.getKeyStore();
        KeyStore.Entry entry = store.getEntry(alias, builder.getProtectionParameter(alias));
        KeyStore.PrivateKeyEntry key = (KeyStore.PrivateKeyEntry) entry;
        assertEquals(
                List.of(BENCH.certificate(KEY), BENCH.ca().certificate()),
                Stream.of(key.getCertificateChain())
                        .map(X509Certificate.class::cast)
                        .toList());
    }
}
