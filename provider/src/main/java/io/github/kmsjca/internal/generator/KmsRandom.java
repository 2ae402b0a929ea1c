package io.github.kmsjca.internal.generator;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.session.KmsSessions;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.SecureRandomSpi;
import java.util.Arrays;

/**
 * Random bytes from KMS (KMS API {@code GenerateRandom}). A request for {@code nextBytes} fetches the maximum number of
 * bytes, and the next calls of {@code nextBytes} use the rest of them. A failed request throws a {@code KmsException}:
 * there is no fallback to another random source. Not thread-safe: {@link java.security.SecureRandom} ensures that only
 * one thread at a time uses an instance.
 */
public final class KmsRandom extends SecureRandomSpi {
    /** The maximum number of bytes that KMS returns in one request. */
    private static final int MAX_BYTES = 1024;

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Configuration configuration;
    private final transient KmsSessions sessions;
    private final transient byte[] buffer = new byte[MAX_BYTES];

    /** The number of bytes in the buffer that are already used. At first all are, because the buffer is empty. */
    private transient int used = MAX_BYTES;

    /** Creates an engine. Does no I/O. */
    public KmsRandom(Configuration configuration, KmsSessions sessions) {
        this.configuration = configuration;
        this.sessions = sessions;
    }

    /** Refuses a forged stream, which would create an engine whose fields are null. */
    @Serial
    private void readObject(ObjectInputStream in) throws NotSerializableException {
        throw new NotSerializableException("the KMS random generator cannot be serialized");
    }

    /** Does nothing: KMS needs no seed. */
    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
        int filled = 0;
        while (filled < bytes.length) {
            if (used == MAX_BYTES) {
                System.arraycopy(request(MAX_BYTES), 0, buffer, 0, MAX_BYTES);
                used = 0;
            }
            int count = Math.min(MAX_BYTES - used, bytes.length - filled);
            System.arraycopy(buffer, used, bytes, filled, count);
            // keep no copy of the bytes that the caller gets
            Arrays.fill(buffer, used, used + count, (byte) 0);
            used += count;
            filled += count;
        }
    }

    /** Returns bytes from a new request, never bytes from memory. */
    @Override
    protected byte[] engineGenerateSeed(int length) {
        byte[] seed = new byte[length];
        for (int filled = 0; filled < length; filled += MAX_BYTES) {
            int count = Math.min(MAX_BYTES, length - filled);
            System.arraycopy(request(count), 0, seed, filled, count);
        }
        return seed;
    }

    private byte[] request(int length) {
        return sessions.of(configuration.settings()).connection().calls().random(length);
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("the KMS random generator cannot be serialized");
    }
}
