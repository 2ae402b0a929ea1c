package io.github.kmsjca.emulator.key;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;

/** The table of MAC algorithms, one for each key spec (KMS API {@code GenerateMac}; RFC 2104). */
public enum MacAlgorithm {
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

    static List<String> namesFor(KeySpec spec) {
        return Arrays.stream(values())
                .filter(row -> row.spec == spec)
                .map(Enum::name)
                .toList();
    }

    /**
     * Checks that keys of a spec are for this algorithm.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidKeyUsageException, if they are not
     */
    public void requireFit(KeySpec key) {
        if (key != spec) {
            throw ErrorType.INVALID_KEY_USAGE.with(
                    "Algorithm " + name() + " is incompatible with key spec " + key + ".");
        }
    }

    /** Returns the MAC of a message by a key that fits. */
    public byte[] of(KmsKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(jcaName, CryptoProvider.JDK_JCE.provider());
            mac.init(key.secret());
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }
}
