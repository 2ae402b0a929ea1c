package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a KMS key was created for. A key has exactly one usage. Constants are spelled as KMS spells them.
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

    /** Returns the usage with the given KMS name; empty if this version does not know the name. */
    public static Optional<KeyUsage> named(String name) {
        return Arrays.stream(values())
                .filter(usage -> usage.name().equals(name))
                .findFirst();
    }

    /** Returns the type of JCA service for this usage. One Cipher also signs: {@link CipherAlgorithm#SIGNING}. */
    public String service() {
        return service;
    }

    /** Returns advice for a key that has a different usage, for error texts. */
    public String remedy() {
        return "name a key whose key usage is " + this;
    }

    /** Returns what keys with this usage do, as a verb for error texts. */
    public String verb() {
        return verb;
    }
}
