package io.github.kmsjca.internal.provider;

/** The version of this library, which the build fills in: the provider's constructor reads no file. */
public final class ProviderVersion {
    /** The version as Maven has it. */
    public static final String TEXT = "${project.version}";

    private ProviderVersion() {}
}
