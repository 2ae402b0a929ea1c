package io.github.kmsjca.emulator.algorithm;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/** A signature scheme for which Bouncy Castle has a JCA engine. */
sealed interface EngineScheme extends SignatureScheme permits DigestScheme, MlDsaScheme {

    /** Returns a new engine for a message type. */
    Signature engine(MessageType type) throws GeneralSecurityException;

    /** Returns the bytes that the engine signs for a message. */
    byte[] engineInput(MessageType type, byte[] message);

    @Override
    default byte[] sign(PrivateKey key, MessageType type, byte[] message) throws GeneralSecurityException {
        Signature engine = engine(type);
        // KMS makes randomized ML-DSA signatures; Bouncy Castle makes them only if it gets a SecureRandom
        engine.initSign(key, CryptoServicesRegistrar.getSecureRandom());
        engine.update(engineInput(type, message));
        return engine.sign();
    }

    @Override
    default boolean isValid(PublicKey key, MessageType type, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature engine = engine(type);
        engine.initVerify(key);
        engine.update(engineInput(type, message));
        return engine.verify(signature);
    }
}
