package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder with keystore files and jars, where the tools run. Two entries are named {@code release}: in
 * {@code release.awskms} it is a KMS key, in {@code local.p12} a local key of the same size.
 */
final class ToolPlace {
    /** The key spec of the KMS key. */
    static final String SPEC = "RSA_3072";

    /** A jar with ten small files. */
    static final String SMALL = "small.jar";

    /** A jar with 2,000 files and 50 MB. */
    static final String LARGE = "large.jar";

    private static final String SIZE = "3072";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int ENTRIES = 100;

    /** Key and certificate of the server that answers in the place of AWS. The clients trust the certificate. */
    private static final String TLS_FILE = "tls.p12";

    /** The certificate of the key {@code release} in KMS, as PEM. */
    private static final String CHAIN_FILE = "chain.pem";

    private final Path folder;
    private final Path jar;
    private final Path scripts;
    private final Map<String, String> properties;

    /**
     * Creates a view of a prepared folder.
     *
     * @param properties the system properties of all programs
     */
    private ToolPlace(Path folder, Path jar, Path scripts, Map<String, String> properties) {
        this.folder = folder;
        this.jar = jar;
        this.scripts = scripts;
        this.properties = properties;
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
        ToolPlace place =
                new ToolPlace(folder, jar.toAbsolutePath(), folder.resolve(name).resolve("bin"), kms.properties());
        place.writeJar(SMALL, 10, 1_000);
        place.writeJar(LARGE, 2_000, 25_000);
        place.writeKeystores();
        return place;
    }

    /** Returns the same folder. Its programs call the endpoint of AWS, and reach it through a proxy. */
    ToolPlace through(TlsTunnel tunnel) {
        Map<String, String> through = new HashMap<>(properties);
        through.remove(KmsProcess.ENDPOINT);
        through.put("https.proxyHost", "127.0.0.1");
        through.put("https.proxyPort", String.valueOf(tunnel.port()));
        through.put("javax.net.ssl.trustStore", folder.resolve(TLS_FILE).toString());
        through.put("javax.net.ssl.trustStorePassword", String.valueOf(PASSWORD));
        return new ToolPlace(folder, jar, scripts, through);
    }

