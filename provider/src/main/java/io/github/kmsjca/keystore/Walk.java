package io.github.kmsjca.keystore;

import org.jspecify.annotations.Nullable;

/**
 * Tells a caller who walks through all entries from one who wants an entry, as far as the KeyStore contract shows it.
 *
 * <p>To know the certificate of a discovered key its public key is needed, which costs a call. Who wants one entry gets
 * it, or the reason why not; who lists thousands must not pay a call for each, and who looks for any key that will do
 * must not fail for one that will not. The JDK's tools ask in these ways: {@code keytool -list} for the size, for all
 * aliases, and then of each alias whether it exists, of which kind it is, and for its chain; {@code jarsigner} for the
 * certificate of every alias, which it did not look up before, and then for the chain of the one that signs;
 * {@code keytool -exportcert} for whether an alias exists and then for its certificate, {@code -certreq} and
 * {@code -gencert} for the key in between; JSSE of every alias for whether it is a key, and then for key and chain.
 *
 * <p>Questions of one thread are one walk. It ends when a key or an entry has been asked for. Thread-safe.
 */
final class Walk {
    private final ThreadLocal<Questions> questions = ThreadLocal.withInitial(Questions::new);

    /** The last question of each kind that a thread has asked. */
    private static final class Questions {
        private boolean size;
        private boolean aliases;
        private @Nullable String contains;
        private @Nullable String entryType;
        private @Nullable String isKey;
        private @Nullable String triedKey;
    }

    void noteSize() {
        end();
        questions.get().size = true;
    }

    void noteAliases() {
        questions.get().aliases = true;
    }

    void noteContains(String alias) {
        questions.get().contains = alias;
    }

    void noteEntryType(String alias) {
        questions.get().entryType = alias;
    }

    void noteIsKey(String alias) {
        questions.get().isKey = alias;
    }

    /** Forgets all questions, since the key of an entry was asked for: who has it looks for its certificate next. */
    void endWithKey(String alias) {
        boolean trial = isTrial(alias);
        end();
        if (trial) {
            questions.get().triedKey = alias;
        } else {
            noteContains(alias);
        }
    }

    /** Forgets all questions, since an entry was asked for. */
    void end() {
        questions.remove();
    }

    /** Returns whether the chain of an entry is wanted for a list of all. */
    boolean isListing(String alias) {
        Questions asked = questions.get();
        return isListing() && alias.equals(asked.contains) && alias.equals(asked.entryType);
    }

    /** Returns whether something about an entry is wanted for a list of all. */
    boolean isListing() {
        Questions asked = questions.get();
        return asked.size && asked.aliases;
    }

    /** Returns whether the certificate of an entry is wanted for itself. */
    boolean isLookup(String alias) {
        Questions asked = questions.get();
        return !isListing() && alias.equals(asked.contains);
    }

    /** Returns whether the key of an entry is wanted only if it can be had. */
    boolean isTrial(String alias) {
        return alias.equals(questions.get().isKey);
    }

    /** Returns whether the chain of an entry is wanted only if it can be had: SunX509 asks for it after the key. */
    boolean isTrialOfChain(String alias) {
        return isTrial(alias) || alias.equals(questions.get().triedKey);
    }
}
