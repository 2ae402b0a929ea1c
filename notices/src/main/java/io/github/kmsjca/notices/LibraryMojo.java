package io.github.kmsjca.notices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Describes a jar without libraries. Writes the files to the folder of the classes, from which Maven makes the jar. */
@Mojo(
        name = "library",
        defaultPhase = LifecyclePhase.PREPARE_PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class LibraryMojo extends NoticesMojo {
    @Override
    void write() throws IOException {
        List<Library> needed = libraries(artifact -> !artifact.isOptional() && isRuntime(artifact));
        ComponentList list = ComponentList.read(components.toPath());
        list.retain(keys(needed));
        list.describeLibrary();
        Map<String, byte[]> files =
                metaInf(project.getArtifactId() + "-" + project.getVersion()).library(list);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = classes().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static boolean isRuntime(Artifact artifact) {
        return Artifact.SCOPE_COMPILE.equals(artifact.getScope()) || Artifact.SCOPE_RUNTIME.equals(artifact.getScope());
    }
}
