package io.github.kmsjca.internal.library;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A jar of a library, and the version that is loaded.
 *
 * @param name the name of the file
 * @param version empty if neither the jar nor its classes name their version, for example in a jar of several libraries
 */
record FoundJar(String name, Optional<Version> version) {
    private static final String CORE = "software.amazon.awssdk.core.util.VersionInfo";
    private static final String KMS = "software.amazon.awssdk.services.kms.KmsClient";
    private static final String KMS_POM = "META-INF/maven/software.amazon.awssdk/kms/pom.properties";
    private static final String CURVES = "org.bouncycastle.crypto.ec.CustomNamedCurves";

    /** Returns the jars of the AWS SDK whose versions may differ; empty if one is missing. */
    static List<FoundJar> ofAwsSdk() {
        Optional<LoadedJar> kms = LoadedJar.of(KMS);
        Optional<LoadedJar> core = LoadedJar.of(CORE);
        return kms.isEmpty() || core.isEmpty()
                ? List.of()
                : Stream.of(
                                new FoundJar(
                                        kms.get().name(),
                                        kms.get().line(KMS_POM, "version=").flatMap(Version::of)),
                                new FoundJar(core.get().name(), coreVersion()))
                        .distinct()
                        .toList();
    }

    /** Returns the version of the SDK's core. The compiler would copy the constant into this class. */
    private static Optional<Version> coreVersion() {
        try {
            Field constant =
                    Class.forName(CORE, true, FoundJar.class.getClassLoader()).getField("SDK_VERSION");
            return Version.of(String.valueOf(constant.get(null)));
        } catch (ReflectiveOperationException | LinkageError unknown) {
            return Optional.empty();
        }
    }

    /** Returns the jar of Bouncy Castle; empty if it is missing. */
    static List<FoundJar> ofBouncyCastle() {
        return LoadedJar.of(CURVES).stream()
                .map(jar -> new FoundJar(
                        jar.name(),
                        // only if the manifest is Bouncy Castle's own
                        jar.line("META-INF/MANIFEST.MF", "Bundle-SymbolicName: bcprov")
                                .flatMap(own -> jar.line("META-INF/MANIFEST.MF", "Bundle-Version: "))
                                .flatMap(Version::of)))
                .toList();
    }

    boolean isOlderThan(String minimum) {
        return version.filter(found -> found.isOlderThan(minimum)).isPresent();
    }

    /** Returns the version and the name of the file. */
    @Override
    public String toString() {
        return version.map(found -> found.text() + " ").orElse("") + "(" + name + ")";
    }
}
