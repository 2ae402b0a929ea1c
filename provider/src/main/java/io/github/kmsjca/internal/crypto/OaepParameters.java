package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.CipherAlgorithm;
import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.internal.handle.JdkEngines;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.util.Optional;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/** The parameters of RSAES-OAEP (RFC 8017 §A.2.1) that KMS supports. */
final class OaepParameters {
    private static final String MGF1 = "MGF1";

    private OaepParameters() {}

    static OAEPParameterSpec of(OaepScheme scheme) {
        String digest = scheme.digest().jcaName();
        return new OAEPParameterSpec(digest, MGF1, new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
    }

    /** Returns the scheme for parameters; empty if KMS does not support them. */
    static Optional<OaepScheme> scheme(OAEPParameterSpec parameters) {
        return OaepScheme.of(parameters.getDigestAlgorithm())
                .filter(scheme -> parameters.getMGFAlgorithm().equals(MGF1)
                        && parameters.getMGFParameters() instanceof MGF1ParameterSpec mgf
                        && OaepScheme.of(mgf.getDigestAlgorithm())
                                .filter(scheme::equals)
                                .isPresent()
                        && parameters.getPSource() instanceof PSource.PSpecified label
                        && label.getValue().length == 0);
    }

    /** Returns the error text for parameters that a transformation does not support. */
    static String refusal(CipherAlgorithm algorithm, AlgorithmParameterSpec parameters) {
        return algorithm.jcaName() + " with a KMS key needs the hash "
                + algorithm.scheme().map(scheme -> scheme.digest().jcaName()).orElseGet(OaepScheme::digestNames)
                + ", MGF1 over the same hash, and an empty label; these parameters are " + describe(parameters);
    }

    private static String describe(AlgorithmParameterSpec parameters) {
        if (!(parameters instanceof OAEPParameterSpec oaep)) {
            return "of " + parameters.getClass();
        }
        String mgf =
                oaep.getMGFParameters() instanceof MGF1ParameterSpec mgf1 ? " over " + mgf1.getDigestAlgorithm() : "";
        boolean hasLabel = oaep.getPSource() instanceof PSource.PSpecified label && label.getValue().length > 0;
        return oaep.getDigestAlgorithm() + ", " + oaep.getMGFAlgorithm() + mgf + (hasLabel ? " and a label" : "");
    }

    /** Returns the parameters as the JDK passes them, in an {@link AlgorithmParameters} object. */
    static AlgorithmParameters encode(OAEPParameterSpec spec) {
        try {
            return JdkEngines.Parameters.OAEP.encode(spec);
        } catch (GeneralSecurityException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    /** Returns the parameters from an {@link AlgorithmParameters} object; null for null. */
    static @Nullable AlgorithmParameterSpec decode(@Nullable AlgorithmParameters encoded)
            throws InvalidAlgorithmParameterException {
        try {
            return encoded == null ? null : encoded.getParameterSpec(OAEPParameterSpec.class);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException("these are not OAEP parameters: " + e.getMessage(), e);
        }
    }
}
