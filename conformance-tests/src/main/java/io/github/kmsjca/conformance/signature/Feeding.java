package io.github.kmsjca.conformance.signature;

import java.nio.ByteBuffer;
import java.security.Signature;
import java.security.SignatureException;

/** How an engine is given its input. */
enum Feeding {
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

    /** What lies around the input in arrays and buffers, and is none of it. */
    private static final int MARGIN = 7;

    abstract void feed(Signature engine, byte[] input) throws SignatureException;

    /** The bytes of a buffer that is itself a part of another: nothing about it begins at zero. */
    private static ByteBuffer part(ByteBuffer larger, byte[] input) {
        ByteBuffer slice = larger.position(MARGIN).slice();
        slice.position(MARGIN);
        slice.put(input);
        return slice.flip().position(MARGIN);
    }

    /** A buffer is read from its position to its limit, and then has nothing left. */
    private static void feedAll(Signature engine, ByteBuffer input) throws SignatureException {
        engine.update(input);
        if (input.hasRemaining()) {
            throw new AssertionError(input.remaining() + " bytes of the buffer were not read");
        }
    }
}
