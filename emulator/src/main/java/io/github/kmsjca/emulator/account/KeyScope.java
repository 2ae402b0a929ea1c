package io.github.kmsjca.emulator.account;

/** Whether a key is a multi-Region key. The keys of several Regions then share a key id and key material. */
public enum KeyScope {
    SINGLE_REGION,

    /** The multi-Region key that the replicas are copied from. */
    PRIMARY,

    REPLICA;

    /** Returns whether other Regions can have a key with the same key id. */
    public boolean isMultiRegion() {
        return this != SINGLE_REGION;
    }
}
