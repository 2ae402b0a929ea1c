package io.github.kmsjca.internal.keystore;

import org.jspecify.annotations.Nullable;

/**
 * Infers what a caller wants from the order of its questions. The KeyStore API does not say it.
 *
 * <table>
 * <caption>The questions that the JDK tools ask, in this order</caption>
 * <tr><th>Tool</th><th>Questions</th><th>Intent</th></tr>
 * <tr><td>{@code keytool -list}</td><td>size, aliases; for each alias: containsAlias, entryInstanceOf, chain</td>
 *     <td>{@link Intent#LIST}</td></tr>
 * <tr><td>{@code jarsigner}</td><td>certificate of every alias, without containsAlias</td><td>{@link Intent#SCAN}</td></tr>
 * <tr><td>{@code jarsigner}, later</td><td>chain and key of the alias that signs</td><td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -exportcert}</td><td>containsAlias, certificate</td><td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -certreq}, {@code -gencert}</td><td>containsAlias, key, certificate</td>
 *     <td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>JSSE ({@code SunX509}, {@code PKIX})</td><td>for every alias: isKeyEntry, key, chain</td>
 *     <td>{@link Intent#TRY}</td></tr>
 * </table>
 *
 * <p>The intent matters because the certificate of a discovered key is found by its public key, which costs a KMS call.
 * A caller that wants one entry gets it, or an error. A caller that lists thousands of entries must not pay a call for
 * each. A caller that looks for any suitable key must not fail because of one unsuitable key.
 *
 * <p>The questions of one thread form a sequence, which ends when the caller requests a key or an entry. Thread-safe.
 */
final class CallerIntent {
    private final ThreadLocal<Questions> questions = ThreadLocal.withInitial(Questions::new);

    /** What a caller is doing. */
    enum Intent {
        /** It lists all entries. No KMS call for each entry. */
        LIST,
        /** It looks for the entry that has a certificate. No KMS call for each entry. */
        SCAN,
        /** It tries all entries and skips those that cannot be used. */
        TRY,
        /** It wants this one entry. */
        LOOK_UP
    }

    /** The last question of each kind that a thread asked. */
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

    /** Forgets all questions, because the caller requested a key. It requests the certificate next. */
    void endWithKey(String alias) {
        boolean tried = ofKey(alias) == Intent.TRY;
        end();
        if (tried) {
            questions.get().triedKey = alias;
        } else {
            noteContains(alias);
        }
    }

    /** Forgets all questions, because the caller requested an entry. */
    void end() {
        questions.remove();
    }

    /** Returns why the caller asks for the existence or type of an entry. */
    Intent ofType() {
        return questions.get().isListing() ? Intent.LIST : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for the key of an entry. */
    Intent ofKey(String alias) {
        return alias.equals(questions.get().isKey) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for the chain of an entry. SunX509 asks for it after the key. */
    Intent ofChain(String alias) {
        Questions asked = questions.get();
        if (asked.isListing() && alias.equals(asked.contains) && alias.equals(asked.entryType)) {
            return Intent.LIST;
        }
        return alias.equals(asked.isKey) || alias.equals(asked.triedKey) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for the certificate of an entry. */
    Intent ofCertificate(String alias) {
        Questions asked = questions.get();
        return !asked.isListing() && alias.equals(asked.contains) ? Intent.LOOK_UP : Intent.SCAN;
    }
}
