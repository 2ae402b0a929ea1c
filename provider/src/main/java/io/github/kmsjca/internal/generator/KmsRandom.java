package io.github.kmsjca.internal.generator;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.session.KmsSessions;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.SecureRandomSpi;
import java.util.Arrays;

/**
 * Random bytes from the hardware of KMS (KMS API {@code GenerateRandom}), as many with a request as it gives, and
 * handed out from memory. A failed request is a {@code KmsException}: other bytes never take their place. For one
 * thread at a time, which {@link java.security.SecureRandom} sees to.
 */
public final class KmsRandom extends SecureRandomSpi {
    /** The most bytes that KMS gives with one request. */
    private static final int LIMIT = 1024;

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Configuration configuration;
    private final transient KmsSessions sessions;
    private final transient byte[] given = new byte[LIMIT];

    /** How many of the bytes have been handed out. */
    private transient int next = LIMIT;

    /** Makes an engine; no I/O. */
    public KmsRandom(Configuration configuration, KmsSessions sessions) {
        this.configuration = configuration;
        this.sessions = sessions;
    }

    /** Does nothing: a seed would supplement what needs none. */
    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
        int filled = 0;
        while (filled < bytes.length) {
            if (next == LIMIT) {
                System.arraycopy(request(LIMIT), 0, given, 0, LIMIT);
                next = 0;
            }
            int count = Math.min(LIMIT - next, bytes.length - filled);
            System.arraycopy(given, next, bytes, filled, count);
            // what has been handed out stays nowhere else
            Arrays.fill(given, next, next + count, (byte) 0);
            next += count;
            filled += count;
        }
    }

    /** Returns bytes that no other caller has been near. */
    @Override
    protected byte[] engineGenerateSeed(int length) {
        byte[] seed = new byte[length];
        for (int filled = 0; filled < length; filled += LIMIT) {
            int count = Math.min(LIMIT, length - filled);
            System.arraycopy(request(count), 0, seed, filled, count);
        }
        return seed;
    }

    private byte[] request(int length) {
        return sessions.of(configuration.settings()).connection().calls().random(length);
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("random numbers of KMS cannot be serialized");
    }
}
