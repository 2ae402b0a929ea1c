package io.github.kmsjca.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the files that people download. */
final class DownloadCheck {
    private static final String SUMS = "SHA256SUMS";

    private final Folder downloads;
    private final String version;
    private final Gpg gpg;
    private final Findings findings;

    DownloadCheck(Folder downloads, String version, Gpg gpg, Findings findings) {
        this.downloads = downloads;
        this.version = version;
        this.gpg = gpg;
        this.findings = findings;
    }

    /**
     * Checks the names, sums and signatures of the downloads, and that the jars and lists of components are the files
     * in the bundle for Maven Central.
     */
    void check(CentralCheck central, Folder bundle) throws IOException, InterruptedException {
        // from the name of a download, without .jar or .cdx.json, to its path in the bundle, without .jar or
        // -cyclonedx.json
        Map<String, Path> sameInBundle = new TreeMap<>();
        sameInBundle.put("kms-jca-provider-" + version, bundle.file(central.path("kms-jca-provider", "")));
        sameInBundle.put("kms-jca-" + version, bundle.file(central.path("kms-jca-cli", "-all")));
        sameInBundle.put("kms-jca-emulator-" + version + "-all", bundle.file(central.path("kms-jca-emulator", "-all")));

        SortedSet<String> summed = new TreeSet<>();
        for (Map.Entry<String, Path> jar : sameInBundle.entrySet()) {
            summed.add(jar.getKey() + ".jar");
            summed.add(jar.getKey() + ".cdx.json");
            requireSame(jar.getKey() + ".jar", Path.of(jar.getValue() + ".jar"));
            requireSame(jar.getKey() + ".cdx.json", Path.of(jar.getValue() + "-cyclonedx.json"));
        }
        summed.add("kms-jca-" + version + ".zip");
        summed.add("kms-jca-" + version + ".tar.gz");
        checkSums(summed);
        checkSignatures(summed);
    }

    private void requireSame(String name, Path inBundle) throws IOException {
        findings.require(
                downloads.has(name) && Files.exists(inBundle) && Files.mismatch(downloads.file(name), inBundle) == -1,
                name + " differs from the file in the bundle for Maven Central, or one of them is missing");
    }

    private void checkSums(SortedSet<String> summed) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (String name : summed) {
            findings.require(downloads.has(name), "no " + name);
            if (downloads.has(name)) {
                sums.append(Sums.sum("SHA-256", downloads.file(name)))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
        }
        findings.require(
                downloads.has(SUMS) && downloads.text(SUMS).equals(sums.toString()), SUMS + " is missing or wrong");
    }

    private void checkSignatures(SortedSet<String> summed) throws IOException, InterruptedException {
        SortedSet<String> signed = new TreeSet<>(summed);
        signed.add(SUMS);
        for (String name : signed) {
            findings.require(
                    downloads.has(name)
                            && downloads.has(name + ".asc")
                            && gpg.verifies(downloads.file(name + ".asc"), downloads.file(name)),
                    name + ": the signature is missing or wrong");
        }
        for (String name : downloads.names()) {
            findings.require(
                    signed.contains(name.replaceFirst("\\.asc$", "")) && !name.endsWith(".asc.asc"),
                    "unexpected file " + name);
        }
    }
}
