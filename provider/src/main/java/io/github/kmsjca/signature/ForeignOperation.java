package io.github.kmsjca.signature;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/** A signature of a key that is not ours, or a verification here: the work of another provider's engine. */
final class ForeignOperation implements Operation {
    private final Signature engine;

    ForeignOperation(Signature engine) {
        this.engine = engine;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) throws SignatureException {
        engine.update(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) throws SignatureException {
        engine.update(bytes);
    }

    @Override
    public byte[] sign() throws SignatureException {
        return engine.sign();
    }

    /** A signature that cannot be read is an invalid one; the JDK's engines tell it by an exception. */
    @Override
    public boolean verify(byte[] signature) {
        try {
            return engine.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        }
    }

    @Nullable
    AlgorithmParameters parameters() {
        return engine.getParameters();
    }
}
