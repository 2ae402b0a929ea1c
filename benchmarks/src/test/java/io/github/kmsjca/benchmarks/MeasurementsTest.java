package io.github.kmsjca.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Checks that the measurements work, with plans too short for meaningful figures. A usual build leaves out the slow
 * ones (tag {@code whole}).
 */
class MeasurementsTest {
    @Test
    void signFigures_shortPlan_measureTimeAndAllocation() throws IOException, RunnerException {
        List<Figure> figures = new ArrayList<>();
        new SignFigures(new SignFigures.Plan(
                        List.of(SigningKey.ECC_NIST_P256), List.of(2), 1, 1, TimeValue.milliseconds(300)))
                .measure(figures::add);
        assertEquals(
                List.of("sign() ECC_NIST_P256, 2 threads, time", "sign() ECC_NIST_P256, 2 threads, allocation"),
                figures.stream().map(Figure::name).toList());
        figures.forEach(MeasurementsTest::requireNumbers);
    }

    @Test
    @Tag("whole")
    void loadFigures_shortPlan_measureEachLoad() throws IOException {
        List<Figure> figures = new ArrayList<>();
        new LoadFigures(oneFileJar(), new LoadFigures.Plan(1, 1, 2, 100)).measure(figures::add);
        List<String> names = new ArrayList<>(List.of(
                "sign() Ed25519, 1 thread: one-file jar, library",
                "64 platform threads at 10 ms: library, client",
                "64 platform threads at 10 ms: one-file jar, library"));
        if (ThreadKind.VIRTUAL.isAvailable()) {
            names.add("256 virtual threads at 10 ms: library, client");
            names.add("256 virtual threads at 10 ms: one-file jar, library");
        }
        assertEquals(names, figures.stream().map(Figure::name).toList());
        figures.forEach(MeasurementsTest::requireNumbers);
    }

    @Test
    void otherKeysFigures_shortPlan_measureEachOperation() throws GeneralSecurityException {
        List<Figure> figures = new ArrayList<>();
        new OtherKeysFigures(new OtherKeysFigures.Plan(1, 1000)).measure(figures::add);
        assertEquals(OtherKeysOperation.values().length, figures.size());
        figures.forEach(MeasurementsTest::requireNumbers);
        assertNull(Security.getProvider(KmsProvider.NAME));
    }

    @Test
    @Tag("whole")
    void toolFigures_oneTurn_measureEachComparison() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        new ToolFigures(oneFileJar(), new ToolFigures.Plan(1, 2, 1)).measure(figures::add);
        assertEquals(
                List.of(
                        "jarsigner, small jar",
                        "kms-jarsigner, small jar",
                        "kms-jarsigner, large jar",
                        "kms-jarsigner, small jar, TLS, against jsign",
                        "jarsigner, small jar, TLS, against jsign",
                        "keytool -list, 100 entries",
                        "kms-jca sign, 2 jars, against jarsigner"),
                figures.stream().map(Figure::name).toList());
        figures.forEach(MeasurementsTest::requireNumbers);
    }

    @Test
    void threadFigures_shortPlan_measureEachKeyAndLoad() throws IOException {
        List<Figure> figures = new ArrayList<>();
        new ThreadFigures(new ThreadFigures.Plan(
                        List.of(SigningKey.values()),
                        List.of(new ThreadFigures.Threads(ThreadKind.PLATFORM, 2)),
                        List.of(0),
                        1,
                        2,
                        4))
                .measure(figures::add);
        assertEquals(
                List.of(
                        "RSA_2048, 2 platform threads at 0 ms",
                        "RSA_2048, 2 platform threads at 0 ms, 99 %",
                        "RSA_2048, 2 platform threads at 0 ms, processor"),
                figures.stream().limit(3).map(Figure::name).toList());
        assertEquals(3 * SigningKey.values().length, figures.size());
        figures.forEach(MeasurementsTest::requireNumbers);
    }

    @Test
    void listingHandshakesAndStream_shortPlans_areMeasuredAndPlotted(@TempDir Path folder) throws Exception {
        List<Figure> figures = new ArrayList<>();
        Path jar = oneFileJar();
        new ListingFigures(jar, new ListingFigures.Plan(List.of(2, 101), 1)).measure(figures::add);
        new HandshakeFigures(jar, new HandshakeFigures.Plan(List.of(0), 1, 16)).measure(figures::add);
        new StreamFigures(jar, new StreamFigures.Plan(1 << 27, 1)).measure(figures::add);
        assertEquals(
                List.of(
                        "list 2 aliases of the account, against the SDK",
                        "load a file of 2 certificates, against PKCS #12",
                        "list 101 aliases of the account, against the SDK",
                        "load a file of 101 certificates, against PKCS #12",
                        "16 TLS clients, KMS at 0 ms, against a local key",
                        "stream of 128 MB, -Xmx64m, against a local key"),
                figures.stream().map(Figure::name).toList());
        figures.forEach(MeasurementsTest::requireNumbers);
        assertNull(Security.getProvider(KmsProvider.NAME));
        new Plots(folder).draw("figures", "Figures", figures);
        String svg = Files.readString(folder.resolve("figures.svg"));
        assertTrue(svg.contains("<svg ") && svg.contains("fill:rgb(47,129,212)"), svg);
    }

    @Test
    void listingFigures_list_asksKmsInEachRun() throws Exception {
        try (KmsEmulator kms = KmsEmulator.start();
                KmsProvider provider = new KmsProvider()) {
            SystemProperties properties = SystemProperties.set(Map.of(
                    KmsProcess.ENDPOINT,
                    kms.endpoint().toString(),
                    KmsProcess.REGION,
                    kms.region(),
                    "aws.accessKeyId",
                    "test",
                    "aws.secretAccessKey",
                    "test"));
            try {
                kms.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
                assertEquals(1, ListingFigures.list(provider, 1));
                assertEquals(1, ListingFigures.list(provider, 2));
                assertEquals(2, kms.requests().of("ListAliases").size());
            } finally {
                properties.close();
            }
        }
    }

    private static void requireNumbers(Figure figure) {
        assertTrue(Double.isFinite(figure.ratio()) && figure.ratio() > 0, figure::toString);
    }

    private static Path oneFileJar() throws IOException {
        Path target = Path.of("..", "cli", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("kms-jca-\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no one-file jar in " + target + "; run 'mvn verify' to build it"))
                    .toAbsolutePath();
        }
    }
}
