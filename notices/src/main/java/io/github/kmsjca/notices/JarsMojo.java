package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Makes the jars of the module the same on each machine: the jar itself, and the jars with sources, Javadoc and test
 * classes, but not the jar with libraries. Adds the license and the notice of kms-jca if a jar lacks them.
 */
@Mojo(name = "jars", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class JarsMojo extends NoticesMojo {
    @Override
    void run() throws IOException {
        for (Path jar : jars()) {
            rewriter(jar).addMissing(ownTexts());
        }
    }

    /** Returns the jars of the module, except the one with libraries, for which the goal "program" does the same. */
    private List<Path> jars() {
        return Stream.concat(Stream.of(project.getArtifact()), project.getAttachedArtifacts().stream())
                .filter(artifact -> !ProgramMojo.CLASSIFIER.equals(artifact.getClassifier()))
                .map(Artifact::getFile)
                .filter(Objects::nonNull)
                .filter(file -> file.getName().endsWith(".jar"))
                .map(File::toPath)
                .toList();
    }
}
