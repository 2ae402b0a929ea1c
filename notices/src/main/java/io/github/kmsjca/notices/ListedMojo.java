package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals share that describe a jar with the list of components of the CycloneDX plugin. */
abstract class ListedMojo extends NoticesMojo {
    /** The list of components from the CycloneDX plugin. */
    @Parameter(defaultValue = "${project.build.directory}/bom.json")
    File components;

    /** A build without the list of components has only the license and the notice of kms-jca in its jars. */
    @Parameter(property = "cyclonedx.skip", defaultValue = "false")
    boolean skip;

    /** Offline, the CycloneDX plugin makes no list. */
    @Parameter(defaultValue = "${settings.offline}", readonly = true)
    boolean offline;

    /** Fails the build if there is no list. The profile for releases sets it. */
    @Parameter(property = "kmsjca.notices.required", defaultValue = "false")
    boolean required;

    @Override
    final void run() throws IOException, MojoExecutionException {
        deleteOldFiles();
        if (!skip && !offline) {
            describe();
            return;
        }
        String reason = "no list of components: Maven is offline, or cyclonedx.skip is set";
        if (required) {
            throw new MojoExecutionException(reason + ". A release needs the list");
        }
        getLog().warn(reason);
        describeWithoutList();
    }

    /** Deletes what an earlier build wrote, because it can be about another version. */
    abstract void deleteOldFiles() throws IOException;

    abstract void describe() throws IOException, MojoExecutionException;

    /** Writes only the license and the notice of kms-jca. */
    abstract void describeWithoutList() throws IOException, MojoExecutionException;
}
