package io.github.kmsjca.emulator;

/** The version of this build, from the build file. */
final class EmulatorVersion {
    static final String TEXT = "${project.version}";

    private EmulatorVersion() {}
}
