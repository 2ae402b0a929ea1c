package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.SecretKeySpec;

record AesKeys(int bits) implements KeyKind {

    @Override
    public boolean isAsymmetric() {
        return false;
    }

    @Override
    public KeyMaterial generate() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES", CryptoProvider.JDK_JCE.provider());
            generator.init(bits);
            return new KeyMaterial.Secret(generator.generateKey());
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        if (encoded.secret().length * 8 != bits) {
            throw new InvalidKeySpecException("a symmetric key of " + encoded.secret().length + " bytes");
        }
        return new KeyMaterial.Secret(new SecretKeySpec(encoded.secret(), "AES"));
    }
}
