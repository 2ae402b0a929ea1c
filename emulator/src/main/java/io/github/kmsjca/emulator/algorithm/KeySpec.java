package io.github.kmsjca.emulator.algorithm;

import static io.github.kmsjca.emulator.algorithm.KeyUsage.ENCAPSULATE_DECAPSULATE;
import static io.github.kmsjca.emulator.algorithm.KeyUsage.ENCRYPT_DECRYPT;
import static io.github.kmsjca.emulator.algorithm.KeyUsage.GENERATE_VERIFY_MAC;
import static io.github.kmsjca.emulator.algorithm.KeyUsage.KEY_AGREEMENT;
import static io.github.kmsjca.emulator.algorithm.KeyUsage.SIGN_VERIFY;

import io.github.kmsjca.emulator.material.EncodedMaterial;
import io.github.kmsjca.emulator.material.KeyKind;
import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The table of key specs, each with its kind of key and its possible usages (KMS API {@code CreateKey}). */
// the key kinds are records and the sets are unmodifiable; Error Prone cannot see that
@SuppressWarnings("ImmutableEnumChecker")
public enum KeySpec {
    ECC_NIST_EDWARDS25519(KeyKind.named("Ed25519"), SIGN_VERIFY),
    ECC_NIST_P256(KeyKind.curve("secp256r1"), SIGN_VERIFY, KEY_AGREEMENT),
    ECC_NIST_P384(KeyKind.curve("secp384r1"), SIGN_VERIFY, KEY_AGREEMENT),
    ECC_NIST_P521(KeyKind.curve("secp521r1"), SIGN_VERIFY, KEY_AGREEMENT),
    ECC_SECG_P256K1(KeyKind.curve("secp256k1"), SIGN_VERIFY),
    HMAC_224(KeyKind.secret("HmacSHA224", 224), GENERATE_VERIFY_MAC),
    HMAC_256(KeyKind.secret("HmacSHA256", 256), GENERATE_VERIFY_MAC),
    HMAC_384(KeyKind.secret("HmacSHA384", 384), GENERATE_VERIFY_MAC),
    HMAC_512(KeyKind.secret("HmacSHA512", 512), GENERATE_VERIFY_MAC),
    ML_DSA_44(KeyKind.named("ML-DSA-44"), SIGN_VERIFY),
    ML_DSA_65(KeyKind.named("ML-DSA-65"), SIGN_VERIFY),
    ML_DSA_87(KeyKind.named("ML-DSA-87"), SIGN_VERIFY),
    ML_KEM_512(KeyKind.named("ML-KEM-512"), ENCAPSULATE_DECAPSULATE),
    ML_KEM_768(KeyKind.named("ML-KEM-768"), ENCAPSULATE_DECAPSULATE),
    ML_KEM_1024(KeyKind.named("ML-KEM-1024"), ENCAPSULATE_DECAPSULATE),
    RSA_2048(KeyKind.rsa(2048), ENCRYPT_DECRYPT, SIGN_VERIFY),
    RSA_3072(KeyKind.rsa(3072), ENCRYPT_DECRYPT, SIGN_VERIFY),
    RSA_4096(KeyKind.rsa(4096), ENCRYPT_DECRYPT, SIGN_VERIFY),
    SM2(KeyKind.curve("sm2p256v1"), ENCRYPT_DECRYPT, KEY_AGREEMENT, SIGN_VERIFY),
    SYMMETRIC_DEFAULT(KeyKind.secret("AES", 256), ENCRYPT_DECRYPT);

    static final Set<KeySpec> ML_DSA = Collections.unmodifiableSet(EnumSet.of(ML_DSA_44, ML_DSA_65, ML_DSA_87));

    /** The specs of RSA keys. In the emulator, the wrapping key of an import has one of these specs. */
    public static final Set<KeySpec> RSA = Collections.unmodifiableSet(EnumSet.of(RSA_2048, RSA_3072, RSA_4096));

    /** The specs that {@code CustomerMasterKeySpec} accepts, which is CreateKey's older member for the key spec. */
    public static final Set<KeySpec> CUSTOMER_MASTER_KEY_SPECS = Collections.unmodifiableSet(EnumSet.complementOf(
            EnumSet.of(ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, ML_KEM_512, ML_KEM_768, ML_KEM_1024)));

    /** The specs of data key pairs (KMS API {@code GenerateDataKeyPair}). */
    public static final Set<KeySpec> DATA_KEY_PAIR_SPECS = Collections.unmodifiableSet(EnumSet.complementOf(
            EnumSet.of(HMAC_224, HMAC_256, HMAC_384, HMAC_512, ML_DSA_44, ML_DSA_65, ML_DSA_87, SYMMETRIC_DEFAULT)));

    private final KeyKind kind;
    private final Set<KeyUsage> usages;

    KeySpec(KeyKind kind, KeyUsage first, KeyUsage... rest) {
        this.kind = kind;
        this.usages = Collections.unmodifiableSet(EnumSet.of(first, rest));
    }

    KeyKind kind() {
        return kind;
    }

    /** Generates key material of this spec. */
    public KeyMaterial generate() {
        return kind.generate();
    }

    /** Returns whether the emulator can import key material of this spec. */
    public boolean isImportable() {
        return kind.isImportable();
    }

    /**
     * Reads imported key material: the PKCS #8 of a private key, or the bytes of a symmetric key.
     *
     * @throws GeneralSecurityException if the bytes are not key material of this spec
     */
    public KeyMaterial read(byte[] secret) throws GeneralSecurityException {
        return restore(new EncodedMaterial(secret, kind.publicKeyOf(secret)));
    }

    /**
     * Restores saved key material.
     *
     * @throws GeneralSecurityException if the bytes are not key material of this spec
     */
    public KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException {
        return kind.restore(encoded);
    }

    /**
     * Returns the default usage for the emulator's own options and methods: signing if the spec allows it, and
     * otherwise the only usage of the spec.
     */
    public KeyUsage defaultUsage() {
        return usages.contains(SIGN_VERIFY) ? SIGN_VERIFY : usages.iterator().next();
    }

    /** Returns the possible usages of a key of this spec. */
    public Set<KeyUsage> usages() {
        return usages;
    }
}
