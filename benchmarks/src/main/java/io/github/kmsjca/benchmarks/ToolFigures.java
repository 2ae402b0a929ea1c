package io.github.kmsjca.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures the tools with an AWSKMS keystore file, and compares the run times with those for a local PKCS #12 file or
 * with jsign. Each run is a separate process.
 */
final class ToolFigures {
    private static final Figure.Bound PLAIN_TOOL = Figure.Bound.atMost(1.6);
    private static final Figure.Bound SCRIPT = Figure.Bound.atMost(1.15);
    private static final Figure.Bound JSIGN = Figure.Bound.atMost(0.7);
    private static final Figure.Bound LARGE_JAR = Figure.Bound.atMost(1.05);
    private static final Figure.Bound LISTING = Figure.Bound.atMost(1.2);
    private static final Figure.Bound MANY_JARS = Figure.Bound.atMost(0.15);
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final int TIMEOUT_SECONDS = 120;

    private final Path jar;
    private final Plan plan;

    /**
     * How much is measured.
     *
     * @param turns the number of measured runs of each side, in all comparisons but the one with many jars
     * @param manyJars the number of jars in the comparison of {@code kms-jca sign} with runs of jarsigner
     * @param manyTurns how often that comparison is measured; each time, jarsigner runs once for each jar
     */
    record Plan(int turns, int manyJars, int manyTurns) {}

    /**
     * Creates the comparison.
     *
     * @param jar the one-file jar; beside it must be the distribution, a {@code .tar.gz} file with the same name
     */
    ToolFigures(Path jar, Plan plan) {
        this.jar = jar;
        this.plan = plan;
    }

    void measure(Consumer<Figure> report) throws IOException, InterruptedException {
        inNewPlace(place -> withoutTls(place, report));
    }

    /** Measures with TLS, against jsign, which has its own HTTP client and makes three requests. */
    void measureWithTls(Consumer<Figure> report) throws IOException, InterruptedException {
        inNewPlace(place -> withTls(place, report));
    }

    /** Measures in a prepared folder. */
    @FunctionalInterface
    private interface Measurement {
        void run(ToolPlace place) throws IOException, InterruptedException;
    }

    private void inNewPlace(Measurement measurement) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kms-jca");
        try (KmsProcess kms = KmsProcess.start(List.of(ToolPlace.SPEC), 0)) {
            measurement.run(ToolPlace.prepare(folder, jar, kms));
        } finally {
            delete(folder);
        }
    }

    /** Deletes a folder with its content. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void withoutTls(ToolPlace place, Consumer<Figure> report) throws IOException, InterruptedException {
        place.makeArchive();
        Work local = () -> run(place.localSigning(ToolPlace.SMALL));
        report.accept(compare("jarsigner, small jar", () -> run(place.signing(ToolPlace.SMALL)), local, PLAIN_TOOL));
        report.accept(
                compare("kms-jarsigner, small jar", () -> run(place.scriptSigning(ToolPlace.SMALL)), local, SCRIPT));
        report.accept(compare(
                "kms-jarsigner, large jar",
                () -> run(place.scriptSigning(ToolPlace.LARGE)),
                () -> run(place.localSigning(ToolPlace.LARGE)),
                LARGE_JAR));
        report.accept(compare(
                "keytool -list, 100 entries", () -> run(place.listing()), () -> run(place.localListing()), LISTING));
        report.accept(compareWithoutWarmUp(
                "kms-jca sign, " + plan.manyJars + " jars, against jarsigner",
                plan.manyTurns,
                new Sides(() -> run(place.signingMany(plan.manyJars)), () -> repeat(plan.manyJars, local), MANY_JARS)));
    }

    private void withTls(ToolPlace place, Consumer<Figure> report) throws IOException, InterruptedException {
        try (TlsTunnel tunnel = place.startTunnel()) {
            ToolPlace remote = place.through(tunnel);
            remote.makeArchive();
            Path jsign = jsign();
            Work withJsign = () -> run(remote.jsignSigning(jsign, ToolPlace.SMALL));
            report.accept(compare(
                    "kms-jarsigner, small jar, TLS, against jsign",
                    () -> run(remote.scriptSigning(ToolPlace.SMALL)),
                    withJsign,
                    JSIGN));
            report.accept(compare(
                    "jarsigner, small jar, TLS, against jsign",
                    () -> run(remote.signing(ToolPlace.SMALL)),
                    withJsign,
                    Figure.Bound.none()));
        }
    }

    /** Returns the jar of jsign, which the build puts beside the classes of the benchmarks. */
    private static Path jsign() throws IOException {
        try {
            Path classes = Path.of(ToolFigures.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = classes.resolveSibling("jsign.jar");
            if (!Files.exists(jar)) {
                throw new IOException("there is no " + jar + "; 'mvn package' puts it there");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Does the work several times, and returns the sum of the times. */
    private static double repeat(int number, Work work) throws IOException, InterruptedException {
        double sum = 0;
        for (int i = 0; i < number; i++) {
            sum += work.time();
        }
        return sum;
    }

    /** The two sides of a comparison, and the bound of their ratio. */
    private record Sides(Work ours, Work base, Figure.Bound bound) {}

    /** Does something, and returns how long it took, in milliseconds. */
    @FunctionalInterface
    private interface Work {
        double time() throws IOException, InterruptedException;
    }

    private Figure compare(String name, Work ours, Work base, Figure.Bound bound)
            throws IOException, InterruptedException {
        // the first runs are slower than the others
        ours.time();
        base.time();
        return compareWithoutWarmUp(name, plan.turns, new Sides(ours, base, bound));
    }

    private static Figure compareWithoutWarmUp(String name, int turns, Sides sides)
            throws IOException, InterruptedException {
        List<Double> oursTimes = new ArrayList<>();
        List<Double> baseTimes = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            oursTimes.add(sides.ours().time());
            baseTimes.add(sides.base().time());
        }
        return new Figure(name, "ms", oursTimes, baseTimes, sides.bound());
    }

    /** Runs a process and returns its run time in milliseconds. */
    static double run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("kms-jca", ".txt");
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        double time = (System.nanoTime() - start) / NANOS_PER_MILLISECOND;
        process.destroyForcibly();
        String text = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            throw new IOException(builder.command() + (ended ? " failed: " : " did not end in time: ") + text);
        }
        return time;
    }
}
