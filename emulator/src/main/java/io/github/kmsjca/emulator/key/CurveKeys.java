package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

record CurveKeys(String curve) implements KeyKind {

    @Override
    public KeyMaterial generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider());
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair pair = generator.generateKeyPair();
            return new KeyMaterial.Pair(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        return encoded.pair(KeyFactory.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider()));
    }
}
