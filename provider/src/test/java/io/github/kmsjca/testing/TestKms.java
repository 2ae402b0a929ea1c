package io.github.kmsjca.testing;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The emulator that all tests of a JVM share, and providers that call it. All tests share one key of each spec, too,
 * which is created on first use. Test classes run one after the other, so each test may clear the log and set faults
 * for itself.
 */
public final class TestKms {
    /** A well-formed key ARN for which there is no key. */
    public static final String NO_KEY = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";

    private static final KmsEmulator EMULATOR = KmsEmulator.start();
    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();
    private static final TestCertificates.Party CA = TestCertificates.Party.ec("ca");
    private static final KmsProvider PROVIDER = provider();

    private TestKms() {}

    /** Returns the emulator, for its faults and its log. */
    public static KmsEmulator emulator() {
        return EMULATOR;
    }

    /** Clears the faults and requests of other tests. */
    public static void reset() {
        EMULATOR.faults().clear();
        EMULATOR.requests().clear();
    }

    /** Returns the requests of one operation since {@link #reset}. */
    public static List<LoggedRequest> requests(String operation) {
        return EMULATOR.requests().of(operation);
    }

    /** Returns the names of the operations since {@link #reset}, in order. */
    public static List<String> operations() {
        return EMULATOR.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    /** Returns the ARN of the shared key of the given spec. The key signs if the spec allows this usage. */
    public static String arn(String spec) {
        return KEYS.computeIfAbsent(spec, EMULATOR::createKey);
    }

    /** Returns the key id of the shared key of the given spec. */
    public static String id(String spec) {
        String arn = arn(spec);
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** Returns the settings for the emulator, followed by other settings in the form {@code name=value}. */
    public static String settings(String... more) {
        return "endpoint=" + EMULATOR.endpoint() + ";region=" + EMULATOR.region()
                + (more.length == 0 ? "" : ";" + String.join(";", more));
    }

    /** Returns a new provider for the emulator. */
    public static KmsProvider provider(String... settings) {
        KmsProvider provider = new KmsProvider();
        provider.configure(settings(settings));
        return provider;
    }

    /** Returns the shared provider, which has only the settings for the emulator. */
    public static KmsProvider sharedProvider() {
        return PROVIDER;
    }

    /** Returns the shared provider's handle to the shared key of the given spec. */
    public static PrivateKey key(String spec) {
        return key(PROVIDER, arn(spec));
    }

    /** Returns a provider's handle to a key of the emulator. The key identifier can have any form that KMS accepts. */
    public static PrivateKey key(Provider provider, String id) {
        try {
            return (PrivateKey) discovery(provider).getKey(id, null);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the public key of a handle. */
    public static PublicKey publicKey(PrivateKey handle) {
        return ((KmsPrivateKey) handle).publicKey();
    }

    /** Returns the public key of the shared key of the given spec. */
    public static PublicKey publicKey(String spec) {
        return publicKey(key(spec));
    }

    /** Returns a KeyStore as {@code -keystore NONE} loads it. */
    public static KeyStore discovery(Provider provider) {
        try {
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a KeyStore from the text of a keystore file, without the first line, which this method adds. */
    public static KeyStore file(Provider provider, String entries) {
        try {
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
            store.load(new ByteArrayInputStream(fileText(entries).getBytes(StandardCharsets.UTF_8)), null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the text of a keystore file: its first line, and these entries. */
    public static String fileText(String entries) {
        return "# AWSKMS keystore 1\n" + entries;
    }

    /** Moves an alias to another key. */
    public static void moveAlias(String alias, String key) {
        try (KmsClient client = KmsClient.builder()
                .endpointOverride(EMULATOR.endpoint())
                .region(Region.of(EMULATOR.region()))
                .build()) {
            client.updateAlias(request -> request.aliasName(alias).targetKeyId(key));
        }
    }

    /** Signs a message with a handle or another private key, and returns the signature. */
    public static byte[] sign(Signature engine, PrivateKey key, byte[] message) throws GeneralSecurityException {
        engine.initSign(key);
        engine.update(message);
        return engine.sign();
    }

    /** Returns a certificate for a public key, from a CA whose key is in memory. */
    public static X509Certificate certificate(PublicKey key) {
        return TestCertificates.issue(new TestCertificates.Party("CN=leaf", new KeyPair(key, null)), CA);
    }

    /** Returns the certificate of the CA that issues {@link #certificate}. */
    public static X509Certificate issuer() {
        return TestCertificates.ca(CA, CA);
    }

    /** Returns the lines of a keystore file for a key with a certificate. */
    public static String entry(String alias, String id, X509Certificate certificate) {
        return "\nalias: " + alias + "\nkey: " + id + "\n" + TestCertificates.pem(certificate);
    }
}
