package api;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSecretKey;
import io.github.kmsjca.key.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Uses only the public API of the provider. ApiProgramTest compares each printed line with the expected one. */
public final class ApiProgram {
    private ApiProgram() {}

    /** Runs with two arguments: the URL of the emulator, and the alias for the EC key that the program creates. */
    public static void main(String[] arguments) throws Exception {
        String endpoint = arguments[0];
        try (KmsProvider provider = KmsProvider.builder()
                .setting("endpoint", endpoint)
                .setting("region", "us-east-1")
                .build()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(KmsKeyGenParameterSpec.of("ECC_NIST_P256").withAlias(arguments[1]));
            KeyPair pair = generator.generateKeyPair();
            System.out.println("made " + ((KmsKey) pair.getPrivate()).keySpec());

            KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
            keys.load(KmsLoadStoreParameter.ofDiscovery().with("verify-after-sign", "always"));
            KmsPrivateKey key = (KmsPrivateKey) keys.getKey(arguments[1], null);
            System.out.println(key.keyUsage().orElseThrow() + " " + key.publicKey().equals(pair.getPublic()));

            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            // a KmsPrivateKey is a PrivateKey, so initSign accepts it
            signature.initSign(key);
            signature.update(new byte[] {1});
            byte[] signed = signature.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
            verifier.initVerify(key.publicKey());
            verifier.update(new byte[] {1});
            System.out.println("verified " + verifier.verify(signed));

            SecretKey secret = createSecretKey(provider);
            Mac mac = Mac.getInstance("HmacSHA256", provider);
            mac.init(secret);
            System.out.println("mac " + ((KmsSecretKey) secret).verifyMac(new byte[] {1}, mac.doFinal(new byte[] {1})));

            printNotFound(provider);
            printSameKeyFromFile(provider, key);
            // the end of this try block closes the provider again, which does nothing
            provider.close();
            printSignAfterClose(provider, key);
        }
        KmsProvider installed = KmsProvider.install();
        System.out.println("installed " + (installed == KmsProvider.install()));
        try {
            installed.configure("regoin=us-east-1");
        } catch (SettingsException e) {
            System.out.println(e.getMessage());
        }
    }

    private static SecretKey createSecretKey(KmsProvider provider) throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("HmacSHA256", provider);
        generator.init(KmsKeyGenParameterSpec.of("HMAC_256"));
        return generator.generateKey();
    }

    private static void printNotFound(KmsProvider provider) throws Exception {
        Path file = Path.of("none.awskms");
        Files.writeString(file, "# AWSKMS keystore 1\n\nalias: none\nkey: alias/none\n");
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
        keys.load(KmsLoadStoreParameter.ofFile(file));
        try {
            keys.getKey("none", null);
        } catch (KmsException e) {
            System.out.println(e.code() + " " + e.httpStatus().getAsInt() + " " + e.requestId().isPresent() + " "
                    + e.isRetryable());
        }
    }

    private static void printSameKeyFromFile(KmsProvider provider, KmsPrivateKey key) throws Exception {
        Path file = Path.of("api.awskms");
        Files.writeString(file, "# AWSKMS keystore 1\n\nalias: api\nkey: " + key.keyId() + "\n");
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
        keys.load(KmsLoadStoreParameter.ofFile(file));
        System.out.println("file " + keys.getKey("api", null).equals(key));
    }

    private static void printSignAfterClose(KmsProvider provider, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign(key);
        try {
            signature.sign();
        } catch (SignatureException e) {
            System.out.println(((KmsException) e.getCause()).code());
        }
    }
}
