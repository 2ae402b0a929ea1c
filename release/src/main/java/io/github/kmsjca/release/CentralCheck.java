package io.github.kmsjca.release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a bundle by the rules of <a href="https://central.sonatype.org/publish/requirements/">Maven Central</a>, and
 * that it has exactly the expected files.
 */
final class CentralCheck {
    private static final String GROUP = "io/github/kmsjca/";
    private static final String PARENT = "kms-jca";
    private static final String BOM = "kms-jca-bom";

    /** The artifacts that also have a jar with all libraries. */
    private static final Set<String> PROGRAMS = Set.of("kms-jca-cli", "kms-jca-emulator");

    /** The suffixes of the files with sums, and the algorithms of these sums. */
    private static final Map<String, String> SUMS =
            new TreeMap<>(Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512"));

    private final Folder bundle;
    private final String version;
    private final Gpg gpg;
    private final Findings findings;

    CentralCheck(Folder bundle, String version, Gpg gpg, Findings findings) {
        this.bundle = bundle;
        this.version = version;
        this.gpg = gpg;
        this.findings = findings;
    }

    /**
     * Checks the bundle. Returns the number of expected files, not counting those with signatures and sums, or 0 if the
     * bundle lacks the BOM, which names the modules.
     */
    int check(JarCheck jars) throws IOException, InterruptedException {
        String bom = path(BOM, ".pom");
        if (!bundle.has(bom)) {
            findings.require(false, "no " + bom);
            return 0;
        }
        List<String> modules = new PomCheck(bom, bundle.text(bom)).managed();
        SortedSet<String> expected = expected(modules);
        checkNames(expected);
        for (String file : expected) {
            if (bundle.has(file)) {
                checkSums(file);
                findings.require(
                        bundle.has(file + ".asc") && gpg.verifies(bundle.file(file + ".asc"), bundle.file(file)),
                        file + ": the signature is missing or wrong");
            }
        }
        checkPoms(expected);
        for (String module : modules) {
            checkJars(module, jars);
        }
        return expected.size();
    }

    /** Returns the name of a file of an artifact. */
    String path(String artifact, String suffix) {
        return GROUP + artifact + "/" + version + "/" + artifact + "-" + version + suffix;
    }

    private SortedSet<String> expected(List<String> modules) {
        SortedSet<String> expected = new TreeSet<>(List.of(path(PARENT, ".pom"), path(BOM, ".pom")));
        for (String module : modules) {
            List<String> suffixes =
                    new ArrayList<>(List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"));
            if (PROGRAMS.contains(module)) {
                suffixes.addAll(List.of("-all.jar", "-all-cyclonedx.json"));
            }
            suffixes.forEach(suffix -> expected.add(path(module, suffix)));
        }
        return expected;
    }

    private void checkNames(SortedSet<String> expected) throws IOException {
        SortedSet<String> all = new TreeSet<>(expected);
        for (String file : expected) {
            all.add(file + ".asc");
            SUMS.keySet().forEach(sum -> all.add(file + "." + sum));
        }
        SortedSet<String> found = bundle.names();
        for (String name : found) {
            findings.require(all.contains(name), "unexpected file " + name);
        }
        for (String name : expected) {
            findings.require(found.contains(name), "no " + name);
        }
    }

    private void checkSums(String file) throws IOException {
        for (Map.Entry<String, String> sum : SUMS.entrySet()) {
            String sumFile = file + "." + sum.getKey();
            findings.require(
                    bundle.has(sumFile)
                            && Files.readString(bundle.file(sumFile))
                                    .strip()
                                    .equals(Sums.sum(sum.getValue(), bundle.file(file))),
                    sumFile + " is missing or wrong");
        }
    }

    private void checkPoms(SortedSet<String> expected) throws IOException {
        for (String name : expected) {
            if (name.endsWith(".pom") && bundle.has(name)) {
                PomCheck pom = new PomCheck(name, bundle.text(name));
                pom.check(parent(pom), findings);
            }
        }
    }

    /** Returns the POM of kms-jca if the given POM names it as its parent and it is in the bundle; otherwise null. */
    private @Nullable PomCheck parent(PomCheck pom) throws IOException {
        String name = path(PARENT, ".pom");
        boolean isOurs = pom.text("parent/artifactId").equals(PARENT)
                && pom.text("parent/version").equals(version);
        return isOurs && bundle.has(name) ? new PomCheck(name, bundle.text(name)) : null;
    }

    private void checkJars(String module, JarCheck jars) throws IOException {
        for (String suffix : List.of("", "-all")) {
            String jar = path(module, suffix + ".jar");
            if (bundle.has(jar)) {
                jars.checkClasses(jar, bundle.file(jar), bundle.file(path(module, suffix + "-cyclonedx.json")));
            }
        }
        for (String suffix : List.of("-sources.jar", "-javadoc.jar")) {
            String jar = path(module, suffix);
            if (bundle.has(jar)) {
                jars.checkDocumentation(jar, bundle.file(jar));
            }
        }
    }
}
