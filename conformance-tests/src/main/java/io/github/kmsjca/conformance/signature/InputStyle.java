package io.github.kmsjca.conformance.signature;

import java.nio.ByteBuffer;
import java.security.Signature;
import java.security.SignatureException;

/** A way to pass input to an engine. */
enum InputStyle {
    WHOLE {
        @Override
        void feed(Signature engine, byte[] input) throws SignatureException {
            engine.update(input);
        }
    },
    BYTE_BY_BYTE {
        @Override
        void feed(Signature engine, byte[] input) throws SignatureException {
            for (byte b : input) {
                engine.update(b);
            }
        }
    },
    SLICES_WITH_OFFSETS {
        @Override
        void feed(Signature engine, byte[] input) throws SignatureException {
            byte[] larger = new byte[input.length + 2 * MARGIN];
            System.arraycopy(input, 0, larger, MARGIN, input.length);
            int slice = 1;
            for (int done = 0; done < input.length; done += slice, slice = 2 * slice + 1) {
                engine.update(larger, MARGIN + done, Math.min(slice, input.length - done));
            }
        }
    },
    HEAP_BUFFER {
        @Override
        void feed(Signature engine, byte[] input) throws SignatureException {
            ByteBuffer larger = ByteBuffer.allocate(input.length + 3 * MARGIN);
            feedAll(engine, part(larger, input));
        }
    },
    DIRECT_BUFFER {
        @Override
        void feed(Signature engine, byte[] input) throws SignatureException {
            ByteBuffer larger = ByteBuffer.allocateDirect(input.length + 3 * MARGIN);
            feedAll(engine, part(larger, input));
        }
    },
    READ_ONLY_BUFFER {
        @Override
        void feed(Signature engine, byte[] input) throws SignatureException {
            ByteBuffer larger = ByteBuffer.allocate(input.length + 3 * MARGIN);
            feedAll(engine, part(larger, input).asReadOnlyBuffer());
        }
    };

    /** The number of other bytes before the input, and after it. In a buffer, twice as many bytes come before it. */
    private static final int MARGIN = 7;

    /** Passes the whole input to an engine. */
    abstract void feed(Signature engine, byte[] input) throws SignatureException;

    /** Returns the input in a slice of a larger buffer. Neither the slice nor the input in it begins at index zero. */
    private static ByteBuffer part(ByteBuffer larger, byte[] input) {
        ByteBuffer slice = larger.position(MARGIN).slice();
        slice.position(MARGIN);
        slice.put(input);
        return slice.flip().position(MARGIN);
    }

    /** Passes a buffer to the engine, which must read it from its position to its limit. */
    private static void feedAll(Signature engine, ByteBuffer input) throws SignatureException {
        engine.update(input);
        if (input.hasRemaining()) {
            throw new AssertionError(input.remaining() + " bytes of the buffer are left");
        }
    }
}
