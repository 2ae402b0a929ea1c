package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message that arrives in parts and has a maximum length. If the message becomes longer, only its length is still
 * available. Not thread-safe.
 */
public final class BoundedMessage {
    private final int maxLength;
    private byte[] bytes = new byte[0];
    private long length;

    /** Creates an empty message with a maximum length in bytes. */
    public BoundedMessage(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Adds a part: {@code count} bytes of an array. */
    public void append(byte[] more, int offset, int count) {
        if (length + count <= maxLength) {
            int end = (int) length + count;
            if (end > bytes.length) {
                byte[] larger = Arrays.copyOf(bytes, Math.min(maxLength, Math.max(end, 2 * bytes.length)));
                // the bytes may be secret
                Arrays.fill(bytes, (byte) 0);
                bytes = larger;
            }
            System.arraycopy(more, offset, bytes, (int) length, count);
        }
        length += count;
    }

    /** Adds the remaining bytes of a buffer, and consumes them. */
    public void append(ByteBuffer more) {
        byte[] kept = new byte[(int) Math.min(more.remaining(), Math.max(0, maxLength - length))];
        int excess = more.remaining() - kept.length;
        more.get(kept);
        more.position(more.limit());
        append(kept, 0, kept.length);
        length += excess;
    }

    /** Returns the number of bytes that have arrived, including those beyond the maximum. */
    public long length() {
        return length;
    }

    /**
     * Returns the bytes. Callers check {@link #length} first.
     *
     * @throws ProviderBug if the message is longer than the maximum
     */
    public byte[] bytes() {
        if (length > maxLength) {
            throw new ProviderBug("reading a message of " + length + " bytes, whose maximum is " + maxLength);
        }
        return Arrays.copyOf(bytes, (int) length);
    }

    /**
     * Returns the bytes and clears the message. Returns an empty array if the message is longer than the maximum, so
     * callers read {@link #length} first.
     */
    public byte[] take() {
        byte[] all = length > maxLength ? new byte[0] : bytes();
        clear();
        return all;
    }

    /** Returns a copy of this message. */
    public BoundedMessage copy() {
        BoundedMessage copy = new BoundedMessage(maxLength);
        copy.bytes = bytes.clone();
        copy.length = length;
        return copy;
    }

    /** Removes all bytes, and overwrites them, because they may be secret. */
    public void clear() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }
}
