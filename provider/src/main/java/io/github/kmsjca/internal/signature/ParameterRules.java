package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters an algorithm accepts, as in the JDK: PSS parameters, the parameters of the key's curve, or Ed25519
 * parameters.
 */
record ParameterRules(SignatureAlgorithm algorithm, OtherProviders others) {

    /** Returns the parameters that the name of the algorithm contains; null if it contains none. */
    @Nullable
    PSSParameterSpec fixed() {
        return algorithm.scheme() == SignatureScheme.RSA_PSS
                ? algorithm.digest().map(PssParameters::of).orElse(null)
                : null;
    }

    /**
     * Checks parameters, whatever the key is.
     *
     * @throws InvalidAlgorithmParameterException if the algorithm takes no parameters of this class, or not with these
     *     values
     */
    void requireSuitable(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (algorithm.scheme() == SignatureScheme.RSA_PSS) {
            requirePss(spec);
            return;
        }
        if (spec != null && !isOfRightClass(spec) && !isAcceptedElsewhere(spec)) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " does not take parameters of "
                    + spec.getClass() + algorithm.scheme().refusedParametersNote());
        }
    }

    private void requirePss(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!(spec instanceof PSSParameterSpec pss)) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes PSSParameterSpec, not " + spec);
        }
        PSSParameterSpec fixed = fixed();
        if (fixed != null && !PssParameters.equal(fixed, pss)) {
            throw new InvalidAlgorithmParameterException(PssParameters.refusal(spec, algorithm.jcaName()));
        }
    }

    private boolean isOfRightClass(AlgorithmParameterSpec spec) {
        return switch (algorithm.scheme()) {
            case ECDSA -> spec instanceof ECParameterSpec;
            case ED25519 -> spec instanceof EdDSAParameterSpec;
            case RSA_PKCS1, RSA_PSS, ML_DSA, SM2 -> false;
        };
    }

    /**
     * Returns whether another provider accepts the parameters. For example, Bouncy Castle accepts a context for ML-DSA.
     * The key may come from that provider.
     */
    private boolean isAcceptedElsewhere(AlgorithmParameterSpec spec) {
        return others.isOpenedByAny(algorithm.service(), algorithm.jcaName(), provider -> {
            Signature engine = Signature.getInstance(algorithm.jcaName(), provider);
            engine.setParameter(spec);
            return engine;
        });
    }

    /**
     * Checks that a KMS key can sign with parameters, except those of PSS.
     *
     * @throws InvalidKeyException if KMS does not support the parameters for the key
     */
    void requireFit(@Nullable AlgorithmParameterSpec spec, SigningHandle key) throws InvalidKeyException {
        if (spec != null && !isPure(spec) && !isOfCurve(spec, key)) {
            throw new InvalidKeyException(algorithm.jcaName() + " takes no parameters with " + key
                    + algorithm.scheme().refusedParametersNote());
        }
    }

    /** Returns whether parameters are the default of Ed25519: no prehash and no context. */
    private boolean isPure(AlgorithmParameterSpec spec) {
        return spec instanceof EdDSAParameterSpec edDsa
                && algorithm.scheme() == SignatureScheme.ED25519
                && !edDsa.isPrehash()
                && edDsa.getContext().isEmpty();
    }

    /**
     * Checks that parameters are absent or match the key's curve.
     *
     * @throws InvalidKeyException if the parameters do not match the key's curve
     */
    static void requireOwnCurve(@Nullable AlgorithmParameterSpec spec, Key key) throws InvalidKeyException {
        if (spec != null && !isOfCurve(spec, key)) {
            throw new InvalidKeyException("the parameters do not match the key's curve");
        }
    }

    private static boolean isOfCurve(AlgorithmParameterSpec spec, Key key) {
        if (!(spec instanceof ECParameterSpec curve) || !(key instanceof ECKey ec)) {
            return false;
        }
        // ECParameterSpec has no equals
        ECParameterSpec keyCurve = ec.getParams();
        return keyCurve.getCurve().equals(curve.getCurve())
                && keyCurve.getGenerator().equals(curve.getGenerator())
                && keyCurve.getOrder().equals(curve.getOrder())
                && keyCurve.getCofactor() == curve.getCofactor();
    }
}
