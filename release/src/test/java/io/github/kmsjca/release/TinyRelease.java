package io.github.kmsjca.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A release with tiny files, in the form that {@code release/build} and {@code release/sign} give it. */
final class TinyRelease {
    static final String VERSION = "1.2";

    /** The content of {@code release/dependencies.txt} for this release: each library with its sum. */
    static final Map<String, String> RECORDED = Map.of("org.a:a:3", "00ff");

    /** The list of components of each jar: one library. */
    private static final String COMPONENTS = """
            {"components": [{"group": "org.a", "name": "a", "version": "3",
              "hashes": [{"alg": "SHA-256", "content": "00ff"}]}]}""";

    /** The elements that Maven Central requires of each POM, itself or from its parent. */
    private static final String SHARED = """
            <url>u</url><licenses><license><name>n</name><url>u</url></license></licenses>
            <developers><developer><name>n</name><organization>o</organization></developer></developers>
            <scm><connection>c</connection><developerConnection>d</developerConnection><url>u</url></scm>""";

    private static final List<String> MODULES = List.of("kms-jca-provider", "kms-jca-cli", "kms-jca-emulator");

    private final Path folder;
    private final SignFiles signer;

    TinyRelease(Path folder, SignFiles signer) {
        this.folder = folder;
        this.signer = signer;
    }

    /** Writes everything, signed and packed. */
    void write() throws Exception {
        signer.writePublicKey("Test <test@example.com>", folder.resolve("public-key.asc"));
        pom("kms-jca", SHARED);
        StringBuilder managed = new StringBuilder();
        for (String module : MODULES) {
            managed.append("<dependency><artifactId>").append(module).append("</artifactId></dependency>");
            pom(module, "<parent><artifactId>kms-jca</artifactId><version>" + VERSION + "</version></parent>");
            binary(module, "");
            file(central(module, "-sources.jar"), jar(texts()));
            file(central(module, "-javadoc.jar"), jar(javadoc()));
        }
        binary("kms-jca-cli", "-all");
        binary("kms-jca-emulator", "-all");
        pom(
                "kms-jca-bom",
                SHARED + "<dependencyManagement><dependencies>" + managed + "</dependencies></dependencyManagement>");
        download("kms-jca-provider-" + VERSION, "kms-jca-provider", "");
        download("kms-jca-" + VERSION, "kms-jca-cli", "-all");
        download("kms-jca-emulator-" + VERSION + "-all", "kms-jca-emulator", "-all");
        file("files/kms-jca-" + VERSION + ".zip", new byte[] {1});
        file("files/kms-jca-" + VERSION + ".tar.gz", new byte[] {2});
        sumDownloads();
        for (String name : new Folder(folder).names()) {
            if (name.startsWith("maven/") || name.startsWith("files/")) {
                sign(name);
            }
        }
        pack();
    }

    private void pom(String artifact, String content) throws IOException {
        String text = "<project><artifactId>" + artifact + "</artifactId><name>n</name><description>d</description>"
                + content + "</project>";
        file(central(artifact, ".pom"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a jar of the kind that contains classes, and its list of components. */
    private void binary(String artifact, String classifier) throws IOException {
        file(central(artifact, classifier + ".jar"), jar(binary()));
        file(central(artifact, classifier + "-cyclonedx.json"), COMPONENTS.getBytes(StandardCharsets.UTF_8));
    }

    private void download(String name, String artifact, String classifier) throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.copy(folder.resolve(central(artifact, classifier + ".jar")), folder.resolve("files/" + name + ".jar"));
        Files.copy(
                folder.resolve(central(artifact, classifier + "-cyclonedx.json")),
                folder.resolve("files/" + name + ".cdx.json"));
    }

    static Map<String, String> texts() {
        return new TreeMap<>(Map.of("META-INF/LICENSE", "license", "META-INF/NOTICE", "notice"));
    }

    static Map<String, String> javadoc() {
        Map<String, String> files = texts();
        files.putAll(Map.of("script-dir/jquery.min.js", "code", "legal/jquery.md", "license"));
        return files;
    }

    /** Returns the files of a jar of the kind that contains classes. This one contains none. */
    static Map<String, String> binary() {
        Map<String, String> files = texts();
        files.put("META-INF/THIRD-PARTY.md", "components");
        files.put("META-INF/sbom/a.cdx.json", COMPONENTS);
        files.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nImplementation-Version: " + VERSION + "\nAutomatic-Module-Name: a\n");
        return files;
    }

    static byte[] jar(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the name of a file for Maven Central. */
    static String central(String artifact, String suffix) {
        return "maven/io/github/kmsjca/" + artifact + "/" + VERSION + "/" + artifact + "-" + VERSION + suffix;
    }

    void file(String name, byte[] content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    /** Signs a file, and writes its sums if it is one for Maven Central. Replaces an earlier signature and sums. */
    void sign(String name) throws Exception {
        Path file = folder.resolve(name);
        signer.sign(file);
        if (name.startsWith("maven/")) {
            for (Map.Entry<String, String> sum : Map.of(
                            "md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512")
                    .entrySet()) {
                Files.writeString(Path.of(file + "." + sum.getKey()), Sums.sum(sum.getValue(), file));
            }
        }
    }

    void sumDownloads() throws IOException {
        StringBuilder sums = new StringBuilder();
        Folder files = new Folder(folder.resolve("files"));
        for (String name : files.names()) {
            if (!name.equals("SHA256SUMS") && !name.endsWith(".asc")) {
                sums.append(Sums.sum("SHA-256", files.file(name)))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
        }
        file("files/SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Packs the bundle for Maven Central. */
    void pack() throws IOException {
        Folder maven = new Folder(folder.resolve("maven"));
        try (OutputStream target = Files.newOutputStream(folder.resolve("central.zip"));
                ZipOutputStream zip = new ZipOutputStream(target)) {
            for (String name : maven.names()) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(maven.file(name), zip);
            }
        }
    }
}
