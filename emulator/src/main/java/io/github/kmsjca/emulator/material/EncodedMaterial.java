package io.github.kmsjca.emulator.material;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Key material as bytes.
 *
 * @param secret the PKCS #8 of a private key, or the bytes of a symmetric key
 * @param publicKey the SubjectPublicKeyInfo of a key pair
 */
// the record only carries bytes, and nobody compares it
@SuppressWarnings("ArrayRecordComponent")
public record EncodedMaterial(byte[] secret, Optional<byte[]> publicKey) {

    /**
     * Returns the SHA-256 hash of the public key or of the symmetric key. For a key pair, the input of the hash is the
     * public key, because it has only one encoding. A private key has many encodings.
     */
    String fingerprint() {
        try {
            byte[] hashed = publicKey.orElse(secret);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256", CryptoProvider.BOUNCY_CASTLE.provider())
                            .digest(hashed));
        } catch (NoSuchAlgorithmException e) {
            throw new EmulatorBug(e);
        }
    }
}
