package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What both goals of the plugin need. */
abstract class NoticesMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    /** The list of components from the CycloneDX plugin. */
    @Parameter(defaultValue = "${project.build.directory}/bom.json")
    File components;

    /** Without the list of components, this plugin cannot write licenses and notices either. */
    @Parameter(property = "cyclonedx.skip", defaultValue = "false")
    boolean skip;

    /** Offline, the CycloneDX plugin makes no list. */
    @Parameter(defaultValue = "${settings.offline}", readonly = true)
    boolean offline;

    /** The license of kms-jca. */
    @Parameter(defaultValue = "${maven.multiModuleProjectDirectory}/LICENSE")
    File license;

    /** The notice of kms-jca. */
    @Parameter(defaultValue = "${maven.multiModuleProjectDirectory}/NOTICE")
    File notice;

    @Override
    public final void execute() throws MojoExecutionException {
        if (skip || offline) {
            getLog().warn("no licenses, notices and components: Maven is offline, or cyclonedx.skip is set");
            return;
        }
        try {
            write();
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    abstract void write() throws IOException, MojoExecutionException;

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

    final MetaInf metaInf(String jarName) {
        return new MetaInf(license.toPath(), notice.toPath(), jarName);
    }

    final Path classes() {
        return Path.of(project.getBuild().getOutputDirectory());
    }
}
