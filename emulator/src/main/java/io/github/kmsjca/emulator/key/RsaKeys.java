package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAKeyGenParameterSpec;

record RsaKeys(int bits) implements KeyKind {

    @Override
    public KeyMaterial generate() {
        return KeyMaterial.Pair.generated(
                "RSA", CryptoProvider.JDK_RSA, new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        KeyMaterial.Pair pair = encoded.pair(KeyFactory.getInstance("RSA", CryptoProvider.JDK_RSA.provider()));
        int found = pair.publicKey() instanceof RSAKey key ? key.getModulus().bitLength() : 0;
        if (found != bits) {
            throw new InvalidKeySpecException("an RSA key of " + found + " bits instead of " + bits);
        }
        return pair;
    }
}
