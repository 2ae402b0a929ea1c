package io.github.kmsjca.keystore;

import org.jspecify.annotations.Nullable;

/**
 * Tells a caller who walks through all entries from one who wants an entry, as far as the KeyStore contract shows it.
 *
 * <p>To know the certificate of a discovered key its public key is needed, which costs a call. Who wants one entry gets
 * it; who lists thousands must not pay a call for each. The JDK's tools ask in these ways: {@code keytool -list} for the
 * size and then everything of every alias; {@code jarsigner} for the certificate of every alias, which it did not look
 * up before, and then for the chain of the one that signs; {@code keytool -certreq}, {@code -gencert} and
 * {@code -exportcert} for whether an alias exists and then for its certificate; JSSE for the chain of every alias, which
 * it needs. So the chain is answered from what is known after the size and then the kind of this entry was asked, and the
 * certificate also for an alias that was not looked up just before.
 */
final class Walk {
    private volatile boolean counted;
    private volatile @Nullable String named;
    private volatile @Nullable String sorted;

    /** Notes that the size was asked. */
    void counted() {
        counted = true;
    }

    /** Notes that it was asked whether an alias exists. */
    void named(String alias) {
        named = alias;
    }

    /** Notes that it was asked of which kind an entry is. */
    void sorted(String alias) {
        sorted = alias;
    }

    /** Returns whether the chain of an entry is wanted for a list of all. */
    boolean isListing(String alias) {
        return counted && alias.equals(sorted);
    }

    /** Returns whether the certificate of an entry is wanted for itself. */
    boolean isNamed(String alias) {
        return !counted && alias.equals(named);
    }
}
