package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the ways to load the provider into keytool, jarsigner and programs. */
class LoadingTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String CLASS = "io.github.kmsjca.KmsProvider";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder, KEY);
    }

    /** Checks that jarsigner signs a jar, and makes no KMS call except one {@code Sign}. */
    private void assertJarsignerSigns(Workplace where) {
        jarsigner(where).requireSuccess();
        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(KEY)));
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    private static ToolResult jarsigner(Workplace where) {
        return where.jarsigner(Workbench.SIGN);
    }

    /** Checks that keytool writes a certificate request, and makes no KMS call except one {@code Sign}. */
    private void assertKeytoolSigns(Workplace where) {
        where.keytool("-certreq -alias " + Workbench.ENTRY + " -keystore release.awskms -storepass ''")
                .requireSuccess();
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    private static List<Arguments> loadingOptions() {
        String jar = Workplace.allJar().toString();
        return List.of(
                Arguments.of(List.of("-cp", jar), List.of("-addprovider", "AWSKMS")),
                Arguments.of(
                        List.of("-cp", jar), List.of("-addprovider", "AWSKMS", "-providerArg", "region=us-east-1")),
                Arguments.of(List.of("-cp", jar), List.of("-providerClass", CLASS)),
                Arguments.of(List.of("--class-path=" + jar), List.of("-addprovider", "AWSKMS")));
    }

    static Stream<Arguments> optionsOfJarsigner() {
        return SuiteExtent.everyNth(loadingOptions(), 4);
    }

    /** In a usual run, the option is another than in {@link #optionsOfJarsigner}. */
    static Stream<Arguments> optionsOfKeytool() {
        return SuiteExtent.everyNth(loadingOptions(), 4, 2);
    }

    private Workplace withOneFileJar(List<String> vmOptions, List<String> provider) {
        return place.withOptions(vmOptions, provider.toArray(String[]::new)).withVmOptions(ClassArchive.options());
    }

    @ParameterizedTest
    @MethodSource("optionsOfJarsigner")
    void jarsigner_oneFileJarOnTheClassPath_signs(List<String> vmOptions, List<String> provider) {
        assertJarsignerSigns(withOneFileJar(vmOptions, provider));
    }

    @ParameterizedTest
    @MethodSource("optionsOfKeytool")
    void keytool_oneFileJarOnTheClassPath_writesACertificateRequest(List<String> vmOptions, List<String> provider) {
        assertKeytoolSigns(withOneFileJar(vmOptions, provider));
    }

    /** CI accepts that an older JDK skips this test, because of {@code sinceJava21} in the name (.ci/run). */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the jarsigner of Java 17 has no option -providerPath")
    void jarsigner_sinceJava21_signsWithProviderPath() {
        assertJarsignerSigns(place.withOptions(
                List.of(),
                "-providerClass",
                CLASS,
                "-providerPath",
                Workplace.allJar().toString()));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void keytool_providerpath_writesACertificateRequest() {
        assertKeytoolSigns(place.withOptions(
                List.of(),
                "-providerclass",
                CLASS,
                "-providerpath",
                Workplace.allJar().toString()));
    }

    @Test
    void tools_providerInSecurityProperties_needNoOption() throws IOException {
        Workplace registered = registered("region=us-east-1;attempts=2");

        assertKeytoolSigns(registered);
        BENCH.emulator().requests().clear();
        assertJarsignerSigns(registered);
    }

    @Test
    void jarsigner_providerRegisteredAndAdded_usesTheArgumentOfTheCommand() throws IOException {
        assertJarsignerSigns(registered("endpoint=http://127.0.0.1:1")
                .withSettings("endpoint=" + BENCH.emulator().endpoint()));
    }

    /** Returns a workplace that registers the provider, with an argument, behind the providers of the JDK. */
    private Workplace registered(String argument) throws IOException {
        int position = 1;
        while (Security.getProperty("security.provider." + position) != null) {
            position++;
        }
        Files.writeString(place.path("java.security"), "security.provider." + position + "=AWSKMS " + argument + "\n");
        return place.withOptions(place.vmOptions()).withVmOptions("-Djava.security.properties=java.security");
    }

    /**
     * Loads the provider as build tools load their plugins: in a class loader of its own, so that the thread's context
     * class loader does not find the provider's classes.
     */
    @Test
    void sign_providerInItsOwnClassLoader_signatureVerifies()
            throws IOException, ReflectiveOperationException, GeneralSecurityException {
        URL[] jar = {Workplace.allJar().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Provider provider = ((Provider)
                            loader.loadClass(CLASS).getConstructor().newInstance())
                    .configure("region=us-east-1;endpoint=" + BENCH.emulator().endpoint());
            KeyStore store = KeyStore.getInstance("AWSKMS", provider);
            try (InputStream file = Files.newInputStream(place.path("release.awskms"))) {
                store.load(file, null);
            }
            Signature engine = Signature.getInstance("SHA256withECDSA", provider);
            engine.initSign((PrivateKey) store.getKey(Workbench.ENTRY, null));
            engine.update(new byte[1]);
            byte[] signature = engine.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
            verifier.initVerify(BENCH.publicKey(KEY));
            verifier.update(new byte[1]);
            assertTrue(verifier.verify(signature));
        }
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void library_onModulePath_signs() {
        Workplace modular = place.withOptions(List.of("-p", Library.path()), "-addprovider", "AWSKMS");

        assertKeytoolSigns(modular);
        BENCH.emulator().requests().clear();
        assertJarsignerSigns(modular);
    }

    @Test
    void library_onModulePath_recordsAnEventForTheKmsCall() throws IOException {
        assertJarsignerSigns(place.withOptions(
                List.of("-p", Library.path(), "-XX:StartFlightRecording:filename=calls.jfr"),
                "-addprovider",
                "AWSKMS"));

        assertEquals(
                List.of("Sign"),
                RecordingFile.readAllEvents(place.path("calls.jfr")).stream()
                        .filter(event -> event.getEventType().getName().equals("io.github.kmsjca.KmsCall"))
                        .map(event -> event.getString("operation"))
                        .toList());
    }

    @Test
    void library_onClassPathWithModuleJdkNet_signs() {
        assertJarsignerSigns(
                place.withOptions(List.of("-cp", Library.path(), "--add-modules=jdk.net"), "-addprovider", "AWSKMS"));
    }

    @Test
    void library_onClassPathWithoutModuleJdkNet_namesTheRemedy() {
        assertEquals(
                "jarsigner: unable to sign jar: java.security.SignatureException: KMS Sign for key " + BENCH.arn(KEY)
                        + " failed: the HTTP client needs the module jdk.net, which is missing; with keytool and"
                        + " jarsigner, use the one-file jar of kms-jca or add -J--add-modules=jdk.net"
                        + " (jdk/net/Sockets)",
                jarsigner(place.withOptions(List.of("-cp", Library.path()), "-addprovider", "AWSKMS"))
                        .requireOneError());
    }
}
