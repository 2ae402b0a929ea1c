package io.github.kmsjca.internal.text;

/** The version of kms-jca. The build fills it in, because the provider's constructor must not read a file. */
public final class ProviderVersion {
    /** The version of the Maven artifacts. */
    public static final String TEXT = "${project.version}";

    private ProviderVersion() {}
}
