import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/**
 * Checks a signed bundle by the rules of Maven Central (https://central.sonatype.org/publish/requirements/), and looks
 * into each jar.
 *
 * <p>Arguments: the folder of {@code release/build}, and optionally the fingerprint that the key must have. Prints what
 * is wrong, and ends with exit code 1 if anything is wrong. Needs gpg.
 */
final class CheckBundle {
    private static final Map<String, String> SUMS =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");
    private static final Set<String> ADDED = Set.of("asc", "md5", "sha1", "sha256", "sha512");

    /** The elements that each POM must have, itself or from its parent. */
    private static final List<String> INHERITABLE = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    /** The elements that each POM must have itself. */
    private static final List<String> OWN = List.of("artifactId", "name", "description");

    private final Path root;
    private final List<String> errors = new ArrayList<>();
    private final XPath xpath = XPathFactory.newInstance().newXPath();

    private CheckBundle(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        CheckBundle check = new CheckBundle(folder.resolve("maven"));
        List<Path> files = check.files();
        files.forEach(check::checkNameAndSums);
        String fingerprint = check.checkSignatures(folder.resolve("public-key.asc"), files);
        check.require(
                arguments.length < 2 || arguments[1].equals(fingerprint),
                "the key has another fingerprint: " + fingerprint);
        List<Path> poms =
                files.stream().filter(file -> file.toString().endsWith(".pom")).toList();
        for (Path pom : poms) {
            check.checkPom(pom, poms);
        }
        for (Path jar : files) {
            if (jar.toString().matches(".*(?<!-sources|-javadoc)\\.jar")) {
                check.checkJar(jar);
            }
        }
        check.errors.forEach(error -> System.out.println("wrong: " + error));
        System.out.println(files.size() + " files, " + poms.size() + " modules, key " + fingerprint + ", "
                + check.errors.size() + " errors");
        System.exit(check.errors.isEmpty() ? 0 : 1);
    }

    private void require(boolean condition, String error) {
        if (!condition) {
            errors.add(error);
        }
    }

    /** Returns the files that need signatures and sums. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !ADDED.contains(extension(file)))
                    .sorted()
                    .toList();
        }
    }

    private static String extension(Path file) {
        return file.toString().substring(file.toString().lastIndexOf('.') + 1);
    }

    private String shown(Path file) {
        return root.relativize(file).toString();
    }

    private void checkNameAndSums(Path file) {
        require(!file.toString().contains("SNAPSHOT"), shown(file) + ": the version is a snapshot");
        require(!file.toString().endsWith("-tests.jar"), shown(file) + ": a jar with test classes");
        for (Map.Entry<String, String> sum : SUMS.entrySet()) {
            Path sumFile = Path.of(file + "." + sum.getKey());
            try {
                byte[] digest = MessageDigest.getInstance(sum.getValue()).digest(Files.readAllBytes(file));
                require(
                        Files.exists(sumFile)
                                && Files.readString(sumFile)
                                        .strip()
                                        .equals(HexFormat.of().formatHex(digest)),
                        shown(file) + ": ." + sum.getKey() + " is missing or wrong");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Lets gpg verify each signature with only this public key, and returns the fingerprint of the key. */
    private String checkSignatures(Path publicKey, List<Path> files) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("gpg");
        try {
            String imported = gpg(home, "--import", publicKey.toString());
            String fingerprint = imported.replaceFirst("(?s).*IMPORT_OK 1 ([0-9A-F]{40}).*", "$1");
            for (Path file : files) {
                String status = gpg(home, "--verify", file + ".asc", file.toString());
                require(
                        status.contains("[GNUPG:] VALIDSIG " + fingerprint),
                        shown(file) + ": the signature is missing or wrong");
            }
            return fingerprint;
        } finally {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all")
                    .start()
                    .waitFor();
            try (Stream<Path> content = Files.walk(home)) {
                content.sorted((left, right) -> right.compareTo(left))
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    private static String gpg(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch"));
        command.addAll(List.of("--status-fd", "1"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String status = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return status;
    }

    private void checkPom(Path pom, List<Path> poms) throws Exception {
        Document own = parse(pom);
        for (String element : OWN) {
            require(has(own, element), shown(pom) + ": no " + element);
        }
        Document parent = null;
        if (has(own, "parent")) {
            String name = text(own, "parent/artifactId") + "-" + text(own, "parent/version") + ".pom";
            Path file = poms.stream()
                    .filter(other -> other.getFileName().toString().equals(name))
                    .findFirst()
                    .orElse(null);
            require(file != null, shown(pom) + ": the parent " + name + " is not in the bundle");
            parent = file == null ? null : parse(file);
        }
        for (String element : INHERITABLE) {
            require(has(own, element) || parent != null && has(parent, element), shown(pom) + ": no " + element);
        }
        require(!Files.readString(pom).contains("SNAPSHOT"), shown(pom) + ": names a snapshot");
        if (text(own, "packaging").isEmpty()) {
            String base = pom.toString().substring(0, pom.toString().length() - ".pom".length());
            for (String jar : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
                require(Files.exists(Path.of(base + jar)), shown(pom) + ": no " + jar);
            }
        }
    }

    private static Document parse(Path pom) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(pom.toFile());
    }

    private boolean has(Document pom, String path) throws Exception {
        return !text(pom, path).isEmpty();
    }

    private String text(Document pom, String path) throws Exception {
        return xpath.evaluate("/project/" + path, pom).strip();
    }

    /** Checks that a jar has our license, the lists of components, its version and a module name. */
    private void checkJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names =
                    file.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
            for (String name : List.of("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/THIRD-PARTY.md")) {
                require(names.contains(name), shown(jar) + ": no " + name);
            }
            require(
                    names.stream().anyMatch(name -> name.matches("META-INF/sbom/.*\\.cdx\\.json")),
                    shown(jar) + ": no list of components");
            List<String> strays = names.stream()
                    .filter(name -> !name.contains("/") && !name.equals("module-info.class"))
                    .toList();
            require(strays.isEmpty(), shown(jar) + ": files outside of folders: " + strays);
            String version = file.getManifest().getMainAttributes().getValue("Implementation-Version");
            require(
                    version != null && jar.getFileName().toString().contains("-" + version),
                    shown(jar) + ": Implementation-Version is " + version);
            require(
                    names.contains("module-info.class")
                            || file.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null,
                    shown(jar) + ": no module name");
        }
    }
}
