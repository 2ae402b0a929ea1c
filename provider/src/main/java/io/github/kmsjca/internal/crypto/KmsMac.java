package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.BoundedMessage;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
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
 * The Mac engine for one HMAC. For KMS keys, KMS computes the MAC, with one request for each MAC. For every other key,
 * the engine delegates to another provider. Not thread-safe.
 */
public final class KmsMac extends MacSpi {
    private final MacAlgorithm algorithm;
    private final OtherProviders others;
    private final BoundedMessage message;

    private @Nullable MacHandle key;
    private @Nullable Mac foreign;

    /**
     * Creates an engine. Does no I/O and no look-up.
     *
     * @param provider the class of the provider that this engine belongs to
     */
    public KmsMac(MacAlgorithm algorithm, Class<? extends Provider> provider) {
        this.algorithm = algorithm;
        this.others = new OtherProviders(provider);
        this.message = new BoundedMessage(MessageType.RAW_LIMIT);
    }

    private KmsMac(KmsMac other) throws CloneNotSupportedException {
        this.algorithm = other.algorithm;
        this.others = other.others;
        this.message = other.message.copy();
        this.key = other.key;
        this.foreign = other.foreign == null ? null : (Mac) other.foreign.clone();
    }

    /** Returns an engine with the same key and a copy of the message so far. */
    // Object.clone cannot set final fields
    @SuppressWarnings({"MissingSuperCall", "CloneDeclaresCloneNotSupported"})
    @Override
    public Object clone() throws CloneNotSupportedException {
        return new KmsMac(this);
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
        if (newKey instanceof KmsHandle handle) {
            handle.requireFit(algorithm);
        }
        if (!(newKey instanceof MacHandle ours)) {
            foreign = foreign(newKey, parameters);
            return;
        }
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
        }
        key = ours;
    }

    private Mac foreign(@Nullable Key foreignKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        String name = algorithm.jcaName();
        return others.findWithParameters(
                new OtherProviders.WantedService(algorithm.usage().service(), name, foreignKey), provider -> {
                    Mac engine = Mac.getInstance(name, provider);
                    engine.init(foreignKey, parameters);
                    return engine;
                });
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
     * @throws ProviderException if KMS refuses, or the message does not have 1 to 4,096 bytes
     */
    @Override
    protected byte[] engineDoFinal() {
        if (foreign != null) {
            return foreign.doFinal();
        }
        try {
            MacHandle ready = requireKey();
            ready.requireMessageLength(message.length());
            return ready.mac(message.bytes());
        } finally {
            message.clear();
        }
    }

    private MacHandle requireKey() {
        if (key == null) {
            throw new IllegalStateException("no key is set: call init first");
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
