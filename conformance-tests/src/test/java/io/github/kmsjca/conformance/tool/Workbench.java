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
     * Opens a workbench, and creates these keys and their certificates before the tests. {@link #workplace} clears the
     * log of the requests for them, so a test finds only its own requests there.
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

    /** Returns the ARN of the key with this spec and the alias {@link SigningKey#alias}. Creates the key if needed. */
    String arn(SigningKey key) {
        return arns.computeIfAbsent(key, spec -> emulator.createKey(spec.name(), "SIGN_VERIFY", spec.alias()));
    }

    /** Returns the certificate that the CA has issued for a key. The subject is {@code CN=}{@link #ENTRY}. */
    X509Certificate certificate(String arn) {
        return certificates.computeIfAbsent(arn, key -> ca.issue(ENTRY, publicKey(key)));
    }

    X509Certificate certificate(SigningKey key) {
        return certificate(arn(key));
    }

    PublicKey publicKey(SigningKey key) {
        return publicKey(arn(key));
    }

    /** Returns the public key of the key with this ARN, key ID or alias. */
    PublicKey publicKey(String keyId) {
        return publicKeys.computeIfAbsent(keyId, this::requestPublicKey);
    }

    private PublicKey requestPublicKey(String keyId) {
        var answer = client.getPublicKey(request -> request.keyId(keyId));
        String algorithm = answer.keySpecAsString().startsWith("RSA") ? "RSA" : "EC";
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(answer.publicKey().asByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a keystore file with one entry, {@link #ENTRY}: the key, its certificate and the CA's certificate. */
    KeystoreText keystore(SigningKey key) {
        String arn = arn(key);
        return KeystoreText.empty().key(ENTRY, arn, certificate(arn), ca.certificate());
    }

    /** Returns a workplace in the folder, and clears the emulator's request log and faults. */
    Workplace workplace(Path folder) {
        Workplace place = Workplace.of(folder, emulator.endpoint()).withVmOptions(ClassArchive.options());
        emulator.requests().clear();
        emulator.faults().clear();
        return place;
    }

    /**
     * Returns a workplace with an unsigned jar, {@code in.jar}, and with the {@link #keystore} of a key in the file
     * {@code release.awskms}. Clears the emulator's request log and faults.
     */
    Workplace workplace(Path folder, SigningKey key) {
        SignedJar.writeUnsigned(folder.resolve("in.jar"));
        keystore(key).writeTo(folder.resolve("release.awskms"));
        return workplace(folder);
    }

    /** Returns the KMS operations called since the request log was last cleared, in order. */
    List<String> requests() {
        return emulator.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    /** Returns the keytool arguments for an entry with a key pair from our provider and a self-signed certificate. */
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
