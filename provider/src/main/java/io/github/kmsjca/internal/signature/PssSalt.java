package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.OptionalInt;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;
import org.bouncycastle.util.BigIntegers;

/** The salt of an RSASSA-PSS signature. */
final class PssSalt {
    private PssSalt() {}

    /**
     * Returns the length of the salt in a signature, by undoing the mask (RFC 8017 §9.1.2, steps 7 to 10); empty if the
     * unmasked data is not zeros, a byte 1 and a salt. Does not verify the signature.
     */
    static OptionalInt length(Digest digest, RSAPublicKey key, byte[] signature) {
        BigInteger encoded = new BigInteger(1, signature).modPow(key.getPublicExponent(), key.getModulus());
        int bits = key.getModulus().bitLength() - 1;
        // the block is the masked data, a hash from which the mask is made, and a trailer byte
        byte[] block = BigIntegers.asUnsignedByteArray((bits + Byte.SIZE - 1) / Byte.SIZE, encoded);
        int dataLength = block.length - digest.length() - 1;
        MGF1BytesGenerator mask = new MGF1BytesGenerator(BouncyCastleVerifier.hash(digest));
        mask.init(new MGFParameters(Arrays.copyOfRange(block, dataLength, dataLength + digest.length())));
        byte[] data = new byte[dataLength];
        mask.generateBytes(data, 0, dataLength);
        for (int index = 0; index < dataLength; index++) {
            data[index] ^= block[index];
        }
        data[0] &= (byte) (0xff >> (Byte.SIZE * block.length - bits));
        // the data is zeros, a byte 1, and the salt
        int start = 0;
        while (start < dataLength && data[start] == 0) {
            start++;
        }
        return start < dataLength && data[start] == 1 ? OptionalInt.of(dataLength - start - 1) : OptionalInt.empty();
    }
}
