package io.github.kmsjca.emulator.account;

/** Whether a key is one of several that share an id and key material, each in its Region. */
public enum KeyScope {
    SINGLE_REGION,

    /** The key of several Regions that the others are copied from. */
    PRIMARY,

    REPLICA;

    /** Returns whether there can be keys of the same id in other Regions. */
    public boolean isMultiRegion() {
        return this != SINGLE_REGION;
    }
}
