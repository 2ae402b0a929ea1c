package io.github.kmsjca.internal.signature;

import java.nio.ByteBuffer;
import java.security.SignatureException;

/**
 * Signs or verifies a message that arrives in parts. After {@link #sign} and {@link #verify}, also if they fail, it is
 * ready for the next message.
 */
sealed interface Operation permits MessageOperation, ForeignOperation {
    void update(byte[] bytes, int offset, int length) throws SignatureException;

    void update(ByteBuffer bytes) throws SignatureException;

    byte[] sign() throws SignatureException;

    boolean verify(byte[] signature) throws SignatureException;
}
