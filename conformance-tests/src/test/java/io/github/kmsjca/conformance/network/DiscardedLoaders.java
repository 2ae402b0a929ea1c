package io.github.kmsjca.conformance.network;

import java.io.File;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;

/**
 * Loads the provider in several class loaders, as an application server does. Uses and closes each provider, and waits
 * until the garbage collector has removed the class loaders. The uses run in the thread that waits: what the provider
 * leaves in a living thread could keep the class loaders in memory, and the program must show that.
 */
final class DiscardedLoaders {
    /** The Signature algorithm for the key of each alias. The alias is alias/ and the key spec. */
    static final Map<String, String> SIGNATURES = Map.of(
            "alias/ECC_NIST_P256", "SHA256withECDSA",
            "alias/ECC_NIST_EDWARDS25519", "Ed25519",
            "alias/RSA_2048", "SHA256withRSA/PSS");

    /** Each use has its own class loader, because one use might remove what another leaves in the thread. */
    private static final List<Use> USES = List.of(
            DiscardedLoaders::sign, DiscardedLoaders::hash, DiscardedLoaders::agree, DiscardedLoaders::encapsulate);

    /** The number of garbage collections after which the program gives up. One is usually enough. */
    private static final int MAX_COLLECTIONS = 600;

    private static final int WAIT_MILLIS = 100;

    /** The object identifier of AES key wrap with 256 bits. Unlike the name AES, it includes the key length. */
    private static final String AES_256 = "2.16.840.1.101.3.4.1.45";

    private DiscardedLoaders() {}

    /** A use of some services of the provider. */
    private interface Use {
        void run(Provider provider, KeyStore keys) throws GeneralSecurityException;
    }

    /** Arguments: the class path of the provider, the provider argument, and whether to register the provider. */
    public static void main(String[] arguments) throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        List<PhantomReference<ClassLoader>> references = new ArrayList<>();
        for (Use use : USES) {
            references.add(useAndDiscard(arguments, use, collected));
        }
        int left = references.size();
        for (int round = 0; round < MAX_COLLECTIONS && left > 0; round++) {
            System.gc();
            if (collected.remove(WAIT_MILLIS) != null) {
                left--;
            }
        }
        System.out.println("alive: " + left + " of " + references.size());
    }

    /** Uses and closes a provider in a new class loader. Returns a reference to the class loader. */
    private static PhantomReference<ClassLoader> useAndDiscard(
            String[] arguments, Use use, ReferenceQueue<ClassLoader> collected) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(urls(arguments[0]), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Provider provider = (Provider) loader.loadClass("io.github.kmsjca.KmsProvider")
                    .getConstructor()
                    .newInstance();
            provider.configure(arguments[1]);
            if (Boolean.parseBoolean(arguments[2])) {
                Security.addProvider(provider);
            }
            KeyStore keys = KeyStore.getInstance("AWSKMS", provider);
            keys.load(null, null);
            use.run(provider, keys);
            ((AutoCloseable) provider).close();
            return new PhantomReference<>(loader, collected);
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
    }

    private static URL[] urls(String classPath) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String path : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
            urls.add(Path.of(path).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static void sign(Provider provider, KeyStore keys) throws GeneralSecurityException {
        for (Map.Entry<String, String> algorithm : SIGNATURES.entrySet()) {
            Signature engine = Signature.getInstance(algorithm.getValue(), provider);
            engine.initSign((PrivateKey) keys.getKey(algorithm.getKey(), null));
            engine.update(new byte[1]);
            engine.sign();
        }
        SecureRandom.getInstance("AWSKMS", provider).nextBytes(new byte[1]);
    }

    /** Hashes the beginning of an ML-DSA message locally, without signing it, and computes a MAC in KMS. */
    private static void hash(Provider provider, KeyStore keys) throws GeneralSecurityException {
        Signature engine = Signature.getInstance("ML-DSA-44", provider);
        engine.initSign((PrivateKey) keys.getKey("alias/ML_DSA_44", null));
        engine.update(new byte[1]);
        Mac mac = Mac.getInstance("HmacSHA256", provider);
        mac.init(keys.getKey("alias/HMAC_256", null));
        mac.doFinal(new byte[1]);
    }

    private static void agree(Provider provider, KeyStore keys) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(256);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDHwithSHA256KDF", provider);
        agreement.init(keys.getKey("alias/agreement", null));
        agreement.doPhase(generator.generateKeyPair().getPublic(), true);
        agreement.generateSecret(AES_256);
    }

    private static void encapsulate(Provider provider, KeyStore keys) throws GeneralSecurityException {
        Key ours = keys.getKey("alias/ML_KEM_768", null);
        KEM kem = KEM.getInstance("ML-KEM", provider);
        KEM.Encapsulated encapsulated = kem.newEncapsulator(publicKey(ours)).encapsulate();
        kem.newDecapsulator((PrivateKey) ours).decapsulate(encapsulated.encapsulation());
        Key encryption = keys.getKey("alias/encryption", null);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, publicKey(encryption));
        byte[] encrypted = cipher.doFinal(new byte[1]);
        cipher.init(Cipher.DECRYPT_MODE, encryption);
        cipher.doFinal(encrypted);
    }

    /** Returns the public key. Uses reflection, because the class of the key is in another class loader. */
    private static PublicKey publicKey(Key ours) throws GeneralSecurityException {
        try {
            return (PublicKey) ours.getClass()
                    .getClassLoader()
                    .loadClass("io.github.kmsjca.key.KmsPrivateKey")
                    .getMethod("publicKey")
                    .invoke(ours);
        } catch (ReflectiveOperationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