    /** Starts a proxy that answers in the place of the endpoint of AWS. */
    TlsTunnel startTunnel() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(TLS_FILE))) {
            KeyStore identity = KeyStore.getInstance("PKCS12");
            identity.load(in, PASSWORD);
            return TlsTunnel.start(identity, PASSWORD, URI.create(required(KmsProcess.ENDPOINT)));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String required(String property) {
        return Objects.requireNonNull(properties.get(property), property);
    }

    private void writeJar(String name, int files, int size) throws IOException {
        Random random = new Random(1);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (int i = 0; i < files; i++) {
                byte[] content = new byte[size];
                random.nextBytes(content);
                zip.putNextEntry(new ZipEntry("files/" + i + ".bin"));
                zip.write(content);
            }
        }
    }

    private void writeKeystores() throws IOException, InterruptedException {
        List<String> common = List.of("-genkeypair", "-alias", "release", "-keyalg", "RSA", "-dname", "CN=Release");
        ToolFigures.run(
                command(JdkTool.KEYTOOL.path(), List.of(common, local("local.p12"), List.of("-keysize", SIZE))));
        ToolFigures.run(command(
                JdkTool.KEYTOOL.path(),
                List.of(
                        common,
                        ours("release.awskms"),
                        List.of(
                                "-providerarg",
                                "adopt=" + KmsProcess.alias(SPEC),
                                "-protected",
                                "-providername",
                                "AWSKMS"))));
        ToolFigures.run(command(
                JdkTool.KEYTOOL.path(),
                List.of(
                        List.of("-genkeypair", "-alias", "kms", "-keyalg", "EC", "-dname", "CN=KMS"),
                        List.of("-ext", "san=dns:kms." + required(KmsProcess.REGION) + ".amazonaws.com"),
                        local(TLS_FILE))));
        ToolFigures.run(command(
                JdkTool.KEYTOOL.path(),
                List.of(
                        List.of("-exportcert", "-rfc", "-alias", "release", "-file", CHAIN_FILE),
                        ours("release.awskms"),
                        List.of("-storepass", "changeit"))));
        try {
            KeyStore keystore = KeyStore.getInstance("PKCS12");
            keystore.load(Files.newInputStream(folder.resolve("local.p12")), PASSWORD);
            Certificate certificate = keystore.getCertificate("release");
            writeCertificates(KeyStore.getInstance("PKCS12"), certificate, "list.p12");
            Provider provider = new KmsProvider();
            writeCertificates(KeyStore.getInstance(KmsProvider.NAME, provider), certificate, "list.awskms");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void writeCertificates(KeyStore store, Certificate certificate, String file)
            throws IOException, GeneralSecurityException {
        store.load(null, PASSWORD);
        for (int i = 0; i < ENTRIES; i++) {
            store.setCertificateEntry("entry" + i, certificate);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            store.store(out, PASSWORD);
        }
    }

    /** Returns a jarsigner command that signs a jar with the KMS key. The one-file jar is on its class path. */
    ProcessBuilder signing(String file) {
        return command(JdkTool.JARSIGNER.path(), List.of(ours("release.awskms"), List.of("-protected"), toSign(file)));
    }

    /** Returns a command that signs a jar with the KMS key and the distribution's script {@code kms-jarsigner}. */
    ProcessBuilder fastSigning(String file) {
        return command(
                scripts.resolve("kms-jarsigner"),
                List.of(vmOptions(), List.of("-keystore", "release.awskms"), toSign(file)));
    }

    /**
     * Returns a jarsigner command that signs a jar with the KMS key and the provider of jsign.
     *
     * @param jsign the jar of jsign
     */
    ProcessBuilder jsignSigning(Path jsign, String file) {
        return command(
                JdkTool.JARSIGNER.path(),
                List.of(
                        vmOptions(),
                        List.of("-J-cp", "-J" + jsign, "-J--add-modules", "-Jjava.sql"),
                        List.of("-providerClass", "net.jsign.jca.JsignJcaProvider"),
                        List.of("-providerArg", required(KmsProcess.REGION), "-keystore", "NONE", "-storetype", "AWS"),
                        List.of("-storepass", "test|test", "-certchain", CHAIN_FILE),
                        List.of("-signedjar", "signed.jar", file, KmsProcess.alias(SPEC))));
    }

    /** Returns a jarsigner command that signs a jar with the local key. */
    ProcessBuilder localSigning(String file) {
        return command(JdkTool.JARSIGNER.path(), List.of(local("local.p12"), toSign(file)));
    }

    private static List<String> toSign(String file) {
        return List.of("-signedjar", "signed.jar", file, "release");
    }

    /** Returns a keytool command that lists the AWSKMS file. */
    ProcessBuilder listing() {
        // keytool -list ignores -protected and asks for a password
        return command(
                JdkTool.KEYTOOL.path(),
                List.of(List.of("-list"), ours("list.awskms"), List.of("-storepass", "changeit")));
    }

    /** Returns a keytool command that lists the local file. */
    ProcessBuilder localListing() {
        return command(JdkTool.KEYTOOL.path(), List.of(List.of("-list"), local("list.p12")));
    }

    /** Returns a {@code kms-jca sign} command that signs {@code number} copies of the small jar. */
    ProcessBuilder signingMany(int number) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (int i = 0; i < number; i++) {
            Files.copy(folder.resolve(SMALL), jars.resolve(i + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder run = command(
                scripts.resolve("kms-jca"),
                List.of(List.of("sign", "jars", "--keystore", "release.awskms", "--alias", "release")));
        run.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        properties.entrySet().stream()
                                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                                .collect(Collectors.joining(" ")));
        return run;
    }

    private List<String> vmOptions() {
        return properties.entrySet().stream()
                .map(property -> "-J-D" + property.getKey() + "=" + property.getValue())
                .toList();
    }

    private List<String> ours(String keystore) {
        List<String> options = new ArrayList<>(vmOptions());
        options.addAll(List.of("-J-cp", "-J" + jar, "-keystore", keystore, "-storetype", "AWSKMS"));
        options.addAll(List.of("-addprovider", "AWSKMS"));
        return options;
    }

    private static List<String> local(String keystore) {
        return List.of("-keystore", keystore, "-storetype", "PKCS12", "-storepass", "changeit");
    }

    private ProcessBuilder command(Path program, List<List<String>> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        arguments.forEach(command::addAll);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        return builder;
    }
}
