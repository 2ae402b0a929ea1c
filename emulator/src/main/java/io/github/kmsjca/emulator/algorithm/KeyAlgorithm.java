package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.wire.ErrorType;

/** A row of a table of algorithms. Each algorithm fits some key specs. A fitting key is a key of such a spec. */
interface KeyAlgorithm {

    /** Returns the name as KMS spells it. */
    String name();

    /** Returns whether keys of the given spec can be used with this algorithm. */
    boolean fits(KeySpec spec);

    /**
     * Checks that keys of the given spec can be used with this algorithm.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidKeyUsageException, if they cannot
     */
    default void requireFit(KeySpec spec) {
        if (!fits(spec)) {
            throw ErrorType.INVALID_KEY_USAGE.with(
                    "Algorithm " + name() + " is incompatible with key spec " + spec + ".");
        }
    }
}
