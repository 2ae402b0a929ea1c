package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A folder with keystore files, where the tools run. The entry {@link #ALIAS} is a KMS key in {@link #KMS_FILE}, and a
 * local key of the same kind in {@link #LOCAL_FILE}.
 *
 * @param folder the folder
 * @param jar the one-file jar
 * @param properties the system properties of the programs that call KMS
 */
record KeyFolder(Path folder, Path jar, Map<String, String> properties) {
    static final String ALIAS = "release";
    static final String KMS_FILE = "release.awskms";
    static final String LOCAL_FILE = "local.p12";

    /**
     * Key and certificate of the server that answers instead of AWS. The key is an RSA key of 2,048 bits, like the key
     * of the AWS server. The clients trust the certificate.
     */
    static final String TLS_FILE = "tls.p12";

    /** The certificates that the clients trust: those that the JDK trusts, and that of {@link #TLS_FILE}. */
    static final String TRUST_FILE = "trust.jks";

    /** The certificate of the KMS key, as PEM. */
    static final String CHAIN_FILE = "chain.pem";

    /** The password of all files. An AWSKMS file needs none, and accepts any. */
    static final String PASSWORD = "changeit";

    /**
     * A kind of key.
     *
     * @param spec the key spec of the KMS key
     * @param algorithm the algorithm of the local key, as keytool names it
     * @param size the size of the local key in bits
     */
    record Kind(String spec, String algorithm, int size) {}

    /** Two keystore files with the same certificates. */
    record CertificateFiles(Path awskms, Path pkcs12) {}

    /**
     * Makes {@link #KMS_FILE}, {@link #LOCAL_FILE}, {@link #TLS_FILE} and {@link #CHAIN_FILE}. The emulator must have a
     * KMS key of this kind.
     */
    void writeKeys(Kind kind) throws IOException, InterruptedException {
        List<String> common = List.of(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                kind.algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost");
        keytool(List.of(common, local(LOCAL_FILE), List.of("-keysize", String.valueOf(kind.size))));
        keytool(List.of(
                common,
                ours(KMS_FILE),
                List.of("-providerarg", "adopt=" + KmsProcess.alias(kind.spec)),
                List.of("-protected", "-providername", "AWSKMS")));
        keytool(List.of(
                List.of("-exportcert", "-rfc", "-alias", ALIAS, "-file", CHAIN_FILE),
                ours(KMS_FILE),
                List.of("-storepass", PASSWORD)));
        keytool(List.of(
                List.of("-genkeypair", "-alias", "kms", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=KMS"),
                List.of("-ext", "san=dns:kms." + property(KmsProcess.REGION) + ".amazonaws.com"),
                local(TLS_FILE)));
    }

    /**
     * Makes {@link #TRUST_FILE}. So that reading it takes as long as reading the JDK's own file, it has all
     * certificates of that file and is not encrypted. Even a small encrypted file would take a new JVM longer, because
     * it would derive the encryption key with code that it has not compiled yet.
     */
    void writeTrustStore() throws IOException, GeneralSecurityException {
        Path jdk = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        KeyStore ofJdk = KeyStore.getInstance(jdk.toFile(), PASSWORD.toCharArray());
        for (String alias : Collections.list(ofJdk.aliases())) {
            trusted.setCertificateEntry(alias, ofJdk.getCertificate(alias));
        }
        trusted.setCertificateEntry(
                "kms", load(KeyStore.getInstance("PKCS12"), TLS_FILE).getCertificate("kms"));
        try (OutputStream out = Files.newOutputStream(folder.resolve(TRUST_FILE))) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    /** Makes two keystore files with the local key's certificate in {@code number} entries. */
    CertificateFiles writeCertificates(int number) throws IOException, GeneralSecurityException {
        Certificate certificate =
                load(KeyStore.getInstance("PKCS12"), LOCAL_FILE).getCertificate(ALIAS);
        Provider provider = new KmsProvider();
        return new CertificateFiles(
                write(KeyStore.getInstance(KmsProvider.NAME, provider), certificate, number, "list.awskms"),
                write(KeyStore.getInstance("PKCS12"), certificate, number, "list.p12"));
    }

    private Path write(KeyStore store, Certificate certificate, int number, String file)
            throws IOException, GeneralSecurityException {
        store.load(null, PASSWORD.toCharArray());
        for (int i = 0; i < number; i++) {
            store.setCertificateEntry("entry" + i, certificate);
        }
        Path path = folder.resolve(file);
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return path;
    }

    /** Loads a file of this folder into a KeyStore. */
    KeyStore load(KeyStore keystore, String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            keystore.load(in, PASSWORD.toCharArray());
        }
        return keystore;
    }

    /** Returns the value of a system property of the programs. */
    String property(String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    /** Returns the system properties as options of a tool of the JDK. */
    List<String> toolOptions() {
        return properties.entrySet().stream()
                .map(property -> "-J-D" + property.getKey() + "=" + property.getValue())
                .toList();
    }

    /** Returns the options of a tool for an AWSKMS file. */
    List<String> ours(String file) {
        List<String> options = new ArrayList<>(toolOptions());
        options.addAll(List.of("-J-cp", "-J" + jar, "-keystore", file, "-storetype", "AWSKMS"));
        options.addAll(List.of("-addprovider", "AWSKMS"));
        return options;
    }

    /** Returns the options of a tool for a PKCS #12 file. */
    static List<String> local(String file) {
        return List.of("-keystore", file, "-storetype", "PKCS12", "-storepass", PASSWORD);
    }

    private void keytool(List<List<String>> arguments) throws IOException, InterruptedException {
        ToolFigures.run(command(JdkTool.KEYTOOL.path(), arguments));
    }

    /** Returns a command that runs in this folder. */
    ProcessBuilder command(Path program, List<List<String>> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        arguments.forEach(command::addAll);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
