package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.EmulatorBug;
import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** The table of MAC algorithms, one for each HMAC key spec (KMS API {@code GenerateMac}; RFC 2104). */
public enum MacAlgorithm implements KeyAlgorithm {
    HMAC_SHA_224(KeySpec.HMAC_224, "HmacSHA224"),
    HMAC_SHA_256(KeySpec.HMAC_256, "HmacSHA256"),
    HMAC_SHA_384(KeySpec.HMAC_384, "HmacSHA384"),
    HMAC_SHA_512(KeySpec.HMAC_512, "HmacSHA512");

    private final KeySpec spec;
    private final String jcaName;

    MacAlgorithm(KeySpec spec, String jcaName) {
        this.spec = spec;
        this.jcaName = jcaName;
    }

    @Override
    public boolean fits(KeySpec keySpec) {
        return keySpec == spec;
    }

    /** Returns the MAC of a message with a fitting key. */
    public byte[] compute(KeyMaterial key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(jcaName, CryptoProvider.JDK_JCE.provider());
            mac.init(key.secret());
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }
}
