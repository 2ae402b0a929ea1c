package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** The common part of the plugin's goals. */
abstract class NoticesMojo extends AbstractMojo {
    /** The classifier of a list of components in a Maven repository, as the CycloneDX plugin chooses it. */
    private static final String LIST = "cyclonedx";

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    /** The license of kms-jca. */
    @Parameter(defaultValue = "${maven.multiModuleProjectDirectory}/LICENSE")
    File license;

    /** The notice of kms-jca. */
    @Parameter(defaultValue = "${maven.multiModuleProjectDirectory}/NOTICE")
    File notice;

    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true, required = true)
    String timestamp;

    @Override
    public final void execute() throws MojoExecutionException {
        try {
            run();
        } catch (IOException e) {
            // the message of a FileSystemException is often only the name of the file
            throw new MojoExecutionException(e instanceof FileSystemException ? e.toString() : e.getMessage(), e);
        }
    }

    /** Returns a rewriter for a jar of the module. */
    final JarRewriter rewriter(Path jar) {
        return new JarRewriter(jar, Instant.parse(timestamp));
    }

    abstract void run() throws IOException, MojoExecutionException;

    /** Returns the license and the notice of kms-jca, as files for a jar. */
    final SortedMap<String, byte[]> ownTexts() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("META-INF/LICENSE", Files.readAllBytes(license.toPath()));
        files.put("META-INF/NOTICE", Files.readAllBytes(notice.toPath()));
        return files;
    }

    /** Returns the libraries among the dependencies of the module that fulfill a condition. */
    final List<Library> libraries(Predicate<Artifact> condition) {
        return project.getArtifacts().stream()
                .filter(artifact -> artifact.getFile() != null)
                .filter(condition)
                .map(Library::of)
                .toList();
    }

    static Set<String> keys(List<Library> libraries) {
        return libraries.stream().map(Library::key).collect(Collectors.toSet());
    }

    final Path classes() {
        return Path.of(project.getBuild().getOutputDirectory());
    }

    /**
     * Returns the name that a jar of the module has in a Maven repository, without ".jar".
     *
     * @param suffix a hyphen and the classifier, or an empty text
     */
    final String name(String suffix) {
        return project.getArtifactId() + "-" + project.getVersion() + suffix;
    }

    /**
     * Publishes a list of components beside its jar.
     *
     * @param jar the classifier of the jar; empty if it has none
     */
    // MavenProjectHelper does the same, but the annotation with which a plugin gets it is deprecated, too
    @SuppressWarnings("deprecation")
    final void attach(ComponentList list, String jar) throws IOException {
        String classifier = jar.isEmpty() ? LIST : jar + "-" + LIST;
        Path file = Path.of(project.getBuild().getDirectory()).resolve(name("-" + classifier) + ".json");
        Files.write(file, list.toBytes());
        Artifact artifact = new DefaultArtifact(
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion(),
                null,
                "json",
                classifier,
                new DefaultArtifactHandler("json"));
        artifact.setFile(file.toFile());
        project.addAttachedArtifact(artifact);
    }

    /** Deletes a file, or a folder with all that is in it. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.toList()) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
