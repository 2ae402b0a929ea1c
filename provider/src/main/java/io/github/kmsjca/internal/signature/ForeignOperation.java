package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Hashing;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/** A signature of a key that is not ours, or a verification here: the work of another provider's engine. */
final class ForeignOperation implements Operation {
    private final Signature engine;
    private final Initialization initialization;
    private final Hashing hashing;

    /** What makes an engine ready for a key. */
    interface Initialization {
        void apply(Signature engine) throws InvalidKeyException;
    }

    ForeignOperation(Signature engine, Initialization initialization, Hashing hashing) {
        this.engine = engine;
        this.initialization = initialization;
        this.hashing = hashing;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) throws SignatureException {
        engine.update(bytes, offset, length);
    }

    /** SunEC's raw ECDSA leaves a buffer of 64 bytes unread, and takes the same bytes in an array (JDK 17 and 25). */
    @Override
    public void update(ByteBuffer bytes) throws SignatureException {
        if (hashing == Hashing.BY_CALLER) {
            byte[] digest = new byte[bytes.remaining()];
            bytes.get(digest);
            engine.update(digest);
        } else {
            engine.update(bytes);
        }
    }

    @Override
    public byte[] sign() throws SignatureException {
        try {
            return engine.sign();
        } catch (SignatureException e) {
            startAfresh();
            throw e;
        }
    }

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        boolean valid = accepts(signature);
        if (!valid) {
            startAfresh();
        }
        return valid;
    }

    /** A signature that cannot be read is an invalid one; the JDK's engines tell it by an exception. */
    private boolean accepts(byte[] signature) {
        try {
            return engine.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        }
    }

    /** Some engines, SunEC's among them, read the signature first, and if that fails keep the message for the next one. */
    private void startAfresh() throws SignatureException {
        try {
            initialization.apply(engine);
        } catch (InvalidKeyException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Nullable
    AlgorithmParameters parameters() {
        return engine.getParameters();
    }
}
