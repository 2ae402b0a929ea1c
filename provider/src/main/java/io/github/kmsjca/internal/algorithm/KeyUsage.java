package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a key in KMS is for: one thing, as it was made. Constants are spelled as the service spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html">KMS API CreateKey, KeyUsage</a>
 */
public enum KeyUsage {
    SIGN_VERIFY("Signature", "sign"),
    ENCRYPT_DECRYPT("Cipher", "decrypt"),
    KEY_AGREEMENT("KeyAgreement", "agree on secrets"),
    ENCAPSULATE_DECAPSULATE("KEM", "decapsulate"),
    GENERATE_VERIFY_MAC("Mac", "make MACs");

    private final String service;
    private final String verb;

    KeyUsage(String service, String verb) {
        this.service = service;
        this.verb = verb;
    }

    /** Returns the usage that the service calls {@code name}, or empty for one that this version does not know. */
    public static Optional<KeyUsage> named(String name) {
        return Arrays.stream(values())
                .filter(usage -> usage.name().equals(name))
                .findFirst();
    }

    /** Returns the type of the JCA services that such keys are for. */
    public String service() {
        return service;
    }

    /** Returns what to do where such a key is needed, for error texts. */
    public String remedy() {
        return "name a key whose key usage is " + this;
    }

    /** Returns what such a key can do, as a verb for error texts. */
    public String verb() {
        return verb;
    }
}
