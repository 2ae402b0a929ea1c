package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.OptionalInt;

/**
 * Pure ML-DSA with an empty context (FIPS 204 §5.2). Signs a message, or a value mu that the client computed from the
 * public key and the message.
 */
record MlDsaScheme() implements EngineScheme {
    // FIPS 204, algorithm 7, line 6
    private static final int MU_LENGTH = 64;

    @Override
    public boolean accepts(MessageType type) {
        return type == MessageType.RAW || type == MessageType.EXTERNAL_MU;
    }

    @Override
    public OptionalInt exactLength(MessageType type) {
        return type == MessageType.EXTERNAL_MU ? OptionalInt.of(MU_LENGTH) : OptionalInt.empty();
    }

    @Override
    public Signature engine(MessageType type) throws GeneralSecurityException {
        String name = type == MessageType.EXTERNAL_MU ? "ML-DSA-EXTERNAL-MU" : "ML-DSA";
        return Signature.getInstance(name, CryptoProvider.BOUNCY_CASTLE.provider());
    }

    @Override
    public byte[] engineInput(MessageType type, byte[] message) {
        return message;
    }
}
