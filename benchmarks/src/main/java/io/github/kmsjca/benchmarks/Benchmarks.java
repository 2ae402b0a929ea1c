package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures all figures and prints them as a table, line by line. The exit code does not depend on the figures, because
 * a busy machine is not an error.
 */
final class Benchmarks {
    private static final String QUICK = "--quick";
    private static final SignFigures.Plan SIGN_PLAN =
            new SignFigures.Plan(List.of(SignBenchmark.Key.values()), List.of(1, 64), 5, 5, TimeValue.seconds(1));
    private static final SignFigures.Plan CHECK_PLAN =
            new SignFigures.Plan(List.of(), List.of(1), 3, 3, TimeValue.seconds(1));
    private static final SignFigures.Plan QUICK_PLAN = new SignFigures.Plan(
            List.of(SignBenchmark.Key.ECC_NIST_P256), List.of(1, 64), 1, 1, TimeValue.milliseconds(500));
    private static final OtherKeysFigures.Plan OTHER_KEYS = new OtherKeysFigures.Plan(31, 200_000);
    private static final OtherKeysFigures.Plan QUICK_OTHER_KEYS = new OtherKeysFigures.Plan(1, 10_000);
    private static final LoadFigures.Plan FULL_LOAD = new LoadFigures.Plan(3, 15, 20, 2_000);
    private static final LoadFigures.Plan QUICK_LOAD = new LoadFigures.Plan(1, 1, 2, 500);
    private static final ToolFigures.Plan TOOLS = new ToolFigures.Plan(15, 100, 1);
    private static final ToolFigures.Plan QUICK_TOOLS = new ToolFigures.Plan(1, 3, 1);

    private Benchmarks() {}

    /**
     * Runs the program. The arguments are the path of the one-file jar and, optionally, {@code --quick} for a short run
     * that only checks that the benchmarks work.
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, RunnerException, GeneralSecurityException {
        List<String> words = List.of(arguments);
        if (words.isEmpty()
                || words.size() > 2
                || (words.size() == 2 && !words.get(1).equals(QUICK))) {
            System.err.println("usage: benchmarks ONE_FILE_JAR [--quick]");
            System.exit(2);
        }
        boolean quick = words.contains(QUICK);
        System.out.println(
                "Java " + Runtime.version() + (quick ? ", quick run: too short for meaningful figures" : ""));
        System.out.println(Figure.heading());
        new SignFigures(quick ? QUICK_PLAN : SIGN_PLAN).measure(System.out::println);
        new CheckFigures(
                        quick ? QUICK_PLAN : CHECK_PLAN,
                        quick ? List.of(CheckBenchmark.Key.ECC_NIST_P256) : List.of(CheckBenchmark.Key.values()))
                .measure(System.out::println);
        new OtherKeysFigures(quick ? QUICK_OTHER_KEYS : OTHER_KEYS).measure(System.out::println);
        Path jar = Path.of(words.get(0));
        new LoadFigures(jar, quick ? QUICK_LOAD : FULL_LOAD).measure(System.out::println);
        if (!ThreadKind.VIRTUAL.isAvailable()) {
            System.out.println("virtual threads: not measured, because this Java version has none");
        }
        new ToolFigures(jar, quick ? QUICK_TOOLS : TOOLS).measure(System.out::println);
    }
}
