package io.github.kmsjca.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures all figures and prints them as a table, line by line. A missed bound does not change the exit code, because
 * a busy machine can also be the cause.
 */
final class Benchmarks {
    private static final String QUICK = "--quick";
    private static final String PLOTS = "--plots";
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
            new LoadFigures.Plan(3, 15, 20, 2_000),
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

    private Benchmarks() {}

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

    /**
     * Runs the program. The arguments are the path of the one-file jar and, optionally, {@code --quick} for a short run
     * that only checks that the benchmarks work, or {@code --plots} and a folder for SVG files.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        boolean quick = words.size() == 2 && words.get(1).equals(QUICK);
        boolean plots = words.size() == 3 && words.get(1).equals(PLOTS);
        if (words.size() != 1 && !quick && !plots) {
            System.err.println("usage: benchmarks ONE_FILE_JAR [--quick | --plots FOLDER]");
            System.exit(2);
        }
        System.out.println(
                "Java " + Runtime.version() + (quick ? ", quick run: too short for meaningful figures" : ""));
        System.out.println(Figure.heading());
        Path jar = Path.of(words.get(0));
        List<Figure> tools = new ArrayList<>();
        List<Figure> threads = new ArrayList<>();
        measure(jar, quick ? SHORT : FULL, tools, threads);
        if (plots) {
            Plots files = new Plots(Path.of(words.get(2)));
            // not the row with many jars: its times would make the bars of the other rows too short
            files.draw(
                    "tools",
                    "Tools, whole processes",
                    chosen(tools, figure -> !figure.name().contains(" jars")));
            files.draw(
                    "signatures",
                    "Signatures in a second at 10 ms latency, 64 threads",
                    chosen(threads, figure -> figure.name().endsWith(" 64 platform threads at 10 ms")));
        }
    }

    private static List<Figure> chosen(List<Figure> figures, Predicate<Figure> filter) {
        return figures.stream().filter(filter).toList();
    }

    /** Measures and prints all figures. Adds the figures of the plots to {@code tools} and {@code threads}. */
    private static void measure(Path jar, Plans plans, List<Figure> tools, List<Figure> threads) throws Exception {
        new SignFigures(plans.sign).measure(System.out::println);
        new CheckFigures(plans.check, plans.checked).measure(System.out::println);
        new OtherKeysFigures(plans.otherKeys).measure(System.out::println);
        new LoadFigures(jar, plans.load).measure(System.out::println);
        new ThreadFigures(plans.threads).measure(printingAndAddingTo(threads));
        if (!ThreadKind.VIRTUAL.isAvailable()) {
            System.out.println("virtual threads: not measured, because this Java version has none");
        }
        new ListingFigures(jar, plans.listing).measure(System.out::println);
        new HandshakeFigures(jar, plans.handshakes).measure(System.out::println);
        new StreamFigures(jar, plans.stream).measure(System.out::println);
        new ToolFigures(jar, plans.tools).measure(printingAndAddingTo(tools));
    }

    private static Consumer<Figure> printingAndAddingTo(List<Figure> figures) {
        return figure -> {
            System.out.println(figure);
            figures.add(figure);
        };
    }
}
