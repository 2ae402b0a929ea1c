package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.handle.BoundedMessage;
import io.github.kmsjca.internal.handle.RsaHandle;
import io.github.kmsjca.key.KmsException;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts with a KMS key, with one request for each ciphertext. Makes no request for a ciphertext of the wrong length.
 */
final class RsaDecryption implements RsaOperation {
    private final RsaHandle key;
    private final OaepScheme scheme;
    private final int ciphertextLength;
    private final BoundedMessage ciphertext;

    RsaDecryption(RsaHandle key, OaepScheme scheme) {
        this.key = key;
        this.scheme = scheme;
        this.ciphertextLength = key.spec().byteLength();
        this.ciphertext = new BoundedMessage(ciphertextLength);
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        ciphertext.append(bytes, offset, count);
    }

    @Override
    public byte[] finish() throws IllegalBlockSizeException, BadPaddingException {
        try {
            if (ciphertext.length() != ciphertextLength) {
                throw new IllegalBlockSizeException("the ciphertext has " + ciphertext.length() + " bytes, but " + key
                        + " needs " + ciphertextLength);
            }
            byte[] plaintext = key.decrypt(scheme, ciphertext.bytes());
            if (plaintext.length > scheme.maxPlaintextLength(ciphertextLength)) {
                throw KmsErrors.unusable("the KMS answer for " + key + " has " + plaintext.length
                        + " bytes, more than the key can encrypt, so it was rejected; check the endpoint and the"
                        + " proxies on the way to it");
            }
            return plaintext;
        } catch (KmsException e) {
            if (KmsErrors.isBadCiphertext(e)) {
                throw (BadPaddingException) new BadPaddingException(e.getMessage()).initCause(e);
            }
            throw e;
        } finally {
            ciphertext.clear();
        }
    }

    @Override
    public Key unwrap(byte[] wrapped, String algorithm, int type) throws InvalidKeyException, NoSuchAlgorithmException {
        // before the request, because decoder throws an exception if no provider knows the algorithm
        KeyDecoder decoder = decoder(algorithm, type);
        update(wrapped, 0, wrapped.length);
        byte[] encoded = decryptWrapped();
        try {
            return decoder.decode(encoded);
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new InvalidKeyException("the unwrapped bytes are not a valid key for " + algorithm, e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Creates a key from its encoding. */
    private interface KeyDecoder {
        Key decode(byte[] encoded) throws InvalidKeySpecException;
    }

    private static KeyDecoder decoder(String algorithm, int type) throws NoSuchAlgorithmException {
        if (type == Cipher.SECRET_KEY) {
            return encoded -> new SecretKeySpec(encoded, algorithm);
        }
        KeyFactory factory = KeyFactory.getInstance(algorithm);
        return type == Cipher.PRIVATE_KEY
                ? encoded -> factory.generatePrivate(new PKCS8EncodedKeySpec(encoded))
                : encoded -> factory.generatePublic(new X509EncodedKeySpec(encoded));
    }

    private byte[] decryptWrapped() throws InvalidKeyException {
        try {
            return finish();
        } catch (IllegalBlockSizeException | BadPaddingException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    public AlgorithmParameters parameters() {
        return OaepParameters.encode(OaepParameters.of(scheme));
    }

    @Override
    public void clear() {
        ciphertext.clear();
    }

    @Override
    public int longestOutput() {
        return scheme.maxPlaintextLength(ciphertextLength);
    }
}
