package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.config.VerifyMode;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The Signature engine for one algorithm. KMS keys sign in KMS, and with {@code verify=kms} their public keys verify in
 * KMS. In all other cases, {@link ForeignKeys} opens the operation, most often with another provider, so this provider
 * can come first in the list. Not thread-safe.
 */
public final class KmsSignature extends SignatureSpi {
    private final SignatureAlgorithm algorithm;
    private final ForeignKeys foreignKeys;
    private final ParameterRules rules;

    private @Nullable AlgorithmParameterSpec parameters;
    private @Nullable Key key;
    private @Nullable Operation operation;
    private boolean messageStarted;

    /**
     * Creates an engine. Does no I/O and no look-up.
     *
     * @param provider the class of the provider that this engine belongs to
     */
    public KmsSignature(SignatureAlgorithm algorithm, Class<? extends Provider> provider) {
        OtherProviders others = new OtherProviders(provider);
        this.algorithm = algorithm;
        this.foreignKeys = new ForeignKeys(algorithm, others);
        this.rules = new ParameterRules(algorithm, others);
        this.parameters = rules.fixed();
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
        init(privateKey);
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
        init(publicKey);
    }

    private void init(@Nullable Key newKey) throws InvalidKeyException {
        key = null;
        operation = null;
        messageStarted = false;
        if (newKey == null) {
            throw new InvalidKeyException("the key is null");
        }
        operation = open(newKey, parameters);
        key = newKey;
    }

    /**
     * Returns the operation for a key; null only if required parameters are missing, and no other provider opens the
     * operation.
     */
    private @Nullable Operation open(Key newKey, @Nullable AlgorithmParameterSpec spec) throws InvalidKeyException {
        if (newKey instanceof KmsHandle handle) {
            handle.requireFit(algorithm);
        }
        if (newKey instanceof SigningHandle ours) {
            SigningPlan plan = plan(ours, spec);
            return plan == null ? null : new KmsSignOperation(ours, plan);
        }
        if (newKey instanceof PrivateKey foreign) {
            return foreignKeys.signing(foreign, spec, appRandom);
        }
        if (newKey instanceof KmsPublicKey ours
                && ours.handle() instanceof SigningHandle handle
                && handle.settings().verify() == VerifyMode.KMS) {
            handle.requireFit(algorithm);
            SigningPlan plan = plan(handle, spec);
            return plan == null ? null : new KmsVerifyOperation(handle, plan);
        }
        return foreignKeys.verification(KmsPublicKey.plain((PublicKey) newKey), spec);
    }

    /** Returns the plan for a KMS key; null only if required parameters are still missing. */
    private @Nullable SigningPlan plan(SigningHandle ours, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException {
        if (algorithm.scheme() == SignatureScheme.RSA_PSS) {
            return spec instanceof PSSParameterSpec pss ? SigningPlan.of(algorithm, digest(pss), ours) : null;
        }
        rules.requireFit(spec, ours);
        return SigningPlan.of(algorithm, algorithm.digest().orElse(null), ours);
    }

    private static Digest digest(PSSParameterSpec spec) throws InvalidKeyException {
        return PssParameters.digest(spec).orElseThrow(() -> new InvalidKeyException(PssParameters.refusal(spec)));
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (messageStarted) {
            throw new ProviderException(
                    "parameters cannot be set in the middle of a message: call setParameter before update");
        }
        // with a key, opening the operation checks the parameters, but not that PSS has the hash that the name says
        if (key == null || algorithm.scheme() == SignatureScheme.RSA_PSS) {
            rules.requireSuitable(spec);
        }
        if (key != null) {
            try {
                operation = open(key, spec);
            } catch (InvalidKeyException e) {
                throw new InvalidAlgorithmParameterException(e.getMessage(), e);
            }
        }
        parameters = spec;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        if (parameters instanceof PSSParameterSpec pss) {
            return PssParameters.encode(pss);
        }
        return operation instanceof ForeignOperation foreign ? foreign.parameters() : null;
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
        engineUpdate(new byte[] {b}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
        requireOperation().update(bytes, offset, length);
        messageStarted = true;
    }

    @Override
    protected void engineUpdate(ByteBuffer bytes) {
        try {
            requireOperation().update(bytes);
            messageStarted = true;
        } catch (SignatureException e) {
            // SignatureSpi declares no checked exception for this method
            throw new ProviderException(e.getMessage(), e);
        }
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        try {
            return requireOperation().sign();
        } finally {
            messageStarted = false;
        }
    }

    /**
     * Refuses an output that may be too short. This comes before the request, because a signature costs money even if
     * nobody gets it.
     */
    @Override
    protected int engineSign(byte[] output, int offset, int length) throws SignatureException {
        try {
            requireOperation().requireRoom(length);
            return super.engineSign(output, offset, length);
        } finally {
            messageStarted = false;
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        try {
            return requireOperation().verify(signature);
        } finally {
            messageStarted = false;
        }
    }

    private Operation requireOperation() throws SignatureException {
        if (operation == null) {
            throw new SignatureException(
                    key == null
                            ? "no key is set: call initSign or initVerify first"
                            : algorithm.jcaName() + " needs parameters: call setParameter first");
        }
        return operation;
    }

    /** Always refuses: deprecated in the SPI. */
    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("set parameters with an AlgorithmParameterSpec");
    }

    /** Always refuses: deprecated in the SPI. */
    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("read parameters with getParameters()");
    }
}
