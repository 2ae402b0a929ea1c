package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The jars that the tools sign, and the commands of the tools. */
final class ToolPlace {
    /** The key spec of the KMS key. */
    static final String SPEC = "RSA_3072";

    /** A jar with ten small files. */
    static final String SMALL = "small.jar";

    /** A jar with 2,000 files and 50 MB. */
    static final String LARGE = "large.jar";

    /** The number of certificates in the keystore files that keytool lists. */
    private static final int ENTRIES = 100;

    /** After this many runs, the script has surely had the time to make an archive in the background. */
    private static final int MAX_RUNS = 200;

    private final KeyFolder keys;
    private final Path scripts;

    /** The folder where the scripts keep their class-data archives. */
    private final Path cache;

    private ToolPlace(KeyFolder keys, Path scripts, Path cache) {
        this.keys = keys;
        this.scripts = scripts;
        this.cache = cache;
    }

    /**
     * Prepares a folder.
     *
     * @param jar the one-file jar; beside it must be the distribution, a {@code .tar.gz} file with the same name
     */
    static ToolPlace prepare(Path folder, Path jar, KmsProcess kms) throws IOException, InterruptedException {
        String name = jar.getFileName().toString().replaceFirst("[.]jar$", "");
        Path archive = jar.toAbsolutePath().resolveSibling(name + ".tar.gz");
        ToolFigures.run(new ProcessBuilder("tar", "xzf", archive.toString()).directory(folder.toFile()));
        KeyFolder keys = new KeyFolder(folder, jar.toAbsolutePath(), kms.properties());
        ToolPlace place = new ToolPlace(keys, folder.resolve(name).resolve("bin"), folder.resolve("cache"));
        place.writeJar(SMALL, 10, 1_000);
        place.writeJar(LARGE, 2_000, 25_000);
        keys.writeKeys(new KeyFolder.Kind(SPEC, "RSA", 3072));
        try {
            keys.writeTrustStore();
            keys.writeCertificates(ENTRIES);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return place;
    }

    /**
     * Returns the same folder, with commands that call the AWS endpoint through a proxy. For these commands, the
     * scripts make other class-data archives, because an archive of a run without TLS lacks the classes of TLS, and
     * users always have TLS.
     */
    ToolPlace through(TlsTunnel tunnel) {
        Map<String, String> properties = new HashMap<>(keys.properties());
        properties.remove(KmsProcess.ENDPOINT);
        properties.put("https.proxyHost", "127.0.0.1");
        properties.put("https.proxyPort", String.valueOf(tunnel.port()));
        properties.put(
                "javax.net.ssl.trustStore",
                keys.folder().resolve(KeyFolder.TRUST_FILE).toString());
        properties.put("javax.net.ssl.trustStoreType", "JKS");
        return new ToolPlace(
                new KeyFolder(keys.folder(), keys.jar(), properties),
                scripts,
                keys.folder().resolve("cache-tls"));
    }

    /** Starts a proxy that answers instead of the AWS endpoint. */
    TlsTunnel startTunnel() throws IOException {
        try {
            KeyStore identity = keys.load(KeyStore.getInstance("PKCS12"), KeyFolder.TLS_FILE);
            return TlsTunnel.start(
                    identity, KeyFolder.PASSWORD.toCharArray(), URI.create(keys.property(KmsProcess.ENDPOINT)));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void writeJar(String name, int files, int size) throws IOException {
        Random random = new Random(1);
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(keys.folder().resolve(name)))) {
            for (int i = 0; i < files; i++) {
                byte[] content = new byte[size];
                random.nextBytes(content);
                zip.putNextEntry(new ZipEntry("files/" + i + ".bin"));
                zip.write(content);
            }
        }
    }

    /** Returns a jarsigner command that signs a jar with the KMS key. The one-file jar is on its class path. */
    ProcessBuilder signing(String file) {
        return keys.command(
                JdkTool.JARSIGNER.path(), List.of(keys.ours(KeyFolder.KMS_FILE), List.of("-protected"), toSign(file)));
    }

    /** Returns a command that signs a jar with the KMS key and the distribution's script {@code kms-jarsigner}. */
    ProcessBuilder scriptSigning(String file) {
        return script(
                "kms-jarsigner", List.of(keys.toolOptions(), List.of("-keystore", KeyFolder.KMS_FILE), toSign(file)));
    }

    /**
     * Runs the script {@code kms-jarsigner} until it has made its class-data archive. It may make the archive in the
     * background.
     */
    void makeArchive() throws IOException, InterruptedException {
        for (int run = 0; run < MAX_RUNS; run++) {
            ToolFigures.run(scriptSigning(SMALL));
            if (hasArchive()) {
                return;
            }
        }
        throw new IOException("kms-jarsigner makes no class-data archive in " + cache
                + "; docs/distribution.md says where the scripts make none");
    }

    private boolean hasArchive() throws IOException {
        Path folder = cache.resolve("kms-jca");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    private ProcessBuilder script(String name, List<List<String>> arguments) {
        ProcessBuilder run = keys.command(scripts.resolve(name), arguments);
        run.environment().put("XDG_CACHE_HOME", cache.toString());
        return run;
    }

    /**
     * Returns a jarsigner command that signs a jar with the KMS key and the provider of jsign.
     *
     * @param jsign the jar of jsign
     */
    ProcessBuilder jsignSigning(Path jsign, String file) {
        return keys.command(
                JdkTool.JARSIGNER.path(),
                List.of(
                        keys.toolOptions(),
                        List.of("-J-cp", "-J" + jsign, "-J--add-modules", "-Jjava.sql"),
                        List.of("-providerClass", "net.jsign.jca.JsignJcaProvider"),
                        List.of("-providerArg", keys.property(KmsProcess.REGION)),
                        List.of("-keystore", "NONE", "-storetype", "AWS", "-storepass", "test|test"),
                        List.of("-certchain", KeyFolder.CHAIN_FILE),
                        List.of("-signedjar", "signed.jar", file, KmsProcess.alias(SPEC))));
    }

    /** Returns a jarsigner command that signs a jar with the local key. */
    ProcessBuilder localSigning(String file) {
        return keys.command(JdkTool.JARSIGNER.path(), List.of(KeyFolder.local(KeyFolder.LOCAL_FILE), toSign(file)));
    }

    private static List<String> toSign(String file) {
        return List.of("-signedjar", "signed.jar", file, KeyFolder.ALIAS);
    }

    /** Returns a keytool command that lists the {@link #ENTRIES} certificates of an AWSKMS file. */
    ProcessBuilder listing() {
        return keys.command(
                JdkTool.KEYTOOL.path(),
                List.of(List.of("-list"), keys.ours("list.awskms"), List.of("-storepass", KeyFolder.PASSWORD)));
    }

    /** Returns a keytool command that lists the same certificates of a PKCS #12 file. */
    ProcessBuilder localListing() {
        return keys.command(JdkTool.KEYTOOL.path(), List.of(List.of("-list"), KeyFolder.local("list.p12")));
    }

    /** Returns a {@code kms-jca sign} command that signs {@code number} copies of the small jar. */
    ProcessBuilder signingMany(int number) throws IOException {
        Path jars = Files.createDirectories(keys.folder().resolve("jars"));
        for (int i = 0; i < number; i++) {
            Files.copy(keys.folder().resolve(SMALL), jars.resolve(i + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder run = script(
                "kms-jca",
                List.of(List.of("sign", "jars", "--keystore", KeyFolder.KMS_FILE, "--alias", KeyFolder.ALIAS)));
        run.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        keys.properties().entrySet().stream()
                                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                                .collect(Collectors.joining(" ")));
        return run;
    }
}
