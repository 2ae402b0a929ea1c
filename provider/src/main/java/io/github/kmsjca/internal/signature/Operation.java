package io.github.kmsjca.internal.signature;

import java.nio.ByteBuffer;
import java.security.SignatureException;

/**
 * A signature being made or verified over a message that comes in parts. After {@link #sign} and {@link #verify},
 * however they end, it is ready for the next message.
 */
sealed interface Operation permits MessageOperation, ForeignOperation {
    void update(byte[] bytes, int offset, int length) throws SignatureException;

    void update(ByteBuffer bytes) throws SignatureException;

    byte[] sign() throws SignatureException;

    boolean verify(byte[] signature) throws SignatureException;
}
