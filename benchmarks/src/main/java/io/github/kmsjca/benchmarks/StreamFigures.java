package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares the run times of two processes: one signs a long stream with a KMS key, the other with a local key. Each has
 * a heap of 64 MB.
 */
final class StreamFigures {
    private static final KeyFolder.Kind KIND = new KeyFolder.Kind("RSA_3072", "RSA", 3072);

    private final Path jar;
    private final Plan plan;

    /**
     * How much to measure.
     *
     * @param bytes the length of the stream
     * @param turns the number of turns
     */
    record Plan(long bytes, int turns) {}

    /**
     * Creates the comparison.
     *
     * @param jar the one-file jar
     */
    StreamFigures(Path jar, Plan plan) {
        this.jar = jar;
        this.plan = plan;
    }

    void measure(Consumer<Figure> report) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kms-jca");
        try (KmsProcess kms = KmsProcess.start(List.of(KIND.spec()), 0)) {
            KeyFolder keys = new KeyFolder(folder, jar.toAbsolutePath(), kms.properties());
            keys.writeKeys(KIND);
            List<Double> ours = new ArrayList<>();
            List<Double> base = new ArrayList<>();
            for (int turn = 0; turn < plan.turns; turn++) {
                ours.add(sign(keys, "AWSKMS", KeyFolder.KMS_FILE));
                base.add(sign(keys, "PKCS12", KeyFolder.LOCAL_FILE));
            }
            String name = "stream of " + (plan.bytes >> 20) + " MB, -Xmx64m, against a local key";
            report.accept(new Figure(name, "ms", ours, base, Figure.Bound.none()));
        } finally {
            ToolFigures.delete(folder);
        }
    }

    private double sign(KeyFolder keys, String type, String file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(JdkTool.JAVA.path().toString(), "-Xmx64m", "-cp", System.getProperty("java.class.path")));
        keys.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        String path = keys.folder().resolve(file).toString();
        command.addAll(List.of(StreamSigning.class.getName(), type, path, String.valueOf(plan.bytes)));
        return ToolFigures.run(new ProcessBuilder(command));
    }
}
