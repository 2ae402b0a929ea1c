package io.github.kmsjca.internal.crypto;

import java.util.Arrays;

/** Bytes that come in parts, of which KMS takes only so many: what is beyond that is counted, not kept. */
final class MessageBuffer {
    private final int limit;
    private byte[] bytes = new byte[0];
    private long length;

    MessageBuffer(int limit) {
        this.limit = limit;
    }

    void append(byte[] more, int offset, int count) {
        if (length + count <= limit) {
            int end = (int) length + count;
            if (end > bytes.length) {
                byte[] wider = Arrays.copyOf(bytes, Math.min(limit, Math.max(end, 2 * bytes.length)));
                // they may be a secret
                Arrays.fill(bytes, (byte) 0);
                bytes = wider;
            }
            System.arraycopy(more, offset, bytes, (int) length, count);
        }
        length += count;
    }

    /** Returns how many bytes have come. */
    long length() {
        return length;
    }

    /** Returns the bytes, if no more have come than the limit allows. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, (int) length);
    }

    /** Returns a buffer with the same bytes. */
    MessageBuffer copy() {
        MessageBuffer copy = new MessageBuffer(limit);
        copy.bytes = bytes.clone();
        copy.length = length;
        return copy;
    }

    /** Forgets all bytes. */
    void clear() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }
}
