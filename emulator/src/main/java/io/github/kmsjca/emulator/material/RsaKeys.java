package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/** RSA key pairs. The emulator generates them with the public exponent 65537. */
record RsaKeys(int bits) implements KeyKind {

    @Override
    public KeyMaterial generate() {
        return KeyMaterial.Pair.generated(
                "RSA", CryptoProvider.JDK_RSA, new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    @Override
    public Optional<byte[]> publicKeyOf(byte[] secret) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA", CryptoProvider.JDK_RSA.provider());
        if (factory.generatePrivate(new PKCS8EncodedKeySpec(secret)) instanceof RSAPrivateCrtKey key
                && key.getModulus().equals(key.getPrimeP().multiply(key.getPrimeQ()))) {
            RSAPublicKeySpec publicKey = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return Optional.of(factory.generatePublic(publicKey).getEncoded());
        }
        throw new InvalidKeySpecException(
                "the RSA private key lacks CRT parameters, or its parameters are inconsistent");
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        KeyMaterial.Pair pair =
                KeyMaterial.Pair.decoded(encoded, KeyFactory.getInstance("RSA", CryptoProvider.JDK_RSA.provider()));
        int found = pair.publicKey() instanceof RSAKey key ? key.getModulus().bitLength() : 0;
        if (found != bits) {
            throw new InvalidKeySpecException("the RSA key has " + found + " bits instead of " + bits);
        }
        return pair;
    }
}
