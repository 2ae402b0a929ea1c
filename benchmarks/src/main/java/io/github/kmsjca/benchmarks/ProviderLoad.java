package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/**
 * A program that signs with the provider. It must not use the SDK, because it also runs with the one-file jar, which
 * has the SDK in other packages.
 */
final class ProviderLoad {
    private ProviderLoad() {}

    /** Runs the program. The argument is the name of a {@link SigningKey}. */
    public static void main(String[] arguments) throws Exception {
        SigningKey signingKey = SigningKey.valueOf(arguments[0]);
        Provider provider = new KmsProvider().configure("verify-after-sign=never");
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, provider);
        keys.load(null, null);
        PrivateKey key = (PrivateKey) keys.getKey(signingKey.alias(), null);
        Load.serve(() -> {
            Signature signature = Signature.getInstance(signingKey.jcaName(), provider);
            signature.initSign(key);
            return () -> {
                signature.update(Load.MESSAGE);
                return signature.sign();
            };
        });
    }
}
