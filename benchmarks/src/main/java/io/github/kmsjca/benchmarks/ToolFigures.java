package io.github.kmsjca.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures jarsigner and keytool with an AWSKMS keystore file, and compares the run times with those for a local PKCS
 * #12 file. Each run is a process of its own.
 */
final class ToolFigures {
    private static final Figure.Bound BOUND = Figure.Bound.atMost(2.0);
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final int TIMEOUT_SECONDS = 120;
    private static final String SPEC = "RSA_3072";
    private static final String SIZE = "3072";

    private final Path jar;
    private final int turns;

    /**
     * Creates the comparison.
     *
     * @param jar the one-file jar
     * @param turns the number of measured runs of each side
     */
    ToolFigures(Path jar, int turns) {
        this.jar = jar;
        this.turns = turns;
    }

    void measure(Consumer<Figure> report) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kms-jca");
        try (KmsProcess kms = KmsProcess.start(List.of(SPEC), 0)) {
            measure(new Place(folder, kms), report);
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

    private void measure(Place place, Consumer<Figure> report) throws IOException, InterruptedException {
        place.prepare();
        report.accept(compare("jarsigner", place.signing(place.ours("-protected")), place.signing(place.local())));
        // keytool -list ignores -protected and asks for a password
        report.accept(
                compare("keytool -list", place.listing(place.ours("-storepass", "")), place.listing(place.local())));
    }

    private Figure compare(String name, ProcessBuilder ours, ProcessBuilder base)
            throws IOException, InterruptedException {
        List<Double> oursTimes = new ArrayList<>();
        List<Double> baseTimes = new ArrayList<>();
        // the first runs are slower than the others
        run(ours);
        run(base);
        for (int turn = 0; turn < turns; turn++) {
            oursTimes.add(run(ours));
            baseTimes.add(run(base));
        }
        return new Figure(name + ", whole process", "ms", oursTimes, baseTimes, BOUND);
    }

    /** Runs a process and returns its run time in milliseconds. */
    private static double run(ProcessBuilder builder) throws IOException, InterruptedException {
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
            throw new IOException(builder.command() + " failed: " + text);
        }
        return time;
    }

    /** The folder where the tools run. */
    private final class Place {
        private final Path folder;
        private final List<String> environment = new ArrayList<>();

        Place(Path folder, KmsProcess kms) {
            this.folder = folder;
            kms.properties().forEach((name, value) -> environment.add("-J-D" + name + "=" + value));
        }

        void prepare() throws IOException, InterruptedException {
            Files.write(folder.resolve("content.bin"), new byte[10_000]);
            run(command(JdkTool.JAR, "--create", "--file", "app.jar", "content.bin"));
            String[] common = {"-genkeypair", "-alias", "release", "-keyalg", "RSA", "-dname", "CN=Release"};
            run(command(JdkTool.KEYTOOL, common, local(), new String[] {"-keysize", SIZE}));
            run(command(
                    JdkTool.KEYTOOL,
                    common,
                    ours("-providerarg", "adopt=" + KmsProcess.alias(SPEC), "-protected"),
                    new String[] {"-providername", "AWSKMS"}));
        }

        ProcessBuilder signing(String... store) {
            return command(JdkTool.JARSIGNER, store, new String[] {"-signedjar", "signed.jar", "app.jar", "release"});
        }

        ProcessBuilder listing(String... store) {
            return command(JdkTool.KEYTOOL, new String[] {"-list"}, store);
        }

        String[] ours(String... more) {
            return Stream.of(
                            environment.stream(),
                            Stream.of("-J-cp", "-J" + jar, "-keystore", "release.awskms", "-storetype", "AWSKMS"),
                            Stream.of("-addprovider", "AWSKMS"),
                            Stream.of(more))
                    .flatMap(options -> options)
                    .toArray(String[]::new);
        }

        String[] local() {
            return new String[] {"-keystore", "local.p12", "-storetype", "PKCS12", "-storepass", "changeit"};
        }

        private ProcessBuilder command(JdkTool tool, String... arguments) {
            return command(tool, new String[][] {arguments});
        }

        private ProcessBuilder command(JdkTool tool, String[]... arguments) {
            List<String> command = Stream.concat(
                            Stream.of(tool.path().toString()),
                            Stream.of(arguments).flatMap(Stream::of))
                    .toList();
            return new ProcessBuilder(command).directory(folder.toFile());
        }
    }
}
