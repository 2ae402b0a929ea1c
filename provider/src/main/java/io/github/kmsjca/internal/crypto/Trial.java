package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.CipherAlgorithm;
import io.github.kmsjca.internal.algorithm.KemAlgorithm;
import io.github.kmsjca.internal.algorithm.KeyAgreementAlgorithm;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.internal.handle.EcHandle;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.handle.MlKemHandle;
import io.github.kmsjca.internal.handle.RsaHandle;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * A test request with a key that does not sign, for a diagnosis. It is the request that a program would send.
 *
 * @param operation the KMS operation, such as {@code Decrypt}
 * @param algorithm the JCA name of the algorithm
 * @param request sends the request
 */
public record Trial(String operation, String algorithm, Runnable request) {
    private static final byte[] MESSAGE = {1};

    /**
     * Returns the test request for a key; empty if the provider can only sign with such a key, or cannot use it. Makes
     * no call.
     *
     * @param usage the usage of the key
     */
    public static Optional<Trial> of(KmsHandle key, KeyUsage usage) throws GeneralSecurityException {
        return switch (usage) {
            case SIGN_VERIFY -> Optional.empty();
            case ENCRYPT_DECRYPT -> key instanceof RsaHandle rsa ? Optional.of(decryption(rsa)) : Optional.empty();
            case KEY_AGREEMENT ->
                key instanceof EcHandle ec && KeyAgreementAlgorithm.ECDH.fits(ec.spec())
                        ? Optional.of(agreement(ec))
                        : Optional.empty();
            case ENCAPSULATE_DECAPSULATE ->
                key instanceof MlKemHandle kem ? Optional.of(decapsulation(kem)) : Optional.empty();
            case GENERATE_VERIFY_MAC -> key instanceof MacHandle mac ? Optional.of(mac(mac)) : Optional.empty();
        };
    }

    /** Decrypts a ciphertext that was made with the public key. KMS refuses any other ciphertext, even in a dry run. */
    private static Trial decryption(RsaHandle key) throws GeneralSecurityException {
        OaepScheme scheme = OaepScheme.RSAES_OAEP_SHA_256;
        Cipher engine = Cipher.getInstance(CipherAlgorithm.OAEP.jcaName());
        PublicKey publicKey = KmsPublicKey.plain(key.publicKey());
        engine.init(Cipher.ENCRYPT_MODE, publicKey, OaepParameters.of(scheme));
        byte[] ciphertext = engine.doFinal(MESSAGE);
        return new Trial("Decrypt", CipherAlgorithm.OAEP_SHA_256.jcaName(), () -> key.decrypt(scheme, ciphertext));
    }

    /** Derives a secret from the key and its own public key, which KMS allows. */
    private static Trial agreement(EcHandle key) {
        return new Trial(
                "DeriveSharedSecret",
                KeyAgreementAlgorithm.ECDH.jcaName(),
                () -> key.deriveSharedSecret(KmsPublicKey.plain(key.publicKey())));
    }

    /** Decapsulates zeros, because every encapsulation of the right length has a result (FIPS 203 §6.3). */
    private static Trial decapsulation(MlKemHandle key) {
        byte[] encapsulation = new byte[MlKemRecipient.length(key.spec())];
        return new Trial("Decapsulate", KemAlgorithm.ML_KEM.jcaName(), () -> key.decapsulate(encapsulation));
    }

    private static Trial mac(MacHandle key) {
        String algorithm =
                MacAlgorithm.of(key.spec()).map(MacAlgorithm::jcaName).orElseThrow();
        return new Trial("GenerateMac", algorithm, () -> key.mac(MESSAGE));
    }
}
