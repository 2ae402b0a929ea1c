package io.github.kmsjca.internal.keystore;

import org.jspecify.annotations.Nullable;

/**
 * Infers from the order of a caller's questions what it is doing, which the KeyStore contract does not say.
 *
 * <table>
 * <caption>What the tools of the JDK ask, in this order</caption>
 * <tr><th>Tool</th><th>Questions</th><th>Intent</th></tr>
 * <tr><td>{@code keytool -list}</td><td>size, aliases; of each: containsAlias, entryInstanceOf, chain</td>
 *     <td>{@link Intent#LIST}</td></tr>
 * <tr><td>{@code jarsigner}</td><td>certificate of every alias, without containsAlias</td><td>{@link Intent#SCAN}</td></tr>
 * <tr><td>{@code jarsigner}, then</td><td>chain and key of the alias that signs</td><td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -exportcert}</td><td>containsAlias, certificate</td><td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -certreq}, {@code -gencert}</td><td>containsAlias, key, certificate</td>
 *     <td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>JSSE ({@code SunX509}, {@code PKIX})</td><td>of every alias: isKeyEntry, key, chain</td>
 *     <td>{@link Intent#TRY}</td></tr>
 * </table>
 *
 * <p>To know the certificate of a discovered key its public key is needed, which costs a call. So it matters: a caller
 * that wants one entry gets it, or the reason why not; one that lists thousands must not pay a call for each; and one that
 * looks for any key that will do must not fail for one that will not.
 *
 * <p>The questions of one thread belong together. They end when a key or an entry has been asked for. Thread-safe.
 */
final class CallerIntent {
    private final ThreadLocal<Questions> questions = ThreadLocal.withInitial(Questions::new);

    /** What a caller is doing. */
    enum Intent {
        /** It lists all entries: no call for each. */
        LIST,
        /** It looks for the entry of a certificate: no call for each. */
        SCAN,
        /** It tries all entries and takes what can be used. */
        TRY,
        /** It wants this entry. */
        LOOK_UP
    }

    /** The last question of each kind that a thread has asked. */
    private static final class Questions {
        private boolean size;
        private boolean aliases;
        private @Nullable String contains;
        private @Nullable String entryType;
        private @Nullable String isKey;
        private @Nullable String triedKey;

        private boolean isListing() {
            return size && aliases;
        }
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

    /** Forgets all questions, since the key of an entry was asked for: its caller looks for the certificate next. */
    void endWithKey(String alias) {
        boolean tried = ofKey(alias) == Intent.TRY;
        end();
        if (tried) {
            questions.get().triedKey = alias;
        } else {
            noteContains(alias);
        }
    }

    /** Forgets all questions, since an entry was asked for. */
    void end() {
        questions.remove();
    }

    /** Returns why the existence or the type of an entry is asked for. */
    Intent ofType() {
        return questions.get().isListing() ? Intent.LIST : Intent.LOOK_UP;
    }

    /** Returns why the key of an entry is asked for. */
    Intent ofKey(String alias) {
        return alias.equals(questions.get().isKey) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the chain of an entry is asked for; SunX509 asks for it after the key. */
    Intent ofChain(String alias) {
        Questions asked = questions.get();
        if (asked.isListing() && alias.equals(asked.contains) && alias.equals(asked.entryType)) {
            return Intent.LIST;
        }
        return alias.equals(asked.isKey) || alias.equals(asked.triedKey) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the certificate of an entry is asked for. */
    Intent ofCertificate(String alias) {
        Questions asked = questions.get();
        return !asked.isListing() && alias.equals(asked.contains) ? Intent.LOOK_UP : Intent.SCAN;
    }
}
