package io.github.kmsjca.signature;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.SignatureException;

/** Signing with a key in KMS: one request for each signature, and never one that does not fit the public key. */
final class KmsSigning extends MessageOperation {
    private final KmsPrivateKey key;

    KmsSigning(KmsPrivateKey key, SigningPlan plan) {
        super(plan);
        this.key = key;
    }

    @Override
    public byte[] sign() throws SignatureException {
        SigningInput request = finish();
        byte[] signature = signed(request);
        SignatureProof.require(key, plan(), request, signature);
        return signature;
    }

    private byte[] signed(SigningInput request) throws SignatureException {
        try {
            return key.sign(request);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }
}
