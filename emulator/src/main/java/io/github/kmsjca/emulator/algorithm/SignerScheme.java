package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.EmulatorBug;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * A signature scheme that uses a {@link Signer} of Bouncy Castle. Bouncy Castle has no JCA engine for Ed25519ph, and
 * none for SM2 with a digest from the client.
 */
sealed interface SignerScheme extends SignatureScheme permits Ed25519Scheme, Sm2Scheme {

    /** Returns a new signer for a message type. */
    Signer signer(MessageType type);

    @Override
    default byte[] sign(PrivateKey key, MessageType type, byte[] message) throws GeneralSecurityException {
        Signer signer = signer(type);
        try {
            signer.init(true, PrivateKeyFactory.createKey(key.getEncoded()));
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new SignatureException(e);
        } catch (IOException e) {
            throw new EmulatorBug(e);
        }
    }

    @Override
    default boolean isValid(PublicKey key, MessageType type, byte[] message, byte[] signature) {
        Signer signer = signer(type);
        try {
            signer.init(false, PublicKeyFactory.createKey(key.getEncoded()));
        } catch (IOException e) {
            throw new EmulatorBug(e);
        }
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }
}
