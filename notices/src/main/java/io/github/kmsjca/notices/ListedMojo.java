package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;

/** The common part of the goals that describe a jar with the CycloneDX plugin's list of components. */
abstract class ListedMojo extends NoticesMojo {
    /** The list of components from the CycloneDX plugin. */
    @Parameter(defaultValue = "${project.build.directory}/bom.json")
    File components;

    /** Whether to build without the list. Then the jars get only the license and the notice of kms-jca. */
    @Parameter(property = "cyclonedx.skip", defaultValue = "false")
    boolean skip;

    /** Whether Maven is offline. Then the CycloneDX plugin makes no list. */
    @Parameter(defaultValue = "${settings.offline}", readonly = true)
    boolean offline;

    /** Whether the build fails if there is no list. The profile for releases sets this parameter. */
    @Parameter(property = "kmsjca.notices.required", defaultValue = "false")
    boolean required;

    @Override
    final void run() throws IOException, MojoExecutionException {
        deleteOldFiles();
        if (!skip && !offline) {
            describe();
            return;
        }
        String reason = "no list of components: Maven is offline (-o), or cyclonedx.skip is set";
        if (required) {
            throw new MojoExecutionException(
                    reason + ". A release needs the list: build online, without cyclonedx.skip");
        }
        getLog().warn(reason + ". The jar gets only the LICENSE and NOTICE of kms-jca, nothing about other software:"
                + " do not pass it on");
        describeWithoutList();
    }

    /** Deletes what an earlier build wrote, because it can be about another version. */
    abstract void deleteOldFiles() throws IOException;

    abstract void describe() throws IOException, MojoExecutionException;

    /** Writes only the license and the notice of kms-jca. */
    abstract void describeWithoutList() throws IOException, MojoExecutionException;
}
