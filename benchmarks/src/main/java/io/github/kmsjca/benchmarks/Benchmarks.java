package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures figures and prints them as a table, line by line. A ratio that misses its bound does not change the exit
 * code, because a busy machine can also be the cause.
 */
@Command(
        name = "benchmarks/run.sh",
        description = "Measures what kms-jca costs, and prints a table of ratios.",
        mixinStandardHelpOptions = true)
final class Benchmarks implements Callable<Integer> {
    private static final List<Integer> LATENCIES = List.of(0, 10);
    private static final List<ThreadFigures.Threads> THREADS = List.of(
            new ThreadFigures.Threads(ThreadKind.PLATFORM, 1),
            new ThreadFigures.Threads(ThreadKind.PLATFORM, 8),
            new ThreadFigures.Threads(ThreadKind.PLATFORM, 64),
            new ThreadFigures.Threads(ThreadKind.VIRTUAL, 256));
    // the second SignFigures.Plan is for CheckFigures, which does not use the keys and threads in it
    private static final Plans FULL = new Plans(
            new SignFigures.Plan(List.of(SigningKey.values()), List.of(1, 64), 5, 5, TimeValue.seconds(1)),
            new SignFigures.Plan(List.of(), List.of(1), 3, 3, TimeValue.seconds(1)),
            List.of(CheckBenchmark.Key.values()),
            new OtherKeysFigures.Plan(31, 200_000),
            new LoadFigures.Plan(2, 40, 15, 2_000),
            new ThreadFigures.Plan(List.of(SigningKey.values()), THREADS, LATENCIES, 3, 20, 200),
            new ListingFigures.Plan(List.of(10, 1_000, 10_000), 5),
            new HandshakeFigures.Plan(LATENCIES, 5, 320),
            new ToolFigures.Plan(15, 100, 1),
            new StreamFigures.Plan(1L << 30, 3));
    private static final Plans SHORT = new Plans(
            new SignFigures.Plan(List.of(SigningKey.ECC_NIST_P256), List.of(1, 64), 1, 1, TimeValue.milliseconds(500)),
            new SignFigures.Plan(List.of(), List.of(1), 1, 1, TimeValue.milliseconds(500)),
            List.of(CheckBenchmark.Key.ECC_NIST_P256),
            new OtherKeysFigures.Plan(1, 10_000),
            new LoadFigures.Plan(1, 1, 2, 500),
            new ThreadFigures.Plan(
                    List.of(SigningKey.ECC_NIST_EDWARDS25519), THREADS.subList(1, 2), List.of(0), 1, 10, 10),
            new ListingFigures.Plan(List.of(10), 1),
            new HandshakeFigures.Plan(List.of(0), 1, 16),
            new ToolFigures.Plan(1, 3, 1),
            new StreamFigures.Plan(1 << 20, 1));

    /**
     * How much is measured in each group of figures.
     *
     * @param checked the keys for which {@link CheckFigures} measures the check of a signature
     */
    private record Plans(
            SignFigures.Plan sign,
            SignFigures.Plan check,
            List<CheckBenchmark.Key> checked,
            OtherKeysFigures.Plan otherKeys,
            LoadFigures.Plan load,
            ThreadFigures.Plan threads,
            ListingFigures.Plan listing,
            HandshakeFigures.Plan handshakes,
            ToolFigures.Plan tools,
            StreamFigures.Plan stream) {}

    /** A group of figures. The groups are measured in the order of these constants. */
    private enum Group {
        SIGN,
        CHECK,
        OTHER_KEYS,
        LOAD,
        THREADS,
        LISTING,
        HANDSHAKES,
        STREAM,
        TOOLS,
        TLS_TOOLS
    }

    @Parameters(
            paramLabel = "ONE_FILE_JAR",
            description = "the one-file jar; run.sh adds this argument, so do not write it")
    private @Nullable Path jar;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "GROUP",
            description = "measure only these groups of figures: ${COMPLETION-CANDIDATES}")
    private Set<Group> groups = EnumSet.allOf(Group.class);

    @Option(names = "--quick", description = "only check that the benchmarks work; the figures mean nothing")
    private boolean isQuick;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "also write plots into this folder, as SVG files")
    private @Nullable Path plots;

    /** Runs the program. */
    public static void main(String[] arguments) {
        CommandLine program = new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(program.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(
                "Java " + Runtime.version() + (isQuick ? ", quick run: too short for meaningful figures" : ""));
        System.out.println(Figure.heading());
        Map<Group, List<Figure>> measured = measure(Objects.requireNonNull(jar), isQuick ? SHORT : FULL);
        if (plots != null) {
            draw(new Plots(plots), measured);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Draws plots of the measured tools and threads. */
    private static void draw(Plots plots, Map<Group, List<Figure>> measured) throws IOException {
        List<Figure> tools = new ArrayList<>(measured.getOrDefault(Group.TOOLS, List.of()));
        tools.addAll(measured.getOrDefault(Group.TLS_TOOLS, List.of()));
        // not the row with many jars: its times would make the bars of the other rows too short
        tools.removeIf(figure -> figure.name().contains(" jars"));
        plots.draw("tools", "Tools, whole processes", tools);
        plots.draw(
                "signatures",
                "Signatures in a second at 10 ms latency, 64 threads",
                measured.getOrDefault(Group.THREADS, List.of()).stream()
                        .filter(figure -> figure.name().endsWith(" 64 platform threads at 10 ms"))
                        .toList());
    }

    /** Measures and prints the chosen groups. */
    private Map<Group, List<Figure>> measure(Path oneFileJar, Plans plans) throws Exception {
        Map<Group, List<Figure>> measured = new EnumMap<>(Group.class);
        // an enum set is in the order of the constants
        for (Group group : EnumSet.copyOf(groups)) {
            List<Figure> figures = new ArrayList<>();
            measured.put(group, figures);
            measure(group, oneFileJar, plans, figure -> {
                System.out.println(figure);
                figures.add(figure);
            });
        }
        return measured;
    }

    private static void measure(Group group, Path jar, Plans plans, Consumer<Figure> report) throws Exception {
        switch (group) {
            case SIGN -> new SignFigures(plans.sign).measure(report);
            case CHECK -> new CheckFigures(plans.check, plans.checked).measure(report);
            case OTHER_KEYS -> new OtherKeysFigures(plans.otherKeys).measure(report);
            case LOAD -> new LoadFigures(jar, plans.load).measure(report);
            case THREADS -> {
                new ThreadFigures(plans.threads).measure(report);
                if (!ThreadKind.VIRTUAL.isAvailable()) {
                    System.out.println("virtual threads: not measured, because this Java version has none");
                }
            }
            case LISTING -> new ListingFigures(jar, plans.listing).measure(report);
            case HANDSHAKES -> new HandshakeFigures(jar, plans.handshakes).measure(report);
            case STREAM -> new StreamFigures(jar, plans.stream).measure(report);
            case TOOLS -> new ToolFigures(jar, plans.tools).measure(report);
            case TLS_TOOLS -> new ToolFigures(jar, plans.tools).measureWithTls(report);
        }
    }
}
