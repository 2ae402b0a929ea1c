package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.handle.CurveDomain;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The two steps of SM2 that Bouncy Castle offers only together: the hash that precedes the message, and the
 * verification.
 */
final class Sm2 {
    /** The default signer identifier (RFC 8998 §3.2.1), which KMS uses too. */
    private static final byte[] SIGNER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private Sm2() {}

    /** Returns the hash of identifier, curve and public key, which precedes the message (GM/T 0003.2 §5.5). */
    static byte[] identityHash(PublicKey key) {
        ECPublicKeyParameters parsed = CurveDomain.key(KeySpec.SM2, key);
        Digest hash = new SM3Digest();
        // the length of the identifier in bits, as two bytes
        hash.update((byte) 0);
        hash.update((byte) (SIGNER_ID.length * Byte.SIZE));
        hash.update(SIGNER_ID, 0, SIGNER_ID.length);
        ECCurve curve = parsed.getQ().getCurve();
        update(hash, curve.getA());
        update(hash, curve.getB());
        update(hash, parsed.getParameters().getG());
        update(hash, parsed.getQ());
        byte[] result = new byte[hash.getDigestSize()];
        hash.doFinal(result, 0);
        return result;
    }

    private static void update(Digest hash, ECPoint point) {
        ECPoint normalized = point.normalize();
        update(hash, normalized.getAffineXCoord());
        update(hash, normalized.getAffineYCoord());
    }

    private static void update(Digest hash, ECFieldElement number) {
        byte[] encoded = number.getEncoded();
        hash.update(encoded, 0, encoded.length);
    }

    /** Returns whether a signature is valid for a digest that was made with {@link #identityHash}. */
    static boolean verify(ECPublicKeyParameters key, byte[] digest, byte[] signature) {
        SM2Signer verifier = new SM2Signer(StandardDSAEncoding.INSTANCE, new Prehashed(digest));
        verifier.init(false, key);
        return verifier.verifySignature(signature);
    }

    /**
     * A digest that is already complete. It ignores all input, because Bouncy Castle's signer adds its own identity
     * hash.
     */
    private static final class Prehashed implements Digest {
        private final byte[] digest;

        Prehashed(byte[] digest) {
            this.digest = digest;
        }

        @Override
        public String getAlgorithmName() {
            return "SM3";
        }

        @Override
        public int getDigestSize() {
            return digest.length;
        }

        @Override
        public void update(byte input) {
            // complete
        }

        @Override
        public void update(byte[] input, int offset, int length) {
            // complete
        }

        @Override
        public int doFinal(byte[] output, int offset) {
            System.arraycopy(digest, 0, output, offset, digest.length);
            return digest.length;
        }

        @Override
        public void reset() {
            // complete
        }
    }
}
