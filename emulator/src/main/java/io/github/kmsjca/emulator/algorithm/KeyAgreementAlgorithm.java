package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;

/** The table of key agreement algorithms (KMS API {@code DeriveSharedSecret}). */
public enum KeyAgreementAlgorithm implements KeyAlgorithm {
    /** NIST SP 800-56A §5.7.1.2. The secret is the x coordinate in full length, without key derivation. */
    ECDH;

    @Override
    public boolean fits(KeySpec spec) {
        return spec.usages().contains(KeyUsage.KEY_AGREEMENT);
    }

    /**
     * Returns the shared secret of a fitting key and the other party.
     *
     * @param publicKey the SubjectPublicKeyInfo of the other party
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if {@code publicKey} is not a public
     *     key on the curve of {@code key}
     */
    public byte[] derive(KeyMaterial key, byte[] publicKey) {
        try {
            PublicKey peer = KeyFactory.getInstance("EC", CryptoProvider.BOUNCY_CASTLE.provider())
                    .generatePublic(new X509EncodedKeySpec(publicKey));
            requireSameCurve(key, peer);
            KeyAgreement agreement = KeyAgreement.getInstance(name(), CryptoProvider.BOUNCY_CASTLE.provider());
            agreement.init(key.pair().privateKey());
            agreement.doPhase(peer, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // a point that is not on the curve causes the IllegalArgumentException
            throw ErrorType.VALIDATION.withoutMessage();
        }
    }

    private static void requireSameCurve(KeyMaterial key, PublicKey peer) {
        ECKey ours = (ECKey) key.pair().publicKey();
        if (!((ECKey) peer).getParams().getCurve().equals(ours.getParams().getCurve())) {
            throw ErrorType.VALIDATION.withoutMessage();
        }
    }
}
