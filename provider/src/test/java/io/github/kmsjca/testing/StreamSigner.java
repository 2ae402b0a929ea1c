package io.github.kmsjca.testing;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/** A program for {@link ChildJvm}. It signs a stream of zeros and verifies the signature with the JDK. */
public final class StreamSigner {
    private static final int BUFFER = 64 * 1024;

    private StreamSigner() {}

    /** Arguments: the provider argument, the key and the number of bytes. */
    public static void main(String[] arguments) throws Exception {
        Provider provider = new KmsProvider().configure(arguments[0]);
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(null, null);
        PrivateKey key = (PrivateKey) store.getKey(arguments[1], null);
        long length = Long.parseLong(arguments[2]);
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        signer.initSign(key);
        update(signer, length);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
        verifier.initVerify(((KmsPrivateKey) key).publicKey());
        update(verifier, length);
        System.out.println("valid: " + verifier.verify(signature));
    }

    private static void update(Signature engine, long length) throws Exception {
        byte[] buffer = new byte[BUFFER];
        for (long rest = length; rest > 0; rest -= BUFFER) {
            engine.update(buffer, 0, (int) Math.min(BUFFER, rest));
        }
    }
}
