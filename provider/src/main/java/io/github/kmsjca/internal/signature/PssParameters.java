package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.handle.JdkEngines;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;
import org.bouncycastle.util.BigIntegers;

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

    /** Returns the error text that says what is not supported, and what is. */
    static String refusal(AlgorithmParameterSpec parameters, String subject) {
        String possible = Digest.forRsaAndEcdsa()
                .map(digest -> digest.jcaName() + " with a salt of " + digest.length() + " bytes")
                .collect(Collectors.joining(", "));
        return subject + " does not support " + parameters + "; KMS supports MGF1 with the same hash as the message: "
                + possible;
    }

    /**
     * Returns the length of the salt in a signature, by undoing the mask (RFC 8017 §9.1.2, steps 6 to 10); empty if
     * the signature is not an RSASSA-PSS signature with this hash.
     */
    static OptionalInt saltLength(Digest digest, RSAPublicKey key, byte[] signature) {
        BigInteger encoded = new BigInteger(1, signature).modPow(key.getPublicExponent(), key.getModulus());
        int bits = key.getModulus().bitLength() - 1;
        byte[] block = BigIntegers.asUnsignedByteArray((bits + 7) / 8, encoded);
        int length = block.length - digest.length() - 1;
        MGF1BytesGenerator mask = new MGF1BytesGenerator(BouncyCastleVerifier.hash(digest));
        mask.init(new MGFParameters(Arrays.copyOfRange(block, length, length + digest.length())));
        byte[] data = new byte[length];
        mask.generateBytes(data, 0, length);
        for (int index = 0; index < length; index++) {
            data[index] ^= block[index];
        }
        data[0] &= (byte) (0xff >> (8 * block.length - bits));
        int start = 0;
        while (start < length && data[start] == 0) {
            start++;
        }
        return start < length && data[start] == 1 ? OptionalInt.of(length - start - 1) : OptionalInt.empty();
    }

    static AlgorithmParameters encode(PSSParameterSpec parameters) {
        try {
            return JdkEngines.Parameters.PSS.encode(parameters);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no installed provider encodes RSASSA-PSS parameters", e);
        }
    }
}
