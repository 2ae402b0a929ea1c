package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.EmulatorBug;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Set;

/** The table of signing algorithms, each with its scheme and the key specs it fits (KMS API {@code Sign}). */
// the schemes are records or enums and the sets are unmodifiable; Error Prone cannot see that
@SuppressWarnings("ImmutableEnumChecker")
public enum SigningAlgorithm implements KeyAlgorithm {
    ECDSA_SHA_256(
            new DigestScheme(Digest.SHA_256, DigestEncoding.ECDSA),
            Set.of(KeySpec.ECC_NIST_P256, KeySpec.ECC_SECG_P256K1)),
    ECDSA_SHA_384(new DigestScheme(Digest.SHA_384, DigestEncoding.ECDSA), Set.of(KeySpec.ECC_NIST_P384)),
    ECDSA_SHA_512(new DigestScheme(Digest.SHA_512, DigestEncoding.ECDSA), Set.of(KeySpec.ECC_NIST_P521)),
    ED25519_PH_SHA_512(Ed25519Scheme.PREHASHED, Set.of(KeySpec.ECC_NIST_EDWARDS25519)),
    ED25519_SHA_512(Ed25519Scheme.PURE, Set.of(KeySpec.ECC_NIST_EDWARDS25519)),
    ML_DSA_SHAKE_256(new MlDsaScheme(), KeySpec.ML_DSA),
    RSASSA_PKCS1_V1_5_SHA_256(new DigestScheme(Digest.SHA_256, DigestEncoding.PKCS1), KeySpec.RSA),
    RSASSA_PKCS1_V1_5_SHA_384(new DigestScheme(Digest.SHA_384, DigestEncoding.PKCS1), KeySpec.RSA),
    RSASSA_PKCS1_V1_5_SHA_512(new DigestScheme(Digest.SHA_512, DigestEncoding.PKCS1), KeySpec.RSA),
    RSASSA_PSS_SHA_256(new DigestScheme(Digest.SHA_256, DigestEncoding.PSS), KeySpec.RSA),
    RSASSA_PSS_SHA_384(new DigestScheme(Digest.SHA_384, DigestEncoding.PSS), KeySpec.RSA),
    RSASSA_PSS_SHA_512(new DigestScheme(Digest.SHA_512, DigestEncoding.PSS), KeySpec.RSA),
    SM2DSA(new Sm2Scheme(), Set.of(KeySpec.SM2));

    private final SignatureScheme scheme;
    private final Set<KeySpec> specs;

    SigningAlgorithm(SignatureScheme scheme, Set<KeySpec> specs) {
        this.scheme = scheme;
        this.specs = specs;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return specs.contains(spec);
    }

    /**
     * Checks that this algorithm can sign a message with keys of the given spec. The checks run in the same order as in
     * KMS.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidKeyUsageException, if the algorithm does not fit
     *     the spec; ValidationException, if the algorithm does not accept the message type, or the length is wrong
     */
    public void requireFit(KeySpec spec, MessageType type, byte[] message) {
        requireFit(spec);
        String incompatible = "Message type " + type + " is incompatible with ";
        // KMS names the key spec if no algorithm of the spec accepts the message type, and otherwise this algorithm
        if (Arrays.stream(values()).noneMatch(row -> row.fits(spec) && row.scheme.accepts(type))) {
            throw ErrorType.VALIDATION.with(incompatible + "key spec " + spec + ".");
        }
        if (!scheme.accepts(type)) {
            throw ErrorType.VALIDATION.with(incompatible + "algorithm " + name() + ".");
        }
        scheme.exactLength(type).ifPresent(length -> {
            if (message.length != length) {
                throw ErrorType.VALIDATION.with(
                        type.nameInErrors() + " is invalid length for algorithm " + name() + ".");
            }
        });
    }

    /** Signs a message that {@link #requireFit(KeySpec, MessageType, byte[])} accepts, with a fitting key. */
    public byte[] sign(KeyMaterial key, MessageType type, byte[] message) {
        try {
            return scheme.sign(key.pair().privateKey(), type, message);
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    /**
     * Returns whether a signature is valid for a message that {@link #requireFit(KeySpec, MessageType, byte[])}
     * accepts. Returns false for a malformed signature.
     */
    public boolean isValid(KeyMaterial key, MessageType type, byte[] message, byte[] signature) {
        try {
            return scheme.isValid(key.pair().publicKey(), type, message, signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }
}
