package io.github.kmsjca.internal.keystore;

import java.util.HashMap;
import java.util.Map;

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
    /**
     * By kind of question the last alias that a thread has asked about. Only types of the JDK: threads of a pool outlive
     * this library's class loader, and would keep it from being collected.
     */
    private final ThreadLocal<Map<String, String>> questions = ThreadLocal.withInitial(HashMap::new);

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

    private static final String SIZE = "size";
    private static final String ALIASES = "aliases";
    private static final String CONTAINS = "containsAlias";
    private static final String ENTRY_TYPE = "entryInstanceOf";
    private static final String IS_KEY = "isKeyEntry";
    private static final String TRIED_KEY = "getKey after isKeyEntry";

    void noteSize() {
        end();
        note(SIZE, "");
    }

    void noteAliases() {
        note(ALIASES, "");
    }

    void noteContains(String alias) {
        note(CONTAINS, alias);
    }

    void noteEntryType(String alias) {
        note(ENTRY_TYPE, alias);
    }

    void noteIsKey(String alias) {
        note(IS_KEY, alias);
    }

    private void note(String question, String alias) {
        questions.get().put(question, alias);
    }

    private boolean hasAsked(String question, String alias) {
        return alias.equals(questions.get().get(question));
    }

    private boolean isListing() {
        return hasAsked(SIZE, "") && hasAsked(ALIASES, "");
    }

    /** Forgets all questions, since the key of an entry was asked for: its caller looks for the certificate next. */
    void endWithKey(String alias) {
        boolean tried = ofKey(alias) == Intent.TRY;
        end();
        note(tried ? TRIED_KEY : CONTAINS, alias);
    }

    /** Forgets all questions, since an entry was asked for. */
    void end() {
        questions.remove();
    }

    /** Returns why the existence or the type of an entry is asked for. */
    Intent ofType() {
        return isListing() ? Intent.LIST : Intent.LOOK_UP;
    }

    /** Returns why the key of an entry is asked for. */
    Intent ofKey(String alias) {
        return hasAsked(IS_KEY, alias) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the chain of an entry is asked for; SunX509 asks for it after the key. */
    Intent ofChain(String alias) {
        if (isListing() && hasAsked(CONTAINS, alias) && hasAsked(ENTRY_TYPE, alias)) {
            return Intent.LIST;
        }
        return hasAsked(IS_KEY, alias) || hasAsked(TRIED_KEY, alias) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the certificate of an entry is asked for. */
    Intent ofCertificate(String alias) {
        return !isListing() && hasAsked(CONTAINS, alias) ? Intent.LOOK_UP : Intent.SCAN;
    }
}
