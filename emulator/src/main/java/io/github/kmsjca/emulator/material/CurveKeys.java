package io.github.kmsjca.emulator.material;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/** Key pairs on a named elliptic curve. */
record CurveKeys(String curve) implements KeyKind {

    @Override
    public KeyMaterial generate() {
        return KeyMaterial.Pair.generated("EC", CryptoProvider.BOUNCY_CASTLE, new ECGenParameterSpec(curve));
    }

    @Override
    public Optional<byte[]> publicKeyOf(byte[] secret) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider());
        PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(secret));
        requireCurve(privateKey);
        ECNamedCurveParameterSpec parameters = ECNamedCurveTable.getParameterSpec(curve);
        BigInteger scalar = ((ECPrivateKey) privateKey).getS();
        if (scalar.signum() <= 0 || scalar.compareTo(parameters.getN()) >= 0) {
            throw new InvalidKeySpecException("the private key is outside the range of the curve " + curve);
        }
        ECPublicKeySpec publicKey = new ECPublicKeySpec(parameters.getG().multiply(scalar), parameters);
        return Optional.of(factory.generatePublic(publicKey).getEncoded());
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        KeyMaterial.Pair pair = KeyMaterial.Pair.decoded(
                encoded, KeyFactory.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider()));
        requireCurve(pair.privateKey());
        requireCurve(pair.publicKey());
        return pair;
    }

    private void requireCurve(Key key) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider());
        parameters.init(new ECGenParameterSpec(curve));
        EllipticCurve expectedCurve =
                parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        if (!(key instanceof ECKey ecKey) || !ecKey.getParams().getCurve().equals(expectedCurve)) {
            throw new InvalidKeySpecException("the key is not on the curve " + curve);
        }
    }
}
