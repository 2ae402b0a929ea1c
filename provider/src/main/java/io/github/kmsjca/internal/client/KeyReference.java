package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names a key in requests, and recognizes the key in the answers. Requests keep the name that the user gave, because
 * key policies can require it (condition {@code kms:RequestAlias}). The first accepted answer determines the key. Later
 * answers from another key are refused, because somebody may have moved the alias. Thread-safe.
 */
public final class KeyReference {
    private final KeyId name;

    /** The key ARN from the first accepted answer, or from the name; null before. */
    private volatile @Nullable KeyId arn;

    private volatile boolean stale;

    /** The last text that named this key: the key ARN, or the {@code KeyId} of an answer. Saves parsing it again. */
    private volatile @Nullable String known;

    private KeyReference(KeyId name) {
        this.name = name;
        if (name.isKeyArn()) {
            arn = name;
            known = name.text();
        }
    }

    /** Returns the reference to a key. Unless the name is a key ARN, the first accepted answer determines the key. */
    public static KeyReference of(KeyId name) {
        return new KeyReference(name);
    }

    /** Returns the name that requests use. */
    public KeyId name() {
        return name;
    }

    /** Returns whether a look-up must read the key again: the alias was moved, or the public key may be wrong. */
    public boolean isStale() {
        return stale;
    }

    /**
     * Records that an answer did not fit the public key, so the public key may be wrong. The next look-up then reads
     * the key again.
     */
    public void markStale() {
        stale = true;
    }

    /**
     * Returns the name of this multi-Region key in the given Region. An alias may exist only in its own Region, so for
     * other Regions this method returns the ARN of the replica.
     *
     * @param home the Region of the alias; empty if it is not known
     */
    KeyId inRegion(String region, Optional<String> home) {
        KeyId key = arn;
        if (key == null || !name.isAlias()) {
            return name.inRegion(region);
        }
        boolean isHome = home.or(key::region).filter(region::equals).isPresent();
        return isHome ? name : key.inRegion(region);
    }

    /** Returns whether the key is known to be a multi-Region key. */
    boolean isMultiRegion() {
        KeyId key = arn;
        return key == null ? name.isMultiRegion() : key.isMultiRegion();
    }

    /**
     * Checks that an answer came from this key. A replica of a multi-Region key is the same key. If the alias was moved
     * to another key, marks this key as {@linkplain #isStale stale}.
     *
     * @param answered the {@code KeyId} of the answer
     * @throws KmsException if the answer came from another key
     * @throws BadAnswerException if the answer does not say which key it came from
     */
    void requireSame(@Nullable String answered) {
        if (answered != null && answered.equals(known)) {
            return;
        }
        KeyId key = BadAnswerException.requireKey(answered, "KeyId");
        KeyId accepted = arn;
        if (accepted == null) {
            if (!name.mayName(key)) {
                throw wrongKey(key);
            }
            return;
        }
        if (accepted.isSameKey(key)) {
            known = answered;
            return;
        }
        if (!name.isAlias()) {
            throw wrongKey(key);
        }
        stale = true;
        throw movedAlias(key, accepted);
    }

    private KmsException wrongKey(KeyId answered) {
        return KmsErrors.unusable("KMS returned key " + ForeignText.of(answered) + " instead of key " + name
                + "; check the endpoint and the proxies on the way to it");
    }

    private KmsException movedAlias(KeyId answered, KeyId accepted) {
        return KmsErrors.unusable(name + " now points to key " + ForeignText.of(answered) + " instead of " + accepted
                + ", so the answer was rejected; get the key from the KeyStore again");
    }

    /**
     * Records the key that an answer came from. Call this last, after all other checks of the answer. Later answers
     * must come from the same key.
     *
     * @param answered the {@code KeyId} of the answer
     * @throws KmsException if the name cannot mean this key, or an answer from another key was accepted before
     */
    public void accept(String answered) {
        requireSame(answered);
        if (arn == null) {
            acceptFirst(KeyId.parse(answered));
            // another thread may have accepted an answer from another key
            requireSame(answered);
        }
    }

    private synchronized void acceptFirst(KeyId key) {
        // a server that imitates KMS may return a key id, which does not identify the key, because it names no account
        if (arn == null && key.isKeyArn()) {
            arn = key;
            known = key.text();
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
