package io.github.kmsjca.emulator.material;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Key material as bytes.
 *
 * @param secret the PKCS #8 of a private key, or the bytes of a symmetric key
 * @param publicKey the SubjectPublicKeyInfo of a key pair; empty for a symmetric key
 */
// no code compares instances of this record
@SuppressWarnings("ArrayRecordComponent")
public record EncodedMaterial(byte[] secret, Optional<byte[]> publicKey) {

    /**
     * Returns the SHA-256 hash of the public key or of the symmetric key, in hexadecimal digits. For a key pair, only
     * the public key is hashed, because it has one encoding and the private key has many.
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
