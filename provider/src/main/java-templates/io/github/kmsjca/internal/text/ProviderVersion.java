package io.github.kmsjca.internal.text;

/** The version of this library. The build fills it in, because the provider's constructor must not read a file. */
public final class ProviderVersion {
    /** The Maven version. */
    public static final String TEXT = "${project.version}";

    private ProviderVersion() {}
}
