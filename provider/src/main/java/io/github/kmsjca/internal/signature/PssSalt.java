package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.OptionalInt;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;
import org.bouncycastle.util.BigIntegers;

/**
 * The salt of an RSASSA-PSS signature. This is a class of its own, because the code needs Bouncy Castle, and keys of
 * other providers must work without Bouncy Castle.
 */
final class PssSalt {
    private PssSalt() {}

    /**
     * Returns the length of the salt in a signature, by undoing the mask (RFC 8017 §9.1.2, steps 6 to 10); empty if
     * the signature is not an RSASSA-PSS signature with this hash.
     */
    static OptionalInt length(Digest digest, RSAPublicKey key, byte[] signature) {
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
}
