package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.CipherAlgorithm;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.handle.RefusedInputException;
import io.github.kmsjca.internal.handle.RsaHandle;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/**
 * Signs a DigestInfo with NONEwithRSA, for programs that encrypt the DigestInfo with the private key. Makes one request
 * for each signature.
 */
final class RsaSigning implements RsaOperation {
    private final RsaHandle key;
    private final Signature engine;

    /**
     * Creates an operation.
     *
     * @param provider the provider of the Cipher; its Signature signs
     */
    RsaSigning(RsaHandle key, Provider provider) throws InvalidKeyException {
        this.key = key;
        try {
            engine = Signature.getInstance(SignatureAlgorithm.NONE_RSA.jcaName(), provider);
        } catch (NoSuchAlgorithmException e) {
            // the provider offers its Cipher only together with all its Signature services
            throw new ProviderBug(provider.getName() + " does not offer " + SignatureAlgorithm.NONE_RSA.jcaName(), e);
        }
        engine.initSign(key);
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        try {
            engine.update(bytes, offset, count);
        } catch (SignatureException e) {
            throw new ProviderBug("an engine that is initialized for signing refuses data", e);
        }
    }

    @Override
    public byte[] finish() throws IllegalBlockSizeException {
        try {
            return engine.sign();
        } catch (SignatureException e) {
            // a KmsException stays one, as in the other operations of a Cipher
            if (e.getCause() instanceof ProviderException failure) {
                throw failure;
            }
            // the text about a refused input names NONEwithRSA, which the program did not use
            String prefix = e instanceof RefusedInputException
                    ? CipherAlgorithm.SIGNING.jcaName() + " signs as NONEwithRSA does: "
                    : "";
            throw (IllegalBlockSizeException) new IllegalBlockSizeException(prefix + e.getMessage()).initCause(e);
        }
    }

    @Override
    public @Nullable AlgorithmParameters parameters() {
        return null;
    }

    /** Does nothing: after this call, nobody uses the engine again. */
    @Override
    public void clear() {}

    @Override
    public int longestOutput() {
        return key.spec().byteLength();
    }
}
