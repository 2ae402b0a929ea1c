package io.github.kmsjca.internal.keystore;

import java.util.HashMap;
import java.util.Map;

/**
 * Infers what a caller wants from the order of its questions, which are calls of KeyStore methods. The KeyStore API
 * does not say what a caller wants.
 *
 * <table>
 * <caption>The questions that the JDK tools ask, in this order</caption>
 * <tr><th>Tool</th><th>Questions</th><th>Intent</th></tr>
 * <tr><td>{@code keytool -list}</td><td>size, aliases; for each alias: containsAlias, entryInstanceOf, chain</td>
 *     <td>{@link Intent#LIST}</td></tr>
 * <tr><td>{@code jarsigner}</td><td>certificate of every alias, without containsAlias</td>
 *     <td>{@link Intent#SCAN}</td></tr>
 * <tr><td>{@code jarsigner}, later</td><td>chain and key of the alias that signs</td>
 *     <td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -exportcert}</td><td>containsAlias, certificate</td><td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -certreq}</td><td>containsAlias, entryInstanceOf, key, certificate</td>
 *     <td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>{@code keytool -gencert}</td><td>containsAlias, certificate, entryInstanceOf, key, chain</td>
 *     <td>{@link Intent#LOOK_UP}</td></tr>
 * <tr><td>JSSE, {@code SunX509}</td><td>for every alias: isKeyEntry, key, chain</td>
 *     <td>{@link Intent#TRY}</td></tr>
 * <tr><td>JSSE, {@code PKIX}</td><td>for every alias: isKeyEntry, chain; then entry of the alias that it chooses</td>
 *     <td>{@link Intent#TRY}</td></tr>
 * </table>
 *
 * <p>The intent matters because the certificate of a discovered key is found by its public key, which costs a KMS call.
 * A caller that wants one entry gets it, or an error. But getCertificate alone counts as {@link Intent#SCAN}, and may
 * return null. A caller that lists thousands of entries must not cause a KMS call for each entry. A caller that looks
 * for any suitable key must not fail because of one unsuitable key.
 *
 * <p>The questions of one thread form a sequence. The question for the size begins a new sequence. A request for a key
 * or an entry ends the sequence. Thread-safe.
 */
final class CallerIntent {
    /**
     * For each kind of question, the last alias that a thread asked about. The map holds only types of the JDK: the
     * threads of a pool outlive the class loader of this library, and types of the library would keep the class loader
     * in memory.
     */
    private final ThreadLocal<Map<String, String>> questions = ThreadLocal.withInitial(HashMap::new);

    /** What a caller is doing. */
    enum Intent {
        /** The caller lists all entries. If there may be very many, this must not cause a KMS call for each entry. */
        LIST,
        /** The caller reads the certificates of all entries, which must not cause a KMS call for each entry. */
        SCAN,
        /** The caller tries all entries and skips those that cannot be used. */
        TRY,
        /** The caller wants this one entry. */
        LOOK_UP
    }

    private static final String SIZE = "size";
    private static final String ALIASES = "aliases";
    private static final String CONTAINS = "containsAlias";
    private static final String ENTRY_TYPE = "entryInstanceOf";
    private static final String IS_KEY = "isKeyEntry";

    /** Noted by {@link #endWithKey} after the questions isKeyEntry and getKey. */
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

    /**
     * Ends the sequence, because the caller requested a key. The next question may be for the certificate or chain of
     * the same alias. For that question, this method notes that the caller tries this alias or, as after containsAlias,
     * that it wants this alias.
     */
    void endWithKey(String alias) {
        boolean wasTried = ofKey(alias) == Intent.TRY;
        end();
        note(wasTried ? TRIED_KEY : CONTAINS, alias);
    }

    /** Ends the sequence: forgets all questions of this thread. */
    void end() {
        questions.remove();
    }

    /** Returns why the caller asks for the existence or type of an entry. */
    Intent ofType() {
        return isListing() ? Intent.LIST : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for the key of an entry. */
    Intent ofKey(String alias) {
        return hasAsked(IS_KEY, alias) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for the chain of an entry. SunX509 asks for the key first, and PKIX does not. */
    Intent ofChain(String alias) {
        if (isListing() && hasAsked(CONTAINS, alias) && hasAsked(ENTRY_TYPE, alias)) {
            return Intent.LIST;
        }
        return hasAsked(IS_KEY, alias) || hasAsked(TRIED_KEY, alias) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for an entry. PKIX first calls isKeyEntry for all entries. */
    Intent ofEntry() {
        return questions.get().containsKey(IS_KEY) ? Intent.TRY : Intent.LOOK_UP;
    }

    /** Returns why the caller asks for the certificate of an entry. */
    Intent ofCertificate(String alias) {
        return !isListing() && hasAsked(CONTAINS, alias) ? Intent.LOOK_UP : Intent.SCAN;
    }
}
