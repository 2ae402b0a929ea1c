package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The key material of a key. */
public sealed interface KeyMaterial {

    /** Returns the material as bytes, or empty if the material is missing. */
    Optional<EncodedMaterial> encoded();

    /** Returns the public key if this is a key pair, or empty for a symmetric key and for missing material. */
    Optional<PublicKey> exportablePublicKey();

    /** Returns a text that identifies the current or earlier material, or empty if the key never had material. */
    default Optional<String> fingerprint() {
        return encoded().map(EncodedMaterial::fingerprint);
    }

    /** Returns imported material without the data about its import, and any other material as it is. */
    default KeyMaterial bare() {
        return this;
    }

    /**
     * Returns the material as a key pair.
     *
     * @throws EmulatorBug if the material is not a key pair; callers must check the key spec or algorithm first
     */
    default Pair pair() {
        if (bare() instanceof Pair pair) {
            return pair;
        }
        throw new EmulatorBug(new ClassCastException("the key is not a key pair"));
    }

    /**
     * Returns the material as a symmetric key.
     *
     * @throws EmulatorBug if the material is not a symmetric key; callers must check the key spec or algorithm first
     */
    default SecretKey secret() {
        if (bare() instanceof Secret secret) {
            return secret.key();
        }
        throw new EmulatorBug(new ClassCastException("the key is not a symmetric key"));
    }

    /** A key pair. */
    record Pair(PrivateKey privateKey, PublicKey publicKey) implements KeyMaterial {
        /** Generates a key pair. */
        static Pair generated(String algorithm, CryptoProvider provider, AlgorithmParameterSpec parameters) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider.provider());
                generator.initialize(parameters);
                KeyPair pair = generator.generateKeyPair();
                return new Pair(pair.getPrivate(), pair.getPublic());
            } catch (GeneralSecurityException e) {
                throw new EmulatorBug(e);
            }
        }

        /**
         * Returns the key pair that was encoded.
         *
         * @throws GeneralSecurityException if the public key is missing, or the factory refuses one of the keys
         */
        static Pair decoded(EncodedMaterial encoded, KeyFactory factory) throws GeneralSecurityException {
            byte[] publicKey =
                    encoded.publicKey().orElseThrow(() -> new InvalidKeySpecException("the public key is missing"));
            return new Pair(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(encoded.secret())),
                    factory.generatePublic(new X509EncodedKeySpec(publicKey)));
        }

        @Override
        public Optional<EncodedMaterial> encoded() {
            return Optional.of(new EncodedMaterial(privateKey.getEncoded(), Optional.of(publicKey.getEncoded())));
        }

        @Override
        public Optional<PublicKey> exportablePublicKey() {
            return Optional.of(publicKey);
        }
    }

    /** A symmetric key. */
    record Secret(SecretKey key) implements KeyMaterial {
        @Override
        public Optional<EncodedMaterial> encoded() {
            return Optional.of(new EncodedMaterial(key.getEncoded(), Optional.empty()));
        }

        @Override
        public Optional<PublicKey> exportablePublicKey() {
            return Optional.empty();
        }
    }

    /**
     * Key material that the owner imported.
     *
     * @param bare the key pair or the symmetric key
     * @param validTo when the material expires and is deleted, or null if it does not expire
     */
    record Imported(KeyMaterial bare, @Nullable Instant validTo) implements KeyMaterial {

        @Override
        public Optional<EncodedMaterial> encoded() {
            return bare.encoded();
        }

        @Override
        public Optional<PublicKey> exportablePublicKey() {
            return bare.exportablePublicKey();
        }
    }

    /**
     * Stands for key material that the owner has not imported yet, or that has expired or been deleted.
     *
     * @param fingerprint the fingerprint of the earlier material, which the next import must match; empty if there was
     *     none
     */
    record MissingMaterial(Optional<String> fingerprint) implements KeyMaterial {

        @Override
        public Optional<EncodedMaterial> encoded() {
            return Optional.empty();
        }

        @Override
        public Optional<PublicKey> exportablePublicKey() {
            return Optional.empty();
        }
    }
}
