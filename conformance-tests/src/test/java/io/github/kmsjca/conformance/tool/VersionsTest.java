package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Runs a program with the oldest supported libraries, with the newest libraries that are too old, and with AWS SDK jars
 * that are missing or have different versions. Runs keytool and jarsigner without one or both libraries
 * (docs/versions.md). Bouncy Castle verifies the program's signatures.
 */
class VersionsTest {
    private static final String PSS = "SHA256withRSA/PSS";
    private static final String ECDSA = "SHA256withECDSA";
    private static final String ED25519 = "Ed25519";
    private static final String ML_DSA = "ML-DSA";
    private static final String ML_KEM = "ML-KEM";

    /** The key spec for each algorithm. The alias of the key is {@code alias/} and the key spec. */
    private static final Map<String, String> SPECS = Map.of(
            PSS, "RSA_2048",
            ECDSA, "ECC_NIST_P256",
            ED25519, "ECC_NIST_EDWARDS25519",
            ML_DSA, "ML_DSA_65",
            ML_KEM, "ML_KEM_768");

    private static final String AWS = "software.amazon.awssdk:bom ";
    private static final String BOUNCY_CASTLE = "org.bouncycastle:bcprov-jdk18on ";

    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    /** The public keys of the keys that sign, by algorithm. */
    private static final Map<String, PublicKey> PUBLIC_KEYS = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void createKeys() throws GeneralSecurityException {
        try (KmsClient client = KmsClient.builder()
                .endpointOverride(EMULATOR.endpoint())
                .region(Region.of(EMULATOR.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            for (Map.Entry<String, String> spec : SPECS.entrySet()) {
                boolean signs = !spec.getKey().equals(ML_KEM);
                String arn = EMULATOR.createKey(
                        spec.getValue(), signs ? "SIGN_VERIFY" : "ENCAPSULATE_DECAPSULATE", "alias/" + spec.getValue());
                if (signs) {
                    byte[] encoded = client.getPublicKey(request -> request.keyId(arn))
                            .publicKey()
                            .asByteArray();
                    PUBLIC_KEYS.put(
                            spec.getKey(),
                            KeyFactory.getInstance(keyAlgorithm(spec.getKey()), new BouncyCastleProvider())
                                    .generatePublic(new X509EncodedKeySpec(encoded)));
                }
            }
        }
    }

    private static String keyAlgorithm(String algorithm) {
        return switch (algorithm) {
            case PSS -> "RSA";
            case ECDSA -> "EC";
            default -> algorithm;
        };
    }

    @BeforeEach
    void clearRequests() {
        EMULATOR.requests().clear();
    }

    @Test
    void minimumAwsSdk_refusesMlKemOnly() throws GeneralSecurityException {
        String minimum = property("aws.minimum");
        Map<String, String> results = run(path(jar -> inVersion(jar, minimum)), SPECS.keySet());
        assertEquals(
                "InvalidKeyException: the AWS SDK " + minimum + " (kms-" + minimum
                        + ".jar) does not know the KMS operation Decapsulate; use " + AWS
                        + property("aws.minimum.kem") + " or later",
                results.remove(ML_KEM));
        assertAllValid(results);
    }

    /**
     * Returns the path of an AWS SDK jar in another version. Returns the given path for jars of other libraries, and
     * for modules that the AWS SDK did not have in that version: then the Maven repository has no such file.
     */
    private static String inVersion(String jar, String version) {
        String path = jar.replace(property("aws.version"), version);
        return jar.contains("awssdk") && Files.exists(Path.of(path)) ? path : jar;
    }

    @Test
    void olderAwsSdk_isRefusedBeforeAnyCall() {
        String older = property("aws.older");
        Map<String, String> results = run(path(replacing("kms", older, "sdk-core", older)), SPECS.keySet());
        assertAllDocumented(
                "KmsException: the AWS SDK " + older + " (kms-" + older + ".jar) is too old for kms-jca; use " + AWS
                        + property("aws.minimum") + " or later",
                results);
        assertEquals(List.of(), requests());
    }

    @Test
    void olderKmsJarWithNewCore_isRefusedWithBothVersions() {
        String older = property("aws.older");
        String core = property("aws.version");
        assertAllDocumented(
                "KmsException: the AWS SDK " + older + " (kms-" + older + ".jar) with " + core + " (sdk-core-" + core
                        + ".jar) is too old for kms-jca; use " + AWS + property("aws.minimum") + " or later",
                run(path(replacing("kms", older)), Set.of(ECDSA)));
        assertEquals(List.of(), requests());
    }

    @Test
    void newKmsJarWithOlderCore_isRefusedWithBothVersions() {
        String older = property("aws.older");
        String kms = property("aws.version");
        assertAll(
                "KmsException: the AWS SDK " + kms + " (kms-" + kms + ".jar) with " + older + " (sdk-core-" + older
                        + ".jar) is too old for kms-jca; use " + AWS + property("aws.minimum") + " or later",
                run(path(replacing("sdk-core", older)), Set.of(ECDSA)));
    }

    @Test
    void awsSdkBeforeKem_refusesMlKemOnly() throws GeneralSecurityException {
        String older = property("aws.older.kem");
        Map<String, String> results = run(path(replacing("kms", older, "sdk-core", older)), SPECS.keySet());
        assertDocumented(
                "InvalidKeyException: the AWS SDK " + older + " (kms-" + older
                        + ".jar) does not know the KMS operation Decapsulate; use " + AWS
                        + property("aws.minimum.kem") + " or later",
                results.remove(ML_KEM));
        assertAllValid(results);
    }

    static Stream<String> missingModules() {
        return SuiteExtent.everyNth(List.of("aws-json-protocol", "retries", "profiles", "auth", "identity-spi"), 4);
    }

    @ParameterizedTest
    @MethodSource("missingModules")
    void incompleteAwsSdk_namesTheMissingClassAndTheRemedy(String missing) {
        String version = property("aws.version");
        Map<String, String> results = run(
                // the folder has no classes; the version of each AWS SDK jar begins with 2
                path(jar -> new File(jar).getName().startsWith(missing + "-2") ? folder.toString() : jar),
                Set.of(ECDSA));
        String text = String.valueOf(results.get(ECDSA));
        assertTrue(
                text.contains("a class or method that the AWS SDK needs is missing; use all modules of the AWS"
                        + " SDK in the same version, for example with software.amazon.awssdk:bom, and all their"
                        + " dependencies (the AWS SDK " + version + " (kms-" + version
                        + ".jar): software/amazon/awssdk/"),
                text);
    }

    @Test
    void minimumBouncyCastle_refusesMlDsaAndMlKemOnly() throws GeneralSecurityException {
        assertOnlyPostQuantumRefused(property("bouncycastle.minimum"));
    }

    @Test
    void bouncyCastleBeforeMlDsa_refusesMlDsaAndMlKemOnly() throws GeneralSecurityException {
        assertOnlyPostQuantumRefused(property("bouncycastle.older.pqc"));
    }

    private void assertOnlyPostQuantumRefused(String version) throws GeneralSecurityException {
        Map<String, String> results = run(path(replacing("bcprov-jdk18on", version)), SPECS.keySet());
        for (String algorithm : List.of(ML_DSA, ML_KEM)) {
            assertEquals(
                    "InvalidKeyException: Bouncy Castle " + version + " (bcprov-jdk18on-" + version
                            + ".jar) does not know " + algorithm + "; use " + BOUNCY_CASTLE
                            + property("bouncycastle.minimum.pqc") + " or later",
                    results.remove(algorithm));
        }
        assertAllValid(results);
    }

    @Test
    void minimumBouncyCastleForMlDsa_usesAllKeys() throws GeneralSecurityException {
        Map<String, String> results =
                run(path(replacing("bcprov-jdk18on", property("bouncycastle.minimum.pqc"))), SPECS.keySet());
        assertTrue(String.valueOf(results.remove(ML_KEM)).matches("[0-9a-f]{64}"), results::toString);
        assertAllValid(results);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcprov-jdk18on", "bcprov-jdk15on"})
    void olderBouncyCastle_isRefusedBeforeAnyCall(String artifact) {
        // 1.70 is the last version of bcprov-jdk15on
        String older = artifact.equals("bcprov-jdk15on") ? "1.70" : property("bouncycastle.older");
        String jar = artifact + "-" + older + ".jar";
        // the older jar comes first on the class path, as in a program with both
        String path = Workplace.required("kmsjca.versions").resolve(jar) + File.pathSeparator + Library.path();
        assertAllDocumented(
                "KmsException: Bouncy Castle " + older + " (" + jar + ") is too old for kms-jca; use " + BOUNCY_CASTLE
                        + property("bouncycastle.minimum") + " or later",
                run(path, SPECS.keySet()));
        assertEquals(List.of(), requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-keystore release.awskms", "-keystore NONE"})
    void keytool_libraryJarAlone_namesTheJarToUse(String keystore) throws IOException {
        Files.writeString(folder.resolve("release.awskms"), "# AWSKMS keystore 1\n");
        assertEquals(
                "keytool error: " + missing("Bouncy Castle", BOUNCY_CASTLE, "bouncycastle.minimum"),
                libraryJarAlone()
                        .keytool("-list " + keystore + " -storetype AWSKMS -storepass ''")
                        .requireOneError());
    }

    @Test
    void jarsigner_libraryJarAlone_namesTheJarToUse() throws IOException {
        Files.writeString(folder.resolve("release.awskms"), "# AWSKMS keystore 1\n");
        SignedJar.writeUnsigned(folder.resolve("in.jar"));
        assertEquals(
                "jarsigner error: " + missing("Bouncy Castle", BOUNCY_CASTLE, "bouncycastle.minimum"),
                libraryJarAlone().jarsigner(Workbench.SIGN).requireOneError());
    }

    @Test
    void keytool_libraryJarWithBouncyCastleOnly_namesTheJarToUse() {
        String path = Stream.of(Library.path().split(File.pathSeparator, -1))
                .filter(jar -> jar.contains("kms-jca") || jar.contains("bcprov"))
                .collect(Collectors.joining(File.pathSeparator));
        assertEquals(
                "keytool error: " + missing("the AWS SDK", AWS, "aws.minimum"),
                workplace()
                        .withOptions(List.of("-cp", path), "-providerclass", "io.github.kmsjca.KmsProvider")
                        .keytool("-list -keystore NONE -storetype AWSKMS -storepass ''")
                        .requireOneError());
    }

    private Workplace libraryJarAlone() {
        return workplace()
                .withOptions(
                        List.of("-cp", Workplace.required("kmsjca.library-jar").toString()),
                        "-providerClass",
                        "io.github.kmsjca.KmsProvider");
    }

    /** Returns the error text for a missing library. */
    private static String missing(String library, String artifact, String minimum) {
        return "io.github.kmsjca.key.KmsException: " + library
                + " is missing; for keytool, jarsigner and other tools, use "
                + Workplace.allJar().getFileName() + "; in a program, add " + artifact + property(minimum)
                + " or later, and all other dependencies of kms-jca-provider";
    }

    private Workplace workplace() {
        return Workplace.of(folder, EMULATOR.endpoint());
    }

    private static String property(String name) {
        return System.getProperty("kmsjca." + name);
    }

    private static List<String> requests() {
        return EMULATOR.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    /**
     * Returns a function that replaces jars with other versions.
     *
     * @param artifacts pairs of an artifact and its version
     */
    private static UnaryOperator<String> replacing(String... artifacts) {
        return jar -> {
            for (int i = 0; i < artifacts.length; i += 2) {
                if (new File(jar).getName().matches(Pattern.quote(artifacts[i]) + "-[0-9].*")) {
                    return Workplace.required("kmsjca.versions")
                            .resolve(artifacts[i] + "-" + artifacts[i + 1] + ".jar")
                            .toString();
                }
            }
            return jar;
        };
    }

    /** Returns the class path of the library, in which a function has replaced jars. */
    private static String path(UnaryOperator<String> replacement) {
        return Stream.of(Library.path().split(File.pathSeparator, -1))
                .map(replacement)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs {@link VersionsProgram} with a class path, and returns its result for each algorithm. */
    private Map<String, String> run(String path, Set<String> algorithms) {
        String arguments = algorithms.stream()
                .map(algorithm -> algorithm + "=alias/" + SPECS.get(algorithm))
                .collect(Collectors.joining(" "));
        ToolResult result = workplace()
                .withOptions(List.of("-cp", path + File.pathSeparator + Library.tests()))
                .java(VersionsProgram.class.getName() + " " + arguments)
                .requireSuccess();
        Map<String, String> results = result.output()
                .lines()
                // the logging library may print a warning
                .filter(line -> !line.startsWith("SLF4J"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        assertEquals(algorithms, results.keySet());
        return results;
    }

    /** Checks that all results are this text. */
    private static void assertAll(String expected, Map<String, String> results) {
        assertEquals(Set.of(expected), Set.copyOf(results.values()));
    }

    /** Checks an error text, and that docs/versions.md contains it without the name of the exception. */
    private static void assertDocumented(String expected, @Nullable String found) {
        assertEquals(expected, found);
        String text = expected.substring(expected.indexOf(": ") + 2);
        try {
            assertTrue(
                    Files.readString(Path.of("..", "docs", "versions.md")).contains("| `" + text + "` |"),
                    () -> "docs/versions.md does not contain: " + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that all results are this error text, as {@link #assertDocumented} does. */
    private static void assertAllDocumented(String expected, Map<String, String> results) {
        results.values().forEach(found -> assertDocumented(expected, found));
    }

    /** Checks that all results are signatures, and verifies them. */
    private static void assertAllValid(Map<String, String> signatures) throws GeneralSecurityException {
        Provider verifier = new BouncyCastleProvider();
        assertTrue(PUBLIC_KEYS.keySet().containsAll(signatures.keySet()), signatures::toString);
        for (Map.Entry<String, String> signature : signatures.entrySet()) {
            String name = signature.getKey().equals(PSS) ? "SHA256withRSAandMGF1" : signature.getKey();
            assertTrue(signature.getValue().matches("[0-9a-f]+"), signature::toString);
            Signature engine = Signature.getInstance(name, verifier);
            engine.initVerify(PUBLIC_KEYS.get(signature.getKey()));
            engine.update(VersionsProgram.MESSAGE);
            assertTrue(engine.verify(HexFormat.of().parseHex(signature.getValue())), signature::toString);
        }
    }
}
