package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.client.Encapsulation;
import io.github.kmsjca.internal.handle.BouncyCastle;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SecureRandom;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/**
 * An ML-KEM public key that encapsulates locally. Only this class uses Bouncy Castle's ML-KEM, so that {@link KmsKem}
 * can be loaded with a Bouncy Castle that lacks ML-KEM.
 */
final class MlKemRecipient {
    static {
        BouncyCastle.initialize();
    }

    private final MLKEMPublicKeyParameters key;

    private MlKemRecipient(MLKEMPublicKeyParameters key) {
        this.key = key;
    }

    static MlKemRecipient of(KeySpec spec, PublicKey publicKey) throws InvalidKeyException {
        try {
            return new MlKemRecipient(new MLKEMPublicKeyParameters(parameters(spec), PublicKeys.raw(publicKey)));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("the public key is not valid for " + spec + " (FIPS 203 §7.2)", e);
        }
    }

    Encapsulation encapsulate(SecureRandom random) {
        SecretWithEncapsulation result = new MLKEMGenerator(random).generateEncapsulated(key);
        return new Encapsulation(result.getSecret(), result.getEncapsulation());
    }

    /** Returns the length of an encapsulation in bytes (FIPS 203 §8, table 3). */
    static int length(KeySpec spec) {
        return parameters(spec).getEncapsulationLength();
    }

    private static MLKEMParameters parameters(KeySpec spec) {
        return switch (spec) {
            case ML_KEM_512 -> MLKEMParameters.ml_kem_512;
            case ML_KEM_768 -> MLKEMParameters.ml_kem_768;
            case ML_KEM_1024 -> MLKEMParameters.ml_kem_1024;
            default -> throw new ProviderBug(spec + " is not a parameter set of ML-KEM");
        };
    }
}
