package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The classes that a tool loads for a signature by the one-file jar, as a class-data archive. A run that maps it takes a
 * third less time. Each JVM of tests writes its own, since an archive goes with one JDK and one build of the jar.
 */
public final class ClassArchive {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final Path FILE = write();

    private ClassArchive() {}

    /**
     * Returns the options of the Java virtual machine for runs with the one-file jar on the class path. Java 25 would
     * print that the archive of one tool fits another only in part.
     */
    public static String[] options() {
        return new String[] {"-XX:SharedArchiveFile=" + FILE, "-Xlog:disable"};
    }

    private static Path write() {
        try (Workbench bench = Workbench.with(KEY)) {
            Path folder = Files.createTempDirectory("kms-jca");
            Workplace place = Workplace.of(folder, bench.emulator().endpoint());
            Path archive = place.path("classes.jsa");
            SignedJar.writeUnsigned(place.path("in.jar"));
            bench.keystore(KEY).writeTo(place.path("release.awskms"));
            place.vm("-XX:ArchiveClassesAtExit=" + archive)
                    .jarsigner(Workbench.SIGN)
                    .requireSuccess();
            Files.delete(place.path("in.jar"));
            Files.delete(place.path("release.awskms"));
            folder.toFile().deleteOnExit();
            archive.toFile().deleteOnExit();
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
