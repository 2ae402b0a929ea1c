package io.github.kmsjca.keystore;

import org.jspecify.annotations.Nullable;

/**
 * Tells a caller who walks through all entries from one who wants an entry, as far as the KeyStore contract shows it.
 *
 * <p>To know the certificate of a discovered key its public key is needed, which costs a call. Who wants one entry gets
 * it, or the reason why not; who lists thousands must not pay a call for each, and who looks for any key that will do
 * must not fail for one that will not. The JDK's tools ask in these ways: {@code keytool -list} for the size and then
 * everything of every alias; {@code jarsigner} for the certificate of every alias, which it did not look up before, and
 * then for the chain of the one that signs; {@code keytool -certreq}, {@code -gencert} and {@code -exportcert} for
 * whether an alias exists and then for its certificate; JSSE of every alias for whether it is a key, and then for key and
 * chain.
 *
 * <p>Questions of one thread are one walk. It ends when a key or an entry has been asked for. Thread-safe.
 */
final class Walk {
    private volatile Steps steps = Steps.none();

    /** The last questions of a thread: whether the size was asked, and each kind of question with its alias. */
    private record Steps(
            long thread,
            boolean counted,
            @Nullable String named,
            @Nullable String sorted,
            @Nullable String tried) {

        static Steps none() {
            return new Steps(Thread.currentThread().getId(), false, null, null, null);
        }
    }

    private Steps mine() {
        Steps now = steps;
        return now.thread == Thread.currentThread().getId() ? now : Steps.none();
    }

    /** Notes that the size was asked. */
    void counted() {
        Steps now = mine();
        steps = new Steps(now.thread, true, now.named, now.sorted, now.tried);
    }

    /** Notes that it was asked whether an alias exists. */
    void named(String alias) {
        Steps now = mine();
        steps = new Steps(now.thread, now.counted, alias, now.sorted, now.tried);
    }

    /** Notes that it was asked of which kind an entry is. */
    void sorted(String alias) {
        Steps now = mine();
        steps = new Steps(now.thread, now.counted, now.named, alias, now.tried);
    }

    /** Notes that it was asked whether an entry is a key. */
    void tried(String alias) {
        Steps now = mine();
        steps = new Steps(now.thread, now.counted, now.named, now.sorted, alias);
    }

    /** Notes that a key or an entry was asked for. */
    void ended() {
        steps = Steps.none();
    }

    /** Returns whether the chain of an entry is wanted for a list of all. */
    boolean isListing(String alias) {
        Steps now = mine();
        return now.counted && alias.equals(now.sorted);
    }

    /** Returns whether the certificate of an entry is wanted for itself. */
    boolean isNamed(String alias) {
        Steps now = mine();
        return !now.counted && alias.equals(now.named);
    }

    /** Returns whether key and chain of an entry are wanted only if they can be had. */
    boolean isTried(String alias) {
        return alias.equals(mine().tried);
    }
}
