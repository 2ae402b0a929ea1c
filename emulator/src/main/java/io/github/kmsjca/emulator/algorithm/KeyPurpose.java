package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.util.Arrays;
import java.util.List;

/** The key spec and key usage of a key. */
public record KeyPurpose(KeySpec spec, KeyUsage usage) {

    /**
     * Checks that keys of this spec can have this usage.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if they cannot
     */
    public KeyPurpose {
        if (!spec.usages().contains(usage)) {
            throw ErrorType.VALIDATION.with("KeyUsage " + usage + " is not compatible with KeySpec " + spec);
        }
    }

    /** Returns the names of the algorithms for keys of this spec and usage, in alphabetical order. */
    public List<String> algorithms() {
        return Arrays.stream(table())
                .filter(row -> row.fits(spec))
                .map(KeyAlgorithm::name)
                .sorted()
                .toList();
    }

    private KeyAlgorithm[] table() {
        return switch (usage) {
            case ENCAPSULATE_DECAPSULATE -> EncapsulationAlgorithm.values();
            case ENCRYPT_DECRYPT -> EncryptionAlgorithm.values();
            case GENERATE_VERIFY_MAC -> MacAlgorithm.values();
            case KEY_AGREEMENT -> KeyAgreementAlgorithm.values();
            case SIGN_VERIFY -> SigningAlgorithm.values();
        };
    }

    /**
     * Returns whether an alias can move from a key of this purpose to a key of the other purpose (KMS API
     * {@code UpdateAlias}).
     */
    public boolean isInterchangeableWith(KeyPurpose other) {
        return usage == other.usage
                && spec.kind().isAsymmetric() == other.spec.kind().isAsymmetric();
    }
}
