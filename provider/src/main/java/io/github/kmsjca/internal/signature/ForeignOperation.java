package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Hashing;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Signs or verifies with an engine of another provider. */
final class ForeignOperation implements Operation {
    private final Signature engine;
    private final Initialization initialization;
    private final Hashing hashing;
    private final Predicate<byte[]> isWellFormed;

    /** Initializes an engine with a key. */
    interface Initialization {
        void apply(Signature engine) throws InvalidKeyException;
    }

    /**
     * Creates an operation.
     *
     * @param engine the engine, which is already initialized
     * @param initialization initializes the engine again
     * @param isWellFormed whether bytes can be a signature by the key
     */
    ForeignOperation(Signature engine, Initialization initialization, Hashing hashing, Predicate<byte[]> isWellFormed) {
        this.engine = engine;
        this.initialization = initialization;
        this.hashing = hashing;
        this.isWellFormed = isWellFormed;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) throws SignatureException {
        engine.update(bytes, offset, length);
    }

    /**
     * Copies a caller's digest to an array, because SunEC's raw ECDSA does not read a buffer of 64 bytes (JDK 17, 25).
     */
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
            reinitialize();
            throw e;
        }
    }

    /**
     * Does nothing: this signature costs no KMS call, so it is enough that {@link java.security.SignatureSpi} checks
     * the output after signing.
     */
    @Override
    public void requireRoom(int length) {}

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        // call verify for a malformed signature too: some engines discard the message only in verify, not when they are
        // initialized again
        boolean accepted = accepts(signature);
        boolean valid = accepted && isWellFormed.test(signature);
        if (!valid) {
            reinitialize();
        }
        return valid;
    }

    /** Returns whether the engine accepts a signature. JDK engines throw an exception for most malformed signatures. */
    private boolean accepts(byte[] signature) {
        try {
            return engine.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        }
    }

    /**
     * Initializes the engine again, because some engines keep the message after a failure. SunEC's keeps it if the
     * signature is malformed.
     */
    private void reinitialize() throws SignatureException {
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
