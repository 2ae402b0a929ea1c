package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.EmulatorBug;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGenerator;
import org.bouncycastle.jcajce.SecretKeyWithEncapsulation;
import org.bouncycastle.jcajce.spec.KEMExtractSpec;
import org.bouncycastle.jcajce.spec.KEMGenerateSpec;

/** The table of key encapsulation algorithms (KMS API {@code Encapsulate}). */
public enum EncapsulationAlgorithm implements KeyAlgorithm {
    /** FIPS 203 §7. The shared secret is used as it is, without key derivation. */
    ML_KEM("ML-KEM");

    private static final String SECRET_ALGORITHM = "AES";
    private static final int SECRET_BITS = 256;

    private final String jcaName;

    EncapsulationAlgorithm(String jcaName) {
        this.jcaName = jcaName;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return spec.usages().contains(KeyUsage.ENCAPSULATE_DECAPSULATE);
    }

    /** Uses a fitting key to generate a secret, and a ciphertext from which only this key recovers the secret. */
    public Encapsulated encapsulate(KeyMaterial key) {
        try {
            return generate(new KEMGenerateSpec.Builder(key.pair().publicKey(), SECRET_ALGORITHM, SECRET_BITS)
                    .withNoKdf()
                    .build());
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    /**
     * Recovers the secret from a ciphertext with a fitting key. If the ciphertext is damaged or for another key, the
     * result is a different secret (implicit rejection).
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidCiphertextException, if the ciphertext has the
     *     wrong length for the key
     */
    public byte[] decapsulate(KeyMaterial key, byte[] ciphertext) {
        try {
            return generate(new KEMExtractSpec.Builder(
                                    key.pair().privateKey(), ciphertext, SECRET_ALGORITHM, SECRET_BITS)
                            .withNoKdf()
                            .build())
                    .secret();
        } catch (IllegalArgumentException e) {
            // Bouncy Castle throws this exception if the length is wrong
            throw ErrorType.INVALID_CIPHERTEXT.withoutMessage();
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    private Encapsulated generate(AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(jcaName, CryptoProvider.BOUNCY_CASTLE.provider());
        generator.init(parameters);
        SecretKeyWithEncapsulation generated = (SecretKeyWithEncapsulation) generator.generateKey();
        return new Encapsulated(generated.getEncoded(), generated.getEncapsulation());
    }

    /** A secret, and the ciphertext that only the private key can decapsulate. */
    // no code compares instances of this record
    @SuppressWarnings("ArrayRecordComponent")
    public record Encapsulated(byte[] secret, byte[] ciphertext) {}
}
