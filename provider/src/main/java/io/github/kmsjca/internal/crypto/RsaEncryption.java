package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.internal.handle.BoundedMessage;
import io.github.kmsjca.internal.handle.RsaHandle;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.IllegalBlockSizeException;

/**
 * Encrypts in KMS with the public key, with one request for each ciphertext. If the public key is not confirmed
 * yet, one more request comes first.
 */
final class RsaEncryption implements RsaOperation {
    private final RsaHandle key;
    private final OaepScheme scheme;
    private final int maxPlaintextLength;
    private final BoundedMessage plaintext;

    RsaEncryption(RsaHandle key, OaepScheme scheme) {
        this.key = key;
        this.scheme = scheme;
        this.maxPlaintextLength = scheme.maxPlaintextLength(longestOutput());
        this.plaintext = new BoundedMessage(maxPlaintextLength);
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        plaintext.append(bytes, offset, count);
    }

    @Override
    public byte[] finish() throws IllegalBlockSizeException {
        try {
            if (plaintext.length() == 0 || plaintext.length() > maxPlaintextLength) {
                throw new IllegalBlockSizeException("KMS encrypts 1 to " + maxPlaintextLength + " bytes with " + key
                        + " and " + scheme + ", not " + plaintext.length());
            }
            byte[] whole = plaintext.bytes();
            try {
                return key.encrypt(scheme, whole);
            } finally {
                Arrays.fill(whole, (byte) 0);
            }
        } finally {
            plaintext.clear();
        }
    }

    @Override
    public byte[] wrap(Key wrapped) throws IllegalBlockSizeException, InvalidKeyException {
        byte[] encoded = wrapped.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("a key without encoding cannot be wrapped: " + wrapped.getClass());
        }
        plaintext.append(encoded, 0, encoded.length);
        Arrays.fill(encoded, (byte) 0);
        return finish();
    }

    @Override
    public AlgorithmParameters parameters() {
        return OaepParameters.encode(OaepParameters.of(scheme));
    }

    @Override
    public void clear() {
        plaintext.clear();
    }

    @Override
    public int longestOutput() {
        return key.spec().byteLength();
    }
}
