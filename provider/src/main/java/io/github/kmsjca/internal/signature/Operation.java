package io.github.kmsjca.internal.signature;

import java.nio.ByteBuffer;
import java.security.SignatureException;

/**
 * Signs or verifies a message that arrives in parts. After {@link #sign} and {@link #verify}, the operation is ready
 * for the next message, even if one of these methods failed.
 */
sealed interface Operation permits MessageOperation, ForeignOperation {
    void update(byte[] bytes, int offset, int length) throws SignatureException;

    void update(ByteBuffer bytes) throws SignatureException;

    byte[] sign() throws SignatureException;

    /**
     * Checks, before anything is signed, that any signature by the key fits into an output of the given length in
     * bytes.
     *
     * @throws SignatureException if the output may be too short; the message is then discarded
     */
    void requireRoom(int length) throws SignatureException;

    boolean verify(byte[] signature) throws SignatureException;
}
