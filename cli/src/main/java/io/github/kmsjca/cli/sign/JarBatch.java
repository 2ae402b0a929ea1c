package io.github.kmsjca.cli.sign;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Signs several jars at the same time.
 *
 * @param setup how to sign
 * @param folder the folder for the signed jars; null to sign in place
 * @param jobs how many jars are signed at the same time
 * @param verifies whether each signed jar is verified before it replaces a file
 * @param skipsSigned whether jars that the key has signed already are left as they are
 */
public record JarBatch(SigningSetup setup, @Nullable Path folder, int jobs, boolean verifies, boolean skipsSigned) {

    /**
     * Signs jars. A jar that fails does not stop the others.
     *
     * @param progress receives each result as soon as it is known, one at a time
     * @return the results in the order of the jars
     * @throws IOException if two jars would have the same target, the folder cannot be created, or the relay for
     *     timestamps cannot start
     */
    public List<JarResult> run(List<Path> jars, Consumer<JarResult> progress) throws IOException, InterruptedException {
        Map<Path, Path> targets = targets(jars);
        if (folder != null) {
            createFolder(folder);
        }
        Optional<TimestampRelay> relay = setup.timestampers().isEmpty()
                ? Optional.empty()
                : Optional.of(TimestampRelay.start(setup.timestampers(), TimestampRelay.Limits.USUAL));
        Pace pace = new Pace(time -> Thread.sleep(time.toMillis()));
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(jobs, Math.max(1, jars.size())));
        try (BatchState state = new BatchState(pace, relay, new UnfinishedFiles())) {
            List<Future<JarResult>> running = new ArrayList<>();
            targets.forEach((jar, target) -> running.add(threads.submit(() -> {
                JarResult result = result(new JarTask(jar, target, setup, state));
                synchronized (progress) {
                    progress.accept(result);
                }
                return result;
            })));
            List<JarResult> results = new ArrayList<>();
            for (Future<JarResult> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            // the failure of a jar would be a JarResult
            throw new ProviderBug("signing a jar failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file, not a folder; name another folder (--out)");
        }
        Files.createDirectories(folder);
    }

    /** Returns the target of each jar, in the order of the jars. */
    private Map<Path, Path> targets(List<Path> jars) throws IOException {
        Map<Path, Path> targets = new LinkedHashMap<>();
        Map<Path, Path> sources = new HashMap<>();
        for (Path jar : jars) {
            Path target = folder == null ? jar : folder.resolve(jar.getFileName());
            Path other = sources.putIfAbsent(target.toAbsolutePath().normalize(), jar);
            if (other != null) {
                throw new IOException(other + " and " + jar + " would both become " + target
                        + "; sign them in two runs, with different folders");
            }
            targets.put(jar, target);
        }
        return targets;
    }

    private JarResult result(JarTask task) throws InterruptedException {
        Path jar = task.source();
        try {
            if (skipsSigned && needsNoSignature(task)) {
                return new JarResult(jar, JarResult.Outcome.SKIPPED, null);
            }
            task.sign(verifies);
            return new JarResult(jar, JarResult.Outcome.SIGNED, null);
        } catch (IOException | RuntimeException e) {
            return new JarResult(jar, JarResult.Outcome.FAILED, e);
        } catch (OutOfMemoryError e) {
            // the other jars may be smaller
            return new JarResult(
                    jar,
                    JarResult.Outcome.FAILED,
                    new IOException(
                            "Java does not have enough memory; sign fewer jars at once (--jobs), or raise -Xmx", e));
        }
    }

    /**
     * Returns whether the source or its target is signed already. If the signed jars go to another folder, copies a
     * signed source there.
     */
    private boolean needsNoSignature(JarTask task) throws IOException, InterruptedException {
        if (SignedJarCheck.isSignedBy(task.source(), setup.certificate())) {
            if (folder != null) {
                task.copy();
            }
            return true;
        }
        return folder != null && isTargetSigned(task);
    }

    /**
     * Returns whether the target is signed, and the source has not changed since then. Returns false for a target that
     * is not a readable jar, so that the target is replaced.
     */
    private boolean isTargetSigned(JarTask task) throws IOException {
        try {
            return Files.exists(task.target())
                    && Files.getLastModifiedTime(task.target()).compareTo(Files.getLastModifiedTime(task.source())) >= 0
                    && SignedJarCheck.isSignedBy(task.target(), setup.certificate());
        } catch (ZipException | EOFException unreadable) {
            return false;
        }
    }
}
