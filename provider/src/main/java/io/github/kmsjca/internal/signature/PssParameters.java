package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.handle.JdkEngines;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of RSASSA-PSS (RFC 8017 §8.1) that KMS supports: MGF1 with the hash of the message, and a salt as long
 * as that hash.
 */
final class PssParameters {
    private PssParameters() {}

    static PSSParameterSpec of(Digest digest) {
        return new PSSParameterSpec(
                digest.jcaName(),
                "MGF1",
                new MGF1ParameterSpec(digest.jcaName()),
                digest.length(),
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** Returns the hash in the parameters; empty if KMS does not support the parameters. */
    static Optional<Digest> digest(PSSParameterSpec parameters) {
        return Digest.forRsaAndEcdsa()
                .filter(digest -> equal(of(digest), parameters))
                .findFirst();
    }

    /** Compares parameters, because {@link PSSParameterSpec} has no equals. */
    static boolean equal(PSSParameterSpec first, PSSParameterSpec second) {
        return isSameHash(first.getDigestAlgorithm(), second.getDigestAlgorithm())
                && first.getMGFAlgorithm().equalsIgnoreCase(second.getMGFAlgorithm())
                && first.getMGFParameters() instanceof MGF1ParameterSpec firstMgf
                && second.getMGFParameters() instanceof MGF1ParameterSpec secondMgf
                && isSameHash(firstMgf.getDigestAlgorithm(), secondMgf.getDigestAlgorithm())
                && first.getSaltLength() == second.getSaltLength()
                && first.getTrailerField() == second.getTrailerField();
    }

    /** Compares hashes by all their names, because the JDK accepts all of them. */
    private static boolean isSameHash(String first, String second) {
        return Digest.named(first).isPresent()
                ? Digest.named(first).equals(Digest.named(second))
                : first.equalsIgnoreCase(second);
    }

    /** Returns the error text for parameters that KMS does not support. The text says what KMS supports. */
    static String refusal(PSSParameterSpec parameters) {
        String possible = Digest.forRsaAndEcdsa()
                .map(digest -> digest.jcaName() + " with a salt of " + digest.length() + " bytes")
                .collect(Collectors.joining(", "));
        return "KMS does not support " + parameters + "; KMS supports MGF1 with the same hash as the message: "
                + possible;
    }

    static AlgorithmParameters encode(PSSParameterSpec parameters) {
        try {
            return JdkEngines.Parameters.PSS.encode(parameters);
        } catch (GeneralSecurityException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }
}
