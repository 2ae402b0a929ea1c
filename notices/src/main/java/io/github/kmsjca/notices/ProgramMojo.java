package io.github.kmsjca.notices;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Adds the license, the notices, the license texts and the list of components to the jar with libraries that the shade
 * plugin has made.
 */
@Mojo(
        name = "program",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ProgramMojo extends ListedMojo {
    static final String CLASSIFIER = "all";

    /** The package to which the shade plugin moves the packages of libraries; empty if it does not move them. */
    @Parameter(defaultValue = "")
    String relocated;

    /** A folder that gets the files too, for archives that contain the jar. */
    @Parameter(defaultValue = "${project.build.directory}/notices")
    File folderOfCopies;

    @Override
    void deleteOldFiles() throws IOException {
        delete(folderOfCopies.toPath());
    }

    @Override
    void describe() throws IOException, MojoExecutionException {
        String folder = relocated == null || relocated.isEmpty() ? "" : relocated.replace('.', '/') + "/";
        Contents contents = Contents.of(jar(), folder, classes(), libraries(artifact -> true));

        ComponentList list = ComponentList.read(components.toPath());
        list.retain(keys(contents.libraries()));
        LicenseTexts texts = new LicenseTexts(license.toPath());
        Map<String, String> licenses = list.licenses();
        for (Library library : contents.libraries()) {
            String name = licenses.get(library.key());
            if (name == null) {
                throw new MojoExecutionException(components + " does not list " + library.key()
                        + ", which the jar contains; configure the CycloneDX plugin to list it");
            }
            if (!library.isOurs()) {
                texts.add(library, name);
            }
        }
        for (Map.Entry<EmbeddedLibrary, Library> copy : contents.copies().entrySet()) {
            list.add(copy.getKey(), copy.getValue(), contents.versions().get(copy.getKey()));
            texts.add(copy.getKey(), copy.getValue());
        }
        list.describeProgram(CLASSIFIER);
        attach(list, CLASSIFIER);
        write(new MetaInf(license.toPath(), notice.toPath(), name("-" + CLASSIFIER)).program(list, texts));
    }

    @Override
    void describeWithoutList() throws IOException, MojoExecutionException {
        write(ownTexts());
    }

    private void write(SortedMap<String, byte[]> files) throws IOException, MojoExecutionException {
        rewriter(jar()).write(files);
        SortedMap<String, byte[]> copied = new TreeMap<>();
        files.forEach((name, content) -> copied.put(name.substring("META-INF/".length()), content));
        new TargetFolder(folderOfCopies.toPath()).write(copied);
    }

    private Path jar() throws MojoExecutionException {
        return project.getAttachedArtifacts().stream()
                .filter(artifact -> CLASSIFIER.equals(artifact.getClassifier()))
                .map(Artifact::getFile)
                .findFirst()
                .orElseThrow(() -> new MojoExecutionException("there is no jar with the classifier " + CLASSIFIER
                        + "; the shade plugin must run before this plugin"))
                .toPath();
    }
}
