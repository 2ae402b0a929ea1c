package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters a signature algorithm accepts, as in the JDK: PSS parameters, the parameters of the key's curve, or
 * Ed25519 parameters. Null means no parameters, which every algorithm except PSS accepts.
 */
record ParameterRules(SignatureAlgorithm algorithm, OtherProviders others) {

    /**
     * Returns the PSS parameters that the algorithm name fixes, as SHA256withRSA/PSS does; null if it fixes none, or if
     * no KMS key fits the algorithm.
     */
    @Nullable
    PSSParameterSpec fixed() {
        return algorithm.scheme() == SignatureScheme.RSA_PSS
                ? algorithm.digest().map(PssParameters::of).orElse(null)
                : null;
    }

    /**
     * Checks what can be checked without the key. For PSS, that is the class of the parameters, and that their values
     * agree with the algorithm name. For other schemes, it is only the class. These schemes also accept parameters that
     * another provider accepts, because the key may come from that provider.
     *
     * @throws InvalidAlgorithmParameterException if the class or a value is wrong
     */
    void requireSuitable(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (algorithm.scheme() == SignatureScheme.RSA_PSS) {
            requirePss(spec);
            return;
        }
        if (spec != null && !isOfRightClass(spec) && !isAcceptedElsewhere(spec)) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes "
                    + algorithm.scheme().acceptedParameters() + "; these parameters are of " + spec.getClass());
        }
    }

    private void requirePss(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!(spec instanceof PSSParameterSpec pss)) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes only a PSSParameterSpec, not "
                    + (spec == null ? "null" : spec.getClass()));
        }
        PSSParameterSpec fixed = fixed();
        if (fixed != null && !PssParameters.equal(fixed, pss)) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes only " + fixed + ", not " + pss);
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
     */
    private boolean isAcceptedElsewhere(AlgorithmParameterSpec spec) {
        return others.isOpenedByAny(algorithm.service(), algorithm.jcaName(), provider -> {
            Signature engine = Signature.getInstance(algorithm.jcaName(), provider);
            engine.setParameter(spec);
            return engine;
        });
    }

    /**
     * Checks that KMS supports the parameters for a KMS key. Not for PSS.
     *
     * @throws InvalidKeyException if KMS does not support the parameters
     */
    void requireFit(@Nullable AlgorithmParameterSpec spec, SigningHandle key) throws InvalidKeyException {
        if (spec != null && !isPure(spec) && !isOfCurve(spec, key)) {
            throw new InvalidKeyException(algorithm.jcaName() + " with " + key + " takes "
                    + algorithm.scheme().acceptedParameters()
                    + algorithm.scheme().kmsParametersNote());
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
     * Checks that parameters are null or describe the curve of a public key.
     *
     * @throws InvalidKeyException if they do not
     */
    static void requireOwnCurve(@Nullable AlgorithmParameterSpec spec, PublicKey key) throws InvalidKeyException {
        if (spec != null && !isOfCurve(spec, key)) {
            throw new InvalidKeyException(
                    "the parameters do not match the curve of the public key; set those of this curve, or none");
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
