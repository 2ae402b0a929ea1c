package io.github.kmsjca.cli.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs several jars at the same time.
 *
 * @param order how to sign
 * @param folder the folder for the signed jars; null to sign in place
 * @param jobs how many jars are signed at the same time
 * @param verifies whether each result is verified before it replaces a file
 * @param skipsSigned whether jars that the key has signed already are left as they are
 */
public record JarBatch(SigningOrder order, @Nullable Path folder, int jobs, boolean verifies, boolean skipsSigned) {

    /**
     * Signs jars. A jar that fails does not stop the others.
     *
     * @param progress receives each result as soon as it is known, one at a time
     * @return the results in the order of the jars
     * @throws IOException if no timestamps can be requested
     */
    public List<JarResult> run(List<Path> jars, Consumer<JarResult> progress) throws IOException, InterruptedException {
        if (order.timestampers().isEmpty()) {
            return run(jars, progress, Optional.empty());
        }
        try (TimestampRelay relay = TimestampRelay.start(order.timestampers())) {
            return run(jars, progress, Optional.of(relay));
        }
    }

    private List<JarResult> run(List<Path> jars, Consumer<JarResult> progress, Optional<TimestampRelay> relay)
            throws InterruptedException {
        Pace pace = new Pace();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(jobs, Math.max(1, jars.size())));
        try {
            List<Future<JarResult>> running = new ArrayList<>();
            for (Path jar : jars) {
                running.add(threads.submit(() -> {
                    JarResult result = result(jar, pace, relay);
                    synchronized (progress) {
                        progress.accept(result);
                    }
                    return result;
                }));
            }
            List<JarResult> results = new ArrayList<>();
            for (Future<JarResult> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private JarResult result(Path jar, Pace pace, Optional<TimestampRelay> relay) throws InterruptedException {
        try {
            if (skipsSigned && SignedJarCheck.isSignedBy(jar, order.certificate())) {
                return new JarResult(jar, JarResult.Outcome.SKIPPED, null);
            }
            Path target = folder == null ? jar : folder.resolve(jar.getFileName());
            if (folder != null) {
                Files.createDirectories(folder);
            }
            new JarTask(jar, target, order, pace, relay).run(verifies);
            return new JarResult(jar, JarResult.Outcome.SIGNED, null);
        } catch (IOException e) {
            return new JarResult(jar, JarResult.Outcome.FAILED, e);
        }
    }
}
