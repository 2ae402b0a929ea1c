package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Names a key in requests, and recognizes the key in the answers. Requests keep the name that the user gave, because key
 * policies can require it (condition {@code kms:RequestAlias}). An alias can be moved to another key, so an answer from
 * another key than the first one is refused. Thread-safe.
 */
public final class KeyReference {
    private final KeyId name;
    private volatile @Nullable KeyId arn;
    private volatile boolean moved;

    private KeyReference(KeyId name, @Nullable KeyId arn) {
        this.name = name;
        this.arn = arn;
    }

    /** Returns the reference to a key that KMS has not answered for yet. The first answer determines the key. */
    public static KeyReference of(KeyId name) {
        return new KeyReference(name, name.isKeyArn() ? name : null);
    }

    /** Returns the reference to a key whose ARN KMS has returned. */
    public static KeyReference of(KeyId name, KeyId arn) {
        return new KeyReference(name, arn);
    }

    /** Returns the name that requests use. */
    public KeyId name() {
        return name;
    }

    /** Returns whether KMS has answered for another key, because the alias was moved. This reference is then useless. */
    public boolean isMoved() {
        return moved;
    }

    /**
     * Returns the name of a multi-Region key in a Region. Other Regions than that of the alias may not have the alias,
     * so there it is the ARN of the replica.
     */
    KeyId inRegion(String region) {
        KeyId known = arn;
        if (known == null || !name.isAlias()) {
            return name.inRegion(region);
        }
        return known.region().filter(region::equals).isPresent() ? name : known.inRegion(region);
    }

    /** Returns whether the key is known to be a multi-Region key. */
    boolean isMultiRegion() {
        KeyId known = arn;
        return known == null ? name.isMultiRegion() : known.isMultiRegion();
    }

    /**
     * Checks that an answer came from this key. A replica of a multi-Region key is the same key.
     *
     * @param answered the {@code KeyId} of the answer
     * @throws KmsException if it came from another key
     * @throws BadAnswerException if the answer does not say which key it came from
     */
    void requireSame(@Nullable String answered) {
        KeyId known = arn;
        if (known == null || !known.text().equals(answered)) {
            compare(BadAnswerException.requireKey(answered, "KeyId"));
        }
    }

    private synchronized void compare(KeyId answered) {
        KeyId known = arn;
        if (known == null && (name.isAlias() || name.isSameKey(answered))) {
            arn = answered;
        } else if (!(known == null ? name : known).isSameKey(answered)) {
            moved = name.isAlias();
            throw KmsErrors.unusable(
                    moved
                            ? name + " now points to key " + answered + " instead of " + known
                                    + ", so the answer was rejected; get the key from the KeyStore again"
                            : "KMS returned key " + answered + " instead of key " + name
                                    + "; check the endpoint and the proxies on the way to it");
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
