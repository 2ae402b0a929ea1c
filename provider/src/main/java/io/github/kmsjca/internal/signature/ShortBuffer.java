package io.github.kmsjca.internal.signature;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Keeps a few bytes, and of more only their number. */
final class ShortBuffer {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long length;

    ShortBuffer(int limit) {
        this.limit = limit;
    }

    void update(byte[] more, int offset, int count) {
        length += count;
        if (length <= limit) {
            bytes.write(more, offset, count);
        }
    }

    void update(ByteBuffer more) {
        byte[] copy = new byte[(int) Math.min(more.remaining(), Math.max(0, limit - length))];
        int left = more.remaining() - copy.length;
        more.get(copy);
        more.position(more.limit());
        update(copy, 0, copy.length);
        length += left;
    }

    /** Returns how many bytes have come. */
    long length() {
        return length;
    }

    /** Returns the bytes, all of them if there were no more than the limit, and forgets them. */
    byte[] finish() {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        length = 0;
        return all;
    }
}
