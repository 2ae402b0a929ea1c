package io.github.kmsjca.notices;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes the license, the notice and the list of components for a jar without libraries. The files go to the folder of
 * the classes, from which Maven makes the jar.
 */
@Mojo(
        name = "library",
        defaultPhase = LifecyclePhase.PREPARE_PACKAGE,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
public final class LibraryMojo extends ListedMojo {
    /** Annotations that no program needs at run time. */
    private static final String ANNOTATIONS = "org.jspecify";

    @Override
    void deleteOldFiles() throws IOException {
        for (String name : List.of("LICENSE", "NOTICE", "THIRD-PARTY.md", "sbom")) {
            delete(classes().resolve("META-INF").resolve(name));
        }
    }

    @Override
    void describe() throws IOException {
        List<Library> needed = libraries(artifact -> !artifact.isOptional() && isRuntime(artifact));
        ComponentList list = ComponentList.read(components.toPath());
        list.retain(keys(needed));
        list.describeLibrary(libraries(LibraryMojo::isFromProgram).isEmpty());
        attach(list, "");
        write(new MetaInf(license.toPath(), notice.toPath(), name("")).library(list));
    }

    @Override
    void describeWithoutList() throws IOException {
        write(ownTexts());
    }

    private void write(SortedMap<String, byte[]> files) throws IOException {
        new TargetFolder(classes()).write(files);
    }

    private static boolean isRuntime(Artifact artifact) {
        return Artifact.SCOPE_COMPILE.equals(artifact.getScope()) || Artifact.SCOPE_RUNTIME.equals(artifact.getScope());
    }

    /** Returns true for a library that the module needs, but that comes from the program that uses the module. */
    private static boolean isFromProgram(Artifact artifact) {
        return Artifact.SCOPE_PROVIDED.equals(artifact.getScope())
                && !artifact.getGroupId().equals(ANNOTATIONS);
    }
}
