package io.github.kmsjca.crypto;

import io.github.kmsjca.algorithm.MacAlgorithm;
import io.github.kmsjca.key.KmsSecretKey;
import io.github.kmsjca.key.OtherProviders;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;

/**
 * The Mac engine of one HMAC. Our keys make MACs in KMS, one request each; for every other key it does what the next
 * provider would. As any engine, it is for one thread at a time.
 */
public final class KmsMac extends MacSpi {
    private final MacAlgorithm algorithm;
    private final OtherProviders others;
    private final MessageBuffer message = new MessageBuffer(KmsSecretKey.LONGEST_MESSAGE);

    private @Nullable KmsSecretKey key;
    private @Nullable Mac foreign;

    /**
     * Makes an engine; no I/O, no look-up.
     *
     * @param provider the class of provider that this engine belongs to
     */
    public KmsMac(MacAlgorithm algorithm, Class<? extends Provider> provider) {
        this.algorithm = algorithm;
        this.others = new OtherProviders(provider);
    }

    @Override
    protected int engineGetMacLength() {
        return algorithm.length();
    }

    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        key = null;
        foreign = null;
        message.clear();
        if (!(newKey instanceof KmsSecretKey ours)) {
            foreign = foreign(newKey, parameters);
            return;
        }
        ours.requireFit(algorithm);
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
        }
        key = ours;
    }

    private Mac foreign(@Nullable Key other, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (other == null) {
            throw new InvalidKeyException("the key is null");
        }
        String name = algorithm.jcaName();
        try {
            return others.find(new OtherProviders.Wanted(algorithm.usage().service(), name, other), provider -> {
                Mac engine = Mac.getInstance(name, provider);
                engine.init(other, parameters);
                return engine;
            });
        } catch (InvalidKeyException e) {
            if (e.getCause() instanceof InvalidAlgorithmParameterException unfit) {
                throw unfit;
            }
            throw e;
        }
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int count) {
        if (foreign != null) {
            foreign.update(input, offset, count);
        } else {
            message.append(input, offset, count);
        }
    }

    /**
     * Returns the MAC.
     *
     * @throws ProviderException if KMS refuses, or the message has not 1 to 4,096 bytes
     */
    @Override
    protected byte[] engineDoFinal() {
        if (foreign != null) {
            return foreign.doFinal();
        }
        try {
            KmsSecretKey ready = ready();
            if (message.length() == 0 || message.length() > KmsSecretKey.LONGEST_MESSAGE) {
                throw new ProviderException("KMS makes MACs of messages of 1 to " + KmsSecretKey.LONGEST_MESSAGE
                        + " bytes, since it hashes them itself; this one for " + ready + " has " + message.length());
            }
            return ready.mac(message.bytes());
        } finally {
            message.clear();
        }
    }

    private KmsSecretKey ready() {
        if (key == null) {
            throw new IllegalStateException("no key is set");
        }
        return key;
    }

    @Override
    protected void engineReset() {
        message.clear();
        if (foreign != null) {
            foreign.reset();
        }
    }
}
