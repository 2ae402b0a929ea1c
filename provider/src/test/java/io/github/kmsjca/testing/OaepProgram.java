package io.github.kmsjca.testing;

import io.github.kmsjca.KmsProvider;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;

/**
 * A program for {@link ChildJvm}. It encrypts {@link #text} with a plain public key, first without naming a provider
 * and then with our provider, and prints the two ciphertexts in hex. The first argument is the public key in Base64. If
 * there are two more arguments, a KMS key and the settings of the provider, the program first initializes a Cipher for
 * decryption with this KMS key.
 */
public final class OaepProgram {
    private OaepProgram() {}

    /** Returns the text that the program encrypts. */
    public static byte[] text() {
        return new byte[] {1, 2, 3};
    }

    public static void main(String[] arguments) throws Exception {
        KmsProvider provider = KmsProvider.install();
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(arguments[0])));
        if (arguments.length > 1) {
            provider.configure(arguments[2]);
            KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
            keys.load(null, null);
            PrivateKey handle = (PrivateKey) keys.getKey(arguments[1], null);
            Cipher decryption = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
            decryption.init(Cipher.DECRYPT_MODE, handle);
        }
        for (Cipher cipher : List.of(
                Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding"),
                Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", provider))) {
            cipher.init(Cipher.ENCRYPT_MODE, key);
            System.out.println(HexFormat.of().formatHex(cipher.doFinal(text())));
        }
    }
}
