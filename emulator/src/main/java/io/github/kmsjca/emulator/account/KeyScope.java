package io.github.kmsjca.emulator.account;

/**
 * Whether a key is a multi-Region key. A multi-Region key consists of a primary key and of replicas in other Regions.
 * The replicas share the key id and the key material of the primary key.
 */
public enum KeyScope {
    SINGLE_REGION,

    /** The multi-Region key that the replicas are copied from. */
    PRIMARY,

    REPLICA;

    /**
     * Returns whether a key of this scope is a primary key or a replica, so that other Regions can have the same key
     * id.
     */
    public boolean isMultiRegion() {
        return this != SINGLE_REGION;
    }
}
