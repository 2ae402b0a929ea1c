package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of RSASSA-PSS (RFC 8017 §8.1) that KMS supports: MGF1 with the hash of the message, and a salt as long
 * as that hash.
 */
final class PssParameters {
    private static final String SHA_2 = "SHA-";

    private PssParameters() {}

    static PSSParameterSpec of(Digest digest) {
        return new PSSParameterSpec(
                digest.jcaName(),
                "MGF1",
                new MGF1ParameterSpec(digest.jcaName()),
                digest.length(),
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** Returns the hash that identifies the parameters, or empty if KMS does not support them. */
    static Optional<Digest> digest(PSSParameterSpec parameters) {
        return Digest.ofKms().filter(digest -> equal(of(digest), parameters)).findFirst();
    }

    /** Compares parameters, because {@link PSSParameterSpec} has no equals. */
    static boolean equal(PSSParameterSpec one, PSSParameterSpec other) {
        return isSameHash(one.getDigestAlgorithm(), other.getDigestAlgorithm())
                && one.getMGFAlgorithm().equalsIgnoreCase(other.getMGFAlgorithm())
                && one.getMGFParameters() instanceof MGF1ParameterSpec mask
                && other.getMGFParameters() instanceof MGF1ParameterSpec otherMask
                && isSameHash(mask.getDigestAlgorithm(), otherMask.getDigestAlgorithm())
                && one.getSaltLength() == other.getSaltLength()
                && one.getTrailerField() == other.getTrailerField();
    }

    /** Ignores the dash in names of SHA-2 hashes, which the JDK accepts with and without it. */
    private static boolean isSameHash(String one, String other) {
        return withoutDash(one).equalsIgnoreCase(withoutDash(other));
    }

    private static String withoutDash(String hash) {
        return hash.regionMatches(true, 0, SHA_2, 0, SHA_2.length()) ? "SHA" + hash.substring(SHA_2.length()) : hash;
    }

    /** Returns the error text that says what is not supported, and what is. */
    static String refusal(AlgorithmParameterSpec parameters, String who) {
        String possible = Digest.ofKms()
                .map(digest -> digest.jcaName() + " with a salt of " + digest.length() + " bytes")
                .collect(Collectors.joining(", "));
        return who + " does not support " + parameters + "; KMS supports MGF1 with the same hash as the message: "
                + possible;
    }

    static AlgorithmParameters encode(PSSParameterSpec parameters) {
        try {
            AlgorithmParameters encoded = AlgorithmParameters.getInstance("RSASSA-PSS");
            encoded.init(parameters);
            return encoded;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no installed provider encodes RSASSA-PSS parameters", e);
        }
    }
}
