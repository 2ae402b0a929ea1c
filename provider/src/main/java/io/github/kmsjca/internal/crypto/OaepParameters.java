package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.CipherAlgorithm;
import io.github.kmsjca.internal.algorithm.OaepScheme;
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

/** The parameters of RSAES-OAEP, RFC 8017 §A.2.1, as far as KMS has them. */
final class OaepParameters {
    private static final String MGF1 = "MGF1";

    private OaepParameters() {}

    /** Returns the parameters of a scheme. */
    static OAEPParameterSpec of(OaepScheme scheme) {
        String digest = scheme.digest().jcaName();
        return new OAEPParameterSpec(digest, MGF1, new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
    }

    /** Returns the scheme that parameters mean, or empty for what KMS does not have. */
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

    /** Returns the reason why parameters are refused for a transformation. */
    static String refusal(CipherAlgorithm algorithm, Object parameters) {
        return algorithm.jcaName() + " for a key in KMS is with MGF1 over the hash of OAEP ("
                + algorithm.scheme().map(scheme -> scheme.digest().jcaName()).orElseGet(OaepScheme::digestNames)
                + ") and an empty label, not with " + describe(parameters);
    }

    private static String describe(Object parameters) {
        if (!(parameters instanceof OAEPParameterSpec oaep)) {
            return parameters.getClass().getName();
        }
        String mgf =
                oaep.getMGFParameters() instanceof MGF1ParameterSpec mgf1 ? " over " + mgf1.getDigestAlgorithm() : "";
        boolean labelled = oaep.getPSource() instanceof PSource.PSpecified label && label.getValue().length > 0;
        return oaep.getDigestAlgorithm() + ", " + oaep.getMGFAlgorithm() + mgf + (labelled ? " and a label" : "");
    }

    /** Returns parameters as the JDK encodes them. */
    static AlgorithmParameters encode(OAEPParameterSpec spec) {
        try {
            AlgorithmParameters encoded = AlgorithmParameters.getInstance("OAEP");
            encoded.init(spec);
            return encoded;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("the JDK cannot encode OAEP parameters", e);
        }
    }

    /** Returns what encoded parameters say. */
    static @Nullable AlgorithmParameterSpec decode(@Nullable AlgorithmParameters encoded)
            throws InvalidAlgorithmParameterException {
        try {
            return encoded == null ? null : encoded.getParameterSpec(OAEPParameterSpec.class);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException("these are no OAEP parameters: " + e.getMessage(), e);
        }
    }
}
