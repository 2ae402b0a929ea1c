package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A class-data archive (CDS) with the classes that jarsigner loads to sign with the one-file jar. It shortens a tool's
 * run by a third. Each JVM that runs tests writes a new archive, because an older one may be of another JDK or of
 * another build of the jar.
 */
public final class ClassArchive {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final Path FILE = write();

    private ClassArchive() {}

    /**
     * Returns the JVM options for runs with the one-file jar on the class path. {@code -Xlog:disable} suppresses the
     * warning that Java 25 prints if a tool uses the archive of another tool.
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
            place.withVmOptions("-XX:ArchiveClassesAtExit=" + archive)
                    .jarsigner(Workbench.SIGN)
                    .requireSuccess();
            Files.delete(place.path("in.jar"));
            Files.delete(place.path("release.awskms"));
            // the JVM deletes in reverse order: the archive, then its folder
            folder.toFile().deleteOnExit();
            archive.toFile().deleteOnExit();
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
