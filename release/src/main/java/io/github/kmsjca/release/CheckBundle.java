package io.github.kmsjca.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks a signed release: the bundle for Maven Central, and the files that people download. Needs gpg. */
final class CheckBundle {
    private static final String USAGE = """
            usage: CheckBundle FOLDER VERSION FINGERPRINT DEPENDENCIES
            FOLDER        the folder that release/build made, after release/sign
            VERSION       the version of the release
            FINGERPRINT   the fingerprint that the OpenPGP key must have: 40 hexadecimal digits
            DEPENDENCIES  the file release/dependencies.txt""";

    private CheckBundle() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4 || !arguments[2].matches("[0-9A-F]{40}")) {
            System.err.println(USAGE);
            System.exit(2);
        }
        List<String> errors = check(Path.of(arguments[0]), arguments[1], arguments[2], recorded(Path.of(arguments[3])));
        errors.forEach(error -> System.out.println("wrong: " + error));
        System.out.println(errors.size() + " errors");
        System.exit(errors.isEmpty() ? 0 : 1);
    }

    /** Returns the sums in a file with lines such as {@code group:artifact:version sum}. */
    static Map<String, String> recorded(Path dependencies) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String line : Files.readAllLines(dependencies)) {
            sums.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return sums;
    }

    /** Returns what is wrong. */
    static List<String> check(Path folder, String version, String fingerprint, Map<String, String> recorded)
            throws IOException, InterruptedException {
        Findings findings = new Findings();
        Path unpacked = Files.createTempDirectory("bundle");
        try (Gpg gpg = Gpg.withKey(folder.resolve("public-key.asc"))) {
            String found = gpg.fingerprint();
            findings.require(
                    found.equals(fingerprint),
                    found.isEmpty()
                            ? "public-key.asc is missing, or does not contain exactly one key that gpg can read"
                            : "public-key.asc contains " + found + ", not " + fingerprint);
            Folder bundle = Folder.unpack(folder.resolve("central.zip"), unpacked.toRealPath());
            CentralCheck central = new CentralCheck(bundle, version, gpg, findings);
            int files = central.check(new JarCheck(version, recorded, findings));
            new DownloadCheck(new Folder(folder.resolve("files")), version, gpg, findings).check(central, bundle);
            System.out.println(
                    files + " files expected for Maven Central, key " + (found.isEmpty() ? "unknown" : found));
        } finally {
            Folder.delete(unpacked);
        }
        return findings.errors();
    }
}
