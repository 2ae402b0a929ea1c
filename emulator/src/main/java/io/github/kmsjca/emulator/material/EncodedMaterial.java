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
// only carries bytes and is never compared
@SuppressWarnings("ArrayRecordComponent")
public record EncodedMaterial(byte[] secret, Optional<byte[]> publicKey) {

    /**
     * Returns the SHA-256 of the public key, or of a symmetric key. A private key has many encodings; its public key
     * has one.
     */
    String fingerprint() {
        try {
            byte[] identity = publicKey.orElse(secret);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256", CryptoProvider.BOUNCY_CASTLE.provider())
                            .digest(identity));
        } catch (NoSuchAlgorithmException e) {
            throw new EmulatorBug(e);
        }
    }
}
