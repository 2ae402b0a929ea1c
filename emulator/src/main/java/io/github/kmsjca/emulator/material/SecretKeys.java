package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** Symmetric keys for a JCA algorithm. The emulator generates random bits, as many as the key spec requires. */
record SecretKeys(String algorithm, int bits) implements KeyKind {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public boolean isAsymmetric() {
        return false;
    }

    @Override
    public KeyMaterial generate() {
        byte[] secret = new byte[bits / Byte.SIZE];
        RANDOM.nextBytes(secret);
        return new KeyMaterial.Secret(new SecretKeySpec(secret, algorithm));
    }

    @Override
    public Optional<byte[]> publicKeyOf(byte[] secret) {
        return Optional.empty();
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        if (encoded.secret().length * Byte.SIZE != bits) {
            throw new InvalidKeySpecException(
                    "the symmetric key has " + encoded.secret().length + " bytes instead of " + bits / Byte.SIZE);
        }
        return new KeyMaterial.Secret(new SecretKeySpec(encoded.secret(), algorithm));
    }
}
