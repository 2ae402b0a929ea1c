package io.github.kmsjca.notices;

import java.nio.file.Path;
import org.apache.maven.artifact.Artifact;

/**
 * A jar that the module uses at run time.
 *
 * @param group its Maven group id
 * @param name its Maven artifact id
 * @param jar its file
 */
record Library(String group, String name, Path jar) {
    private static final String OWN_GROUP = "io.github.kmsjca";

    static Library of(Artifact artifact) {
        return new Library(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getFile().toPath());
    }

    /** Returns the key of this library in the list of components. */
    String key() {
        return group + ":" + name;
    }

    boolean isOurs() {
        return group.equals(OWN_GROUP);
    }
}
