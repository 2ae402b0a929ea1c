package io.github.kmsjca.conformance.tool;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.KEM;

/** A program that uses KMS keys with the libraries on its class path, and prints one line for each key. */
final class VersionsProgram {
    static final byte[] MESSAGE = new byte[] {1, 2, 3};

    /** The provider's logger of failed calls. It is off, because its warnings would mix with the output. */
    private static final Logger FAILED_CALLS = Logger.getLogger("io.github.kmsjca.calls");

    private VersionsProgram() {}

    /**
     * Signs or, with ML-KEM, decapsulates. Each argument is an algorithm and the alias of a key, such as
     * {@code Ed25519=alias/ed}. Prints a line with the algorithm and the result.
     */
    public static void main(String[] arguments) {
        FAILED_CALLS.setLevel(Level.OFF);
        Provider provider = new KmsProvider();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            System.out.println(parts[0] + "=" + result(provider, parts[0], parts[1]));
        }
    }

    /** Returns the result in hexadecimal, or the text of the exception. An {@code Error} ends the program. */
    private static String result(Provider provider, String algorithm, String alias) {
        try {
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
            store.load(null, null);
            KmsPrivateKey key = (KmsPrivateKey) store.getKey(alias, null);
            return HexFormat.of().formatHex(use(provider, algorithm, key));
        } catch (GeneralSecurityException | ProviderException | IOException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static byte[] use(Provider provider, String algorithm, KmsPrivateKey key) throws GeneralSecurityException {
        if (algorithm.equals("ML-KEM")) {
            KEM kem = KEM.getInstance(algorithm, provider);
            KEM.Encapsulated sent = kem.newEncapsulator(key.publicKey()).encapsulate();
            return kem.newDecapsulator(key).decapsulate(sent.encapsulation()).getEncoded();
        }
        Signature engine = Signature.getInstance(algorithm, provider);
        engine.initSign(key);
        engine.update(MESSAGE);
        return engine.sign();
    }
}
