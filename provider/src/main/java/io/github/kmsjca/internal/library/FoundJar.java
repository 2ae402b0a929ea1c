package io.github.kmsjca.internal.library;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A jar that a library is loaded from.
 *
 * @param name the name of the file or folder
 * @param version the version of the library; empty if neither the jar nor its classes name it, for example in a jar of
 *     several libraries
 */
record FoundJar(String name, Optional<Version> version) {
    private static final String SDK_CORE_CLASS = "software.amazon.awssdk.core.util.VersionInfo";
    private static final String KMS_CLASS = "software.amazon.awssdk.services.kms.KmsClient";
    private static final String KMS_POM = "META-INF/maven/software.amazon.awssdk/kms/pom.properties";
    private static final String BOUNCY_CASTLE_CLASS = "org.bouncycastle.crypto.ec.CustomNamedCurves";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /**
     * Returns the jars of the SDK's KMS client and of the SDK's core, because their versions may differ. Returns only
     * one of them if name and version are the same, and an empty list if one is missing.
     */
    static List<FoundJar> ofAwsSdk() {
        Optional<LoadedJar> kms = LoadedJar.of(KMS_CLASS);
        Optional<LoadedJar> core = LoadedJar.of(SDK_CORE_CLASS);
        if (kms.isEmpty() || core.isEmpty()) {
            return List.of();
        }
        Optional<Version> kmsVersion = kms.get().line(KMS_POM, "version=").flatMap(Version::of);
        return Stream.of(
                        new FoundJar(kms.get().name(), kmsVersion),
                        new FoundJar(core.get().name(), coreVersion()))
                .distinct()
                .toList();
    }

    /**
     * Returns the version of the SDK's core. Reads the constant by reflection, because the compiler would copy its
     * value into this class.
     */
    private static Optional<Version> coreVersion() {
        try {
            Field constant = Class.forName(SDK_CORE_CLASS, true, FoundJar.class.getClassLoader())
                    .getField("SDK_VERSION");
            return Version.of(String.valueOf(constant.get(null)));
        } catch (ReflectiveOperationException | LinkageError unknown) {
            return Optional.empty();
        }
    }

    /** Returns the jar of Bouncy Castle; empty if it is missing. */
    static List<FoundJar> ofBouncyCastle() {
        return LoadedJar.of(BOUNCY_CASTLE_CLASS).stream()
                .map(jar -> new FoundJar(jar.name(), bouncyCastleVersion(jar)))
                .toList();
    }

    /**
     * Returns the version from the manifest; empty if the manifest is not Bouncy Castle's own, for example in a jar of
     * several libraries.
     */
    private static Optional<Version> bouncyCastleVersion(LoadedJar jar) {
        return jar.line(MANIFEST, "Bundle-SymbolicName: bcprov")
                .flatMap(own -> jar.line(MANIFEST, "Bundle-Version: "))
                .flatMap(Version::of);
    }

    /** Returns whether the version is known and older than the minimum. */
    boolean isOlderThan(String minimum) {
        return version.filter(found -> found.isOlderThan(minimum)).isPresent();
    }

    /** Returns the version, if it is known, and the name in parentheses. */
    @Override
    public String toString() {
        return version.map(found -> found.text() + " ").orElse("") + "(" + name + ")";
    }
}
