package io.github.kmsjca.emulator.algorithm;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/** A scheme for which there is a JCA engine. */
sealed interface EngineScheme extends SignatureScheme permits DigestScheme, MlDsaScheme {

    /** Returns a new engine for messages of a type. */
    Signature engine(MessageType type) throws GeneralSecurityException;

    /** Returns what the engine signs for a message. */
    byte[] engineInput(MessageType type, byte[] message);

    @Override
    default byte[] sign(PrivateKey key, MessageType type, byte[] message) throws GeneralSecurityException {
        Signature engine = engine(type);
        // Bouncy Castle's ML-DSA is deterministic without a source of random numbers, and KMS's is not
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
