package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.handle.BouncyCastle;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.crypto.util.DigestFactory;
import org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec;
import org.jspecify.annotations.Nullable;

/**
 * The key derivation function of ANSI X9.63 (SEC 1 §3.6.1), which derives CMS keys from an agreed secret (RFC 5753
 * §7.2).
 *
 * @param sharedInfo information that both parties know, an input of the derivation; null for none
 */
// the array is compared by identity, but nothing compares this record
@SuppressWarnings("ArrayRecordComponent")
record KeyDerivation(Digest digest, byte @Nullable [] sharedInfo) {
    static {
        BouncyCastle.initialize();
    }

    /**
     * Returns the derivation with the shared information from parameters.
     *
     * @param parameters Bouncy Castle's {@link UserKeyingMaterialSpec}; null for no shared information
     * @throws InvalidAlgorithmParameterException if the parameters are of another class
     */
    static KeyDerivation of(Digest digest, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            return new KeyDerivation(digest, null);
        }
        try {
            if (parameters instanceof UserKeyingMaterialSpec material) {
                return new KeyDerivation(digest, material.getUserKeyingMaterial());
            }
        } catch (NoClassDefFoundError absent) {
            // the one-file jar does not contain UserKeyingMaterialSpec, so these parameters are of another class
            throw refusal(parameters);
        }
        throw refusal(parameters);
    }

    private static InvalidAlgorithmParameterException refusal(AlgorithmParameterSpec parameters) {
        return new InvalidAlgorithmParameterException(
                "the key derivation takes only Bouncy Castle's UserKeyingMaterialSpec, not "
                        + parameters.getClass().getName());
    }

    byte[] derive(byte[] secret, int length) {
        KDF2BytesGenerator generator = new KDF2BytesGenerator(hash(digest));
        generator.init(new KDFParameters(secret, sharedInfo));
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        return derived;
    }

    private static org.bouncycastle.crypto.Digest hash(Digest digest) {
        return switch (digest) {
            case SHA_1 -> DigestFactory.createSHA1();
            case SHA_224 -> DigestFactory.createSHA224();
            case SHA_256 -> DigestFactory.createSHA256();
            case SHA_384 -> DigestFactory.createSHA384();
            case SHA_512 -> DigestFactory.createSHA512();
            default -> throw new ProviderBug("CMS has no key derivation with " + digest.jcaName());
        };
    }
}
