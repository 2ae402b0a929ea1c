package io.github.kmsjca.emulator.key;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The secret of a key. */
public sealed interface KeyMaterial {

    /** Returns the form for a state file. */
    EncodedMaterial encoded();

    /** Returns the public key, if this is a key pair. */
    Optional<PublicKey> exportablePublicKey();

    /** A key pair. */
    record Pair(PrivateKey privateKey, PublicKey publicKey) implements KeyMaterial {
        @Override
        public EncodedMaterial encoded() {
            return new EncodedMaterial(privateKey.getEncoded(), Optional.of(publicKey.getEncoded()));
        }

        @Override
        public Optional<PublicKey> exportablePublicKey() {
            return Optional.of(publicKey);
        }
    }

    /** A symmetric key. */
    record Secret(SecretKey key) implements KeyMaterial {
        @Override
        public EncodedMaterial encoded() {
            return new EncodedMaterial(key.getEncoded(), Optional.empty());
        }

        @Override
        public Optional<PublicKey> exportablePublicKey() {
            return Optional.empty();
        }
    }
}
