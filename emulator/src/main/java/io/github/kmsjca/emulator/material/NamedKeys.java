package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;

/** Key pairs of an algorithm whose name also defines all parameters (RFC 8410, FIPS 203, FIPS 204). */
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
        // the KMS API Reference contradicts itself about which keys accept imported material: only symmetric keys
        // (CreateKey, Origin), or keys of all types (GetParametersForImport, KeyId); recorded KMS answers exist for
        // RSA, EC and HMAC keys, but not for these keys
        return false;
    }

    @Override
    public Optional<byte[]> publicKeyOf(byte[] secret) throws GeneralSecurityException {
        throw new InvalidKeySpecException(algorithm + " keys cannot be imported");
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        // the factory of one algorithm refuses the keys of all others
        return KeyMaterial.Pair.decoded(
                encoded, KeyFactory.getInstance(algorithm, CryptoProvider.BOUNCY_CASTLE.provider()));
    }
}
