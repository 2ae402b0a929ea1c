package io.github.kmsjca.cli.sign;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The result for one jar.
 *
 * @param jar the path of the jar, relative or absolute, as in the argument that names the jar or its folder
 * @param outcome what happened to the jar
 * @param failure why the jar was not signed; null if there is no failure
 */
public record JarResult(Path jar, Outcome outcome, @Nullable Exception failure) {
    /** What happened to a jar. */
    public enum Outcome {
        SIGNED,
        /** The key has signed the jar before. */
        SKIPPED,
        FAILED
    }

    /** Returns whether the jar was not signed although it should have been. */
    public boolean isFailure() {
        return outcome == Outcome.FAILED;
    }
}
