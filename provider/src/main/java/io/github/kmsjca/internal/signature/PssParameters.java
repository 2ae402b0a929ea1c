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

/** The parameters of RSASSA-PSS (RFC 8017 §8.1) that KMS can do: one hash for message and mask, a salt as long. */
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

    /** Returns the hash that stands for parameters, or empty if KMS cannot do them. */
    static Optional<Digest> digest(PSSParameterSpec parameters) {
        return Digest.ofKms().filter(digest -> equal(of(digest), parameters)).findFirst();
    }

    /** {@link PSSParameterSpec} has no equals. */
    static boolean equal(PSSParameterSpec one, PSSParameterSpec other) {
        return isSameHash(one.getDigestAlgorithm(), other.getDigestAlgorithm())
                && one.getMGFAlgorithm().equalsIgnoreCase(other.getMGFAlgorithm())
                && one.getMGFParameters() instanceof MGF1ParameterSpec mask
                && other.getMGFParameters() instanceof MGF1ParameterSpec otherMask
                && isSameHash(mask.getDigestAlgorithm(), otherMask.getDigestAlgorithm())
                && one.getSaltLength() == other.getSaltLength()
                && one.getTrailerField() == other.getTrailerField();
    }

    /** The JDK takes the names of the SHA-2 hashes with the dash and without, so its callers use both. */
    private static boolean isSameHash(String one, String other) {
        return withoutDash(one).equalsIgnoreCase(withoutDash(other));
    }

    private static String withoutDash(String hash) {
        return hash.regionMatches(true, 0, SHA_2, 0, SHA_2.length()) ? "SHA" + hash.substring(SHA_2.length()) : hash;
    }

    /** Returns the text that tells what cannot be done, and what can. */
    static String refusal(AlgorithmParameterSpec parameters, String who) {
        String possible = Digest.ofKms()
                .map(digest -> digest.jcaName() + " with a salt of " + digest.length() + " bytes")
                .collect(Collectors.joining(", "));
        return who + " cannot do " + parameters + "; KMS offers MGF1 over the same hash as the message, that is "
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
