package io.github.kmsjca.emulator.key;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;

record CurveKeys(String curve) implements KeyKind {

    @Override
    public KeyMaterial generate() {
        return KeyMaterial.Pair.generated("EC", CryptoProvider.BOUNCY_CASTLE, new ECGenParameterSpec(curve));
    }

    @Override
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        KeyMaterial.Pair pair = encoded.pair(KeyFactory.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider()));
        requireCurve(pair.privateKey());
        requireCurve(pair.publicKey());
        return pair;
    }

    private void requireCurve(Key key) throws GeneralSecurityException {
        AlgorithmParameters expected = AlgorithmParameters.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider());
        expected.init(new ECGenParameterSpec(curve));
        EllipticCurve equation =
                expected.getParameterSpec(ECParameterSpec.class).getCurve();
        if (!(key instanceof ECKey ecKey) || !ecKey.getParams().getCurve().equals(equation)) {
            throw new InvalidKeySpecException("a key of another curve instead of " + curve);
        }
    }
}
