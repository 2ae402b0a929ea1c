package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.handle.CurveDomain;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

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
        IdentityHasher hasher = new IdentityHasher();
        hasher.init(false, new ParametersWithID(CurveDomain.key(KeySpec.SM2, key), SIGNER_ID));
        return hasher.getZ(SIGNER_ID);
    }

    /** Returns whether a signature is valid for a digest that was made with {@link #identityHash}. */
    static boolean verify(ECPublicKeyParameters key, byte[] digest, byte[] signature) {
        SM2Signer verifier = new Prehashed();
        verifier.init(false, key);
        verifier.update(digest, 0, digest.length);
        return verifier.verifySignature(signature);
    }

    /** Makes the method for the identity hash accessible. */
    private static final class IdentityHasher extends SM2Signer {
        @Override
        protected byte[] getZ(byte[] signer) {
            return super.getZ(signer);
        }
    }

    /** Verifies a digest that is already complete, so it does not hash its input. */
    private static final class Prehashed extends SM2Signer {
        Prehashed() {
            super(StandardDSAEncoding.INSTANCE, new NullDigest());
        }

        @Override
        protected byte[] getZ(byte[] signer) {
            return new byte[0];
        }
    }
}
