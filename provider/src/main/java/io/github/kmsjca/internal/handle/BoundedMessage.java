package io.github.kmsjca.internal.handle;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message that comes in parts, and of which only so many bytes can be used: what is beyond the limit is counted, not
 * kept. For one thread.
 */
public final class BoundedMessage {
    private final int limit;
    private byte[] bytes = new byte[0];
    private long length;

    /** Makes an empty message that keeps at most so many bytes. */
    public BoundedMessage(int limit) {
        this.limit = limit;
    }

    /** Adds a part. */
    public void append(byte[] more, int offset, int count) {
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

    /** Adds what is left in a buffer, which has nothing left afterwards. */
    public void append(ByteBuffer more) {
        byte[] kept = new byte[(int) Math.min(more.remaining(), Math.max(0, limit - length))];
        int beyond = more.remaining() - kept.length;
        more.get(kept);
        more.position(more.limit());
        append(kept, 0, kept.length);
        length += beyond;
    }

    /** Returns how many bytes have come, those beyond the limit included. */
    public long length() {
        return length;
    }

    /**
     * Returns the bytes.
     *
     * @throws IllegalStateException if more have come than the limit allows
     */
    public byte[] bytes() {
        if (length > limit) {
            throw new IllegalStateException(length + " bytes have come, and " + limit + " are kept");
        }
        return Arrays.copyOf(bytes, (int) length);
    }

    /** Returns the bytes, none if more have come than the limit allows, and forgets them. */
    public byte[] take() {
        byte[] all = length > limit ? new byte[0] : bytes();
        clear();
        return all;
    }

    /** Returns a message with the same bytes. */
    public BoundedMessage copy() {
        BoundedMessage copy = new BoundedMessage(limit);
        copy.bytes = bytes.clone();
        copy.length = length;
        return copy;
    }

    /** Forgets all bytes. */
    public void clear() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }
}
