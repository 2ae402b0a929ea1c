package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;

/** Key pairs of which the algorithm's name tells everything, as RFC 8410, FIPS 203 and FIPS 204 define them. */
record NamedKeys(String algorithm) implements KeyKind {

    @Override
    public KeyMaterial generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm, CryptoProvider.BOUNCY_CASTLE.provider())
                    .generateKeyPair();
            return new KeyMaterial.Pair(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    @Override
    public boolean isImportable() {
        // whether the service imports them is not documented
        return false;
    }

    @Override
    public Optional<byte[]> publicKeyOf(byte[] secret) throws GeneralSecurityException {
        throw new InvalidKeySpecException(algorithm + " keys cannot be imported");
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        // a factory of such a name refuses the keys of all other names
        return KeyMaterial.Pair.decoded(
                encoded, KeyFactory.getInstance(algorithm, CryptoProvider.BOUNCY_CASTLE.provider()));
    }
}
