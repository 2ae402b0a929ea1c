package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** The table of algorithms that encrypt key material for import (KMS API {@code GetParametersForImport}). */
public enum WrappingAlgorithm {
    RSA_AES_KEY_WRAP_SHA_1(WrappingMethod.OAEP_AND_KEY_WRAP, new OaepScheme("SHA-1", 20)),
    RSA_AES_KEY_WRAP_SHA_256(WrappingMethod.OAEP_AND_KEY_WRAP, new OaepScheme("SHA-256", 32)),
    RSAES_OAEP_SHA_1(WrappingMethod.OAEP, new OaepScheme("SHA-1", 20)),
    RSAES_OAEP_SHA_256(WrappingMethod.OAEP, new OaepScheme("SHA-256", 32));

    private static final int AES_256_LENGTH = 32;

    private final WrappingMethod method;
    // OaepScheme is a record of a text and a number, but Error Prone does not recognize it as immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final OaepScheme oaep;

    WrappingAlgorithm(WrappingMethod method, OaepScheme oaep) {
        this.method = method;
        this.oaep = oaep;
    }

    /**
     * Checks that this algorithm can encrypt key material of the given spec with the given wrapping key.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if the material is too long
     */
    public void requireFit(KeySpec spec, KeySpec wrappingKey) {
        boolean tooLongForOaep =
                KeySpec.RSA.contains(spec) || (spec == KeySpec.ECC_NIST_P521 && wrappingKey == KeySpec.RSA_2048);
        if (method == WrappingMethod.OAEP && tooLongForOaep) {
            throw ErrorType.VALIDATION.with("The wrapping algorithm " + this + " with a wrapping key of the spec "
                    + wrappingKey + " cannot be used for key material of the spec " + spec + ".");
        }
    }

    /**
     * Decrypts key material.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if {@code wrapped} has the wrong
     *     length
     * @throws GeneralSecurityException if the material was not encrypted with this algorithm for this wrapping key
     */
    public byte[] unwrap(KeyMaterial.Pair wrappingKey, byte[] wrapped) throws GeneralSecurityException {
        int oaepLength = OaepScheme.modulusLength(wrappingKey);
        if (wrapped.length < oaepLength || (method == WrappingMethod.OAEP && wrapped.length > oaepLength)) {
            throw ErrorType.VALIDATION.with("Invalid encrypted key size.");
        }
        byte[] decrypted = oaep.decrypt(wrappingKey.privateKey(), Arrays.copyOf(wrapped, oaepLength));
        return method == WrappingMethod.OAEP
                ? decrypted
                : unwrapWithAesKey(decrypted, Arrays.copyOfRange(wrapped, oaepLength, wrapped.length));
    }

    /** Unwraps key material with an AES key (RFC 5649 §4.2). */
    private static byte[] unwrapWithAesKey(byte[] aesKey, byte[] wrapped) throws GeneralSecurityException {
        if (aesKey.length != AES_256_LENGTH) {
            throw new GeneralSecurityException("the decrypted key is not an AES-256 key");
        }
        RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
        engine.init(false, new KeyParameter(aesKey));
        try {
            return engine.unwrap(wrapped, 0, wrapped.length);
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private enum WrappingMethod {
        /** The wrapping key encrypts the material. */
        OAEP,
        /**
         * The wrapping key encrypts an AES key, and the AES key encrypts the material. The encrypted AES key comes
         * first.
         */
        OAEP_AND_KEY_WRAP
    }
}
