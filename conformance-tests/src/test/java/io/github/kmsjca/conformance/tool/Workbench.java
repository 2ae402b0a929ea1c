package io.github.kmsjca.conformance.tool;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** An emulator with the keys of a test, and a CA that issues certificates for them. */
final class Workbench implements AutoCloseable {
    /** The alias of the key entry in {@link #keystore}. */
    static final String ENTRY = "release";

    /** The arguments of jarsigner in a {@link #workplace(Path, SigningKey)}. */
    static final String SIGN = "-keystore release.awskms -storetype AWSKMS -protected in.jar " + ENTRY;

    private final KmsEmulator emulator = KmsEmulator.start();
    private final TestCa ca = TestCa.named("Test CA");
    private final Map<SigningKey, String> arns = new ConcurrentHashMap<>();
    private final Map<String, PublicKey> publicKeys = new ConcurrentHashMap<>();
    private final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();
    private final KmsClient client = KmsClient.builder()
            .endpointOverride(emulator.endpoint())
            .region(Region.of(emulator.region()))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();

    /**
     * Opens a workbench with these keys. It creates them before the tests, so that the request log has only the
     * requests of the tests.
     */
    static Workbench with(SigningKey... keys) {
        Workbench bench = new Workbench();
        Stream.of(keys).forEach(bench::keystore);
        return bench;
    }

    KmsEmulator emulator() {
        return emulator;
    }

    KmsClient client() {
        return client;
    }

    TestCa ca() {
        return ca;
    }

    /** Returns the ARN of the key with the given key spec. The alias of the key is {@link SigningKey#alias}. */
    String arn(SigningKey key) {
        return arns.computeIfAbsent(key, spec -> emulator.createKey(spec.name(), "SIGN_VERIFY", spec.alias()));
    }

    /** Returns the certificate that the CA issues for a key. Its subject is {@code CN=}{@link #ENTRY}. */
    X509Certificate certificate(String arn) {
        return certificates.computeIfAbsent(arn, key -> ca.issue(ENTRY, publicKey(key)));
    }

    X509Certificate certificate(SigningKey key) {
        return certificate(arn(key));
    }

    PublicKey publicKey(SigningKey key) {
        return publicKey(arn(key));
    }

    PublicKey publicKey(String arn) {
        return publicKeys.computeIfAbsent(arn, this::requestPublicKey);
    }

    private PublicKey requestPublicKey(String arn) {
        var answer = client.getPublicKey(request -> request.keyId(arn));
        String algorithm = answer.keySpecAsString().startsWith("RSA") ? "RSA" : "EC";
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(answer.publicKey().asByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a keystore file with the key as {@link #ENTRY}, its certificate and the certificate of the CA. */
    KeystoreText keystore(SigningKey key) {
        String arn = arn(key);
        return KeystoreText.empty().key(ENTRY, arn, certificate(arn), ca.certificate());
    }

    /** Returns a workplace, and clears the request log and the faults. */
    Workplace workplace(Path folder) {
        Workplace place = Workplace.of(folder, emulator.endpoint()).withVmOptions(ClassArchive.options());
        emulator.requests().clear();
        emulator.faults().clear();
        return place;
    }

    /**
     * Returns a workplace with a jar to sign, {@code in.jar}, and the {@link #keystore} of a key,
     * {@code release.awskms}.
     */
    Workplace workplace(Path folder, SigningKey key) {
        SignedJar.writeUnsigned(folder.resolve("in.jar"));
        keystore(key).writeTo(folder.resolve("release.awskms"));
        return workplace(folder);
    }

    /** Returns the operations that were called since the workplace was created. */
    List<String> requests() {
        return emulator.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    /** Returns the keytool arguments that create an entry with a self-signed certificate for a key of our provider. */
    static String genkeypair(String alias, String algorithm, String keystore) {
        return "-genkeypair -alias " + alias + " -keyalg " + algorithm + " -dname CN=" + alias + " -keystore "
                + keystore + " -storetype AWSKMS -protected -providername AWSKMS";
    }

    @Override
    public void close() {
        client.close();
        emulator.close();
    }
}
