package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Describes a jar with libraries, which the shade plugin made. Adds the files to this jar. */
@Mojo(
        name = "program",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ProgramMojo extends NoticesMojo {
    private static final String CLASSIFIER = "all";

    /** The package to which the shade plugin moves the packages of libraries; empty if it does not move them. */
    @Parameter(defaultValue = "")
    String relocated;

    /** A folder that gets the same files, for archives that contain the jar. */
    @Parameter(defaultValue = "${project.build.directory}/notices")
    File copies;

    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true, required = true)
    String timestamp;

    @Override
    void write() throws IOException, MojoExecutionException {
        Path jar = project.getAttachedArtifacts().stream()
                .filter(artifact -> CLASSIFIER.equals(artifact.getClassifier()))
                .map(Artifact::getFile)
                .findFirst()
                .orElseThrow(() -> new MojoExecutionException("the shade plugin must run before this plugin"))
                .toPath();
        String folder = relocated == null || relocated.isEmpty() ? "" : relocated.replace('.', '/') + "/";
        Contents contents = Contents.of(jar, folder, classes(), libraries(artifact -> true));

        ComponentList list = ComponentList.read(components.toPath());
        Set<String> keys = new HashSet<>(keys(contents.libraries()));
        list.retain(keys);
        LicenseTexts texts = new LicenseTexts(license.toPath());
        Map<String, String> licenses = list.licenses();
        for (Library library : contents.libraries()) {
            String name = licenses.get(library.key());
            if (name == null) {
                throw new MojoExecutionException(components + " does not list " + library.key());
            }
            if (!library.isOurs()) {
                texts.add(library, name);
            }
        }
        for (Map.Entry<Copy, Library> copy : contents.copies().entrySet()) {
            list.add(copy.getKey(), copy.getValue(), contents.versions().get(copy.getKey()));
            texts.add(copy.getKey(), copy.getValue());
        }
        list.describeProgram(CLASSIFIER);
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        SortedMap<String, byte[]> files = metaInf(name).program(list, texts);
        new JarRewriter(jar, Instant.parse(timestamp)).write(files);
        writeBelow(copies.toPath(), files);
    }

    private static void writeBelow(Path folder, SortedMap<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey().substring("META-INF/".length()));
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
