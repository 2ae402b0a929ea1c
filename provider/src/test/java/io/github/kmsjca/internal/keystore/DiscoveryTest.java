package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a KeyStore that {@code -keystore NONE} loads from an account with 250 aliases. */
class DiscoveryTest {
    @AutoClose
    private static final Account ACCOUNT = Account.open();

    private static final String RELEASE = ACCOUNT.emulator().createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
    private static final String RELEASE_ID = RELEASE.substring(RELEASE.indexOf('/') + 1);
    private static final String RELEASE_ALIAS_ARN = "arn:aws:kms:us-east-1:111122223333:alias/release";
    private static final String OTHER_KEY = ACCOUNT.emulator().createKey("ECC_NIST_P256");
    private static final int OTHER_ALIASES = 249;
    private static final PublicKey PUBLIC_KEY = TestKms.publicKey(TestKms.key(ACCOUNT.provider(), RELEASE));

    static {
        ACCOUNT.emulator()
                .createAliases(
                        IntStream.range(0, OTHER_ALIASES)
                                .mapToObj(i -> "alias/other/" + i)
                                .toList(),
                        OTHER_KEY);
    }

    @TempDir
    private Path folder;

    @BeforeEach
    void reset() {
        ACCOUNT.reset();
    }

    @Test
    void aliases_threePages_requestNoKey() throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery();
        List<String> aliases = Collections.list(store.aliases());
        assertEquals(OTHER_ALIASES + 1, aliases.size());
        assertTrue(aliases.contains("alias/release"));
        assertEquals(List.of("ListAliases", "ListAliases", "ListAliases"), ACCOUNT.operations());
    }

    /** The list may change between two pages. */
    @Test
    void aliases_sameAliasOnTwoPages_isListedOnce() throws KeyStoreException {
        ACCOUNT.emulator()
                .faults()
                .add(Fault.on("ListAliases").rewrite(page -> page.replace("alias/other/0\"", "alias/other/99\"")));
        List<String> aliases = Collections.list(ACCOUNT.discovery().aliases());
        assertEquals(1, Collections.frequency(aliases, "alias/other/99"));
        assertFalse(aliases.contains("alias/other/0"));
    }

    @Test
    void chain_misspeltAlias_suggestsTheNearestAliasThatIsListedOrSet() throws KeyStoreException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates());
        String beforeListing = failure(store, "alias/relaese");
        assertFalse(beforeListing.contains("did you mean"), beforeListing);
        store.aliases();
        String afterListing = failure(store, "alias/releas");
        assertTrue(afterListing.contains("; did you mean alias/release? [request id "), afterListing);
        String inSettings = failure(ACCOUNT.discovery(certificates(), "keys=alias/release,alias/r*"), "alias/relase");
        assertTrue(inSettings.contains("; did you mean alias/release? [request id "), inSettings);
    }

    private static String failure(KeyStore store, String alias) {
        return String.valueOf(assertThrows(KmsException.class, () -> store.getCertificateChain(alias))
                .getMessage());
    }

    @Test
    void aliases_loadedAgain_areNotListedAgain() throws KeyStoreException {
        Provider provider = ACCOUNT.provider();
        TestKms.discovery(provider).aliases();
        ACCOUNT.emulator().requests().clear();
        assertEquals(OTHER_ALIASES + 1, TestKms.discovery(provider).size());
        assertEquals(List.of(), ACCOUNT.operations());
    }

    @Test
    void aliases_afterAFailure_areRequestedAgain() throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery();
        ACCOUNT.emulator().faults().add(Fault.on("ListAliases").accessDenied());
        assertThrows(KmsException.class, store::aliases);
        assertEquals(OTHER_ALIASES + 1, store.size());
    }

    @Test
    void aliases_secondPageFails_throws() {
        KeyStore store = ACCOUNT.discovery();
        // each fault is for one request, and the first one changes nothing, so that the first page arrives
        ACCOUNT.emulator()
                .faults()
                .add(Fault.on("ListAliases").rewrite(body -> body))
                .add(Fault.on("ListAliases").accessDenied());
        assertThrows(KmsException.class, store::aliases);
    }

    @Test
    void aliases_withoutTargetOrOfAws_areNotEntries() throws KeyStoreException {
        ACCOUNT.emulator()
                .faults()
                .add(Fault.on("ListAliases")
                        .rewrite(body -> "{\"Truncated\":false,\"Aliases\":[{\"AliasName\":\"alias/aws/s3\"},"
                                + "{\"AliasName\":\"alias/aws/rds\",\"TargetKeyId\":\"" + RELEASE_ID + "\"},"
                                + "{\"AliasName\":\"alias/release\",\"TargetKeyId\":\"" + RELEASE_ID + "\"}]}"));
        KeyStore store = ACCOUNT.discovery();
        assertEquals(List.of("alias/release"), Collections.list(store.aliases()));
        // the rewritten answer contains no date
        assertNull(store.getCreationDate("alias/release"));
    }

    @Test
    void getKey_oneAlias_needsNoList() throws GeneralSecurityException {
        assertEquals(RELEASE, keyId(ACCOUNT.discovery(), "alias/release"));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    @Test
    void containsAlias_everyFormOfAKeyIdentifier_isTrue() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        for (String form : List.of(RELEASE, RELEASE_ID, "alias/release", RELEASE_ALIAS_ARN)) {
            assertTrue(store.containsAlias(form));
            assertTrue(store.isKeyEntry(form));
            assertEquals(RELEASE, keyId(store, form));
        }
    }

    @Test
    void containsAlias_unknownMultiRegionKeyId_isFalseAndCostsOneRequest() throws GeneralSecurityException {
        String id = "mrk-0123456789abcdef0123456789abcdef";
        KeyStore store = ACCOUNT.discovery();
        assertFalse(store.containsAlias(id) || store.isKeyEntry(id));
        assertNull(store.getKey(id, null));
        assertEquals(
                List.of(Optional.of(id)),
                ACCOUNT.emulator().requests().of("GetPublicKey").stream()
                        .map(request -> request.keyId())
                        .toList());
    }

    @Test
    void containsAlias_notAKeyIdentifier_isFalseWithoutRequest() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        for (String alias : List.of(
                "release", "", "alias/", "ALIAS/release", RELEASE_ID.toUpperCase(Locale.ROOT), RELEASE_ID + "x")) {
            assertFalse(store.containsAlias(alias));
            assertNull(store.getKey(alias, null));
            assertNull(store.getCertificateChain(alias));
            assertNull(store.getEntry(alias, null));
        }
        assertEquals(List.of(), ACCOUNT.operations());
    }

    @Test
    void aliases_namedKeys_areTheOnlyEntries() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery("key.release=" + RELEASE_ID, "key.other=" + OTHER_KEY);
        assertEquals(List.of("release", "other"), Collections.list(store.aliases()));
        assertEquals(RELEASE, keyId(store, "release"));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    @Test
    void aliases_exactKeys_makeNoRequest() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery("keys=alias/release," + OTHER_KEY);
        assertEquals(List.of("alias/release", OTHER_KEY), Collections.list(store.aliases()));
        assertFalse(store.containsAlias("alias/other/1"));
        assertNull(store.getKey("alias/other/1", null));
        assertEquals(List.of(), ACCOUNT.operations());
    }

    @Test
    void aliases_keysWithWildcard_filterTheList() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery("keys=alias/other/1*,alias/rel*e");
        List<String> aliases = Collections.list(store.aliases());
        assertTrue(aliases.containsAll(List.of("alias/other/1", "alias/other/199", "alias/release")));
        // other/1, other/10 to other/19, other/100 to other/199, and release
        assertEquals(1 + 10 + 100 + 1, aliases.size());
        assertTrue(store.containsAlias("alias/other/12"));
        assertFalse(store.containsAlias("alias/other/2"));
    }

    @Test
    void aliases_keysAndNamedKeys_areBothListed() throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery("keys=alias/release", "key.mine=" + OTHER_KEY);
        assertEquals(List.of("mine", "alias/release"), Collections.list(store.aliases()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias/release", "KEY_ID", "KEY_ARN", "ALIAS_ARN"})
    void adopt_anyFormOfTheKeyIdentifier_hidesTheKey(String form) throws GeneralSecurityException {
        String adopted = switch (form) {
            case "KEY_ID" -> RELEASE_ID;
            case "KEY_ARN" -> RELEASE;
            case "ALIAS_ARN" -> RELEASE_ALIAS_ARN;
            default -> form;
        };
        KeyStore store = ACCOUNT.discovery("adopt=" + adopted);
        assertEquals(OTHER_ALIASES, store.size());
        assertFalse(store.containsAlias("alias/release"));
        assertFalse(store.containsAlias(adopted));
    }

    /** keytool -genkeypair asks for the new alias without listing, and refuses an existing alias. */
    @Test
    void containsAlias_nameThatMayMeanTheAdoptedKey_isFalseWithoutRequest() throws KeyStoreException {
        assertFalse(ACCOUNT.discovery("adopt=" + RELEASE).containsAlias("alias/release"));
        assertFalse(ACCOUNT.discovery("adopt=alias/release").containsAlias(RELEASE));
        assertEquals(List.of(), ACCOUNT.operations());
        assertTrue(ACCOUNT.discovery("adopt=alias/release").containsAlias("alias/other/1"));
    }

    @Test
    void adopt_listedAliases_areContained() throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery("adopt=" + RELEASE);
        List<String> aliases = Collections.list(store.aliases());
        assertEquals(OTHER_ALIASES, aliases.size());
        for (String alias : aliases) {
            assertTrue(store.containsAlias(alias), alias);
        }
    }

    @Test
    void adopt_keyNamedBySettings_isHidden() throws KeyStoreException {
        KeyStore store =
                ACCOUNT.discovery("adopt=alias/release", "key.release=alias/release", "key.other=" + OTHER_KEY);
        assertEquals(List.of("other"), Collections.list(store.aliases()));
        assertFalse(store.containsAlias("release"));
        KeyStore exact = ACCOUNT.discovery("adopt=alias/release", "keys=alias/release," + OTHER_KEY);
        assertEquals(List.of(OTHER_KEY), Collections.list(exact.aliases()));
    }

    @Test
    void getCertificate_ofEachAlias_makesNoRequest() throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates(), "keys=alias/release");
        for (String alias : Collections.list(store.aliases())) {
            store.getCertificate(alias);
            store.isCertificateEntry(alias);
        }
        assertEquals(List.of(), ACCOUNT.operations());
    }

    @Test
    void certificates_chainOfOneAlias_makesOneRequest() throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates());
        Certificate[] chain = store.getCertificateChain("alias/release");
        assertEquals(PUBLIC_KEY, chain[0].getPublicKey());
        assertArrayEquals(chain, store.getCertificateChain("alias/release"));
        assertEquals(chain[0], store.getCertificate("alias/release"));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    /** The calls of keytool -exportcert. */
    @Test
    void certificates_aliasLookedUpBefore_isReturned() throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates());
        assertTrue(store.containsAlias("alias/release"));
        assertNotNull(store.getCertificate("alias/release"));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    /** The calls of keytool -list, in order. A caller that lists gets no chains, because each would cost a request. */
    @Test
    void certificates_keytoolList_requestsNoKey() throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates());
        store.size();
        for (String alias : Collections.list(store.aliases())) {
            store.containsAlias(alias);
            assertNotNull(store.getCreationDate(alias));
            assertFalse(store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class));
            assertTrue(store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class));
            assertNull(store.getCertificateChain(alias));
        }
        assertEquals(List.of("ListAliases", "ListAliases", "ListAliases"), ACCOUNT.operations());
    }

    @Test
    void chain_anotherThreadListedBefore_isReturned() throws Exception {
        KeyStore store = ACCOUNT.discovery(certificates());
        assertNull(listedChain(store));
        assertNotNull(CompletableFuture.supplyAsync(() -> chain(store)).get());
    }

    /** A caller that gets a key after listing does more than list, so it also gets chains. */
    @Test
    void chain_afterListingAndGetKey_isReturned() throws Exception {
        KeyStore store = ACCOUNT.discovery(certificates());
        assertNull(listedChain(store));
        store.getKey("alias/other/1", null);
        assertNotNull(chain(store));
    }

    @Test
    void certificates_exactKeys_areListedWithTheirChains() throws Exception {
        assertNotNull(listedChain(ACCOUNT.discovery(certificates(), "keys=alias/release")));
    }

    /** Lists the aliases and asks for the chain of one of them, like keytool -list. */
    private static Certificate @Nullable [] listedChain(KeyStore store) throws KeyStoreException {
        store.size();
        store.aliases();
        store.containsAlias("alias/release");
        store.entryInstanceOf("alias/release", KeyStore.PrivateKeyEntry.class);
        return chain(store);
    }

    private static Certificate @Nullable [] chain(KeyStore store) {
        try {
            return store.getCertificateChain("alias/release");
        } catch (KeyStoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void certificates_entry_hasKeyAndChain() throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates());
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("alias/release", null);
        assertEquals(RELEASE, ((KmsKey) entry.getPrivateKey()).keyId());
        assertEquals(PUBLIC_KEY, entry.getCertificate().getPublicKey());
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    @Test
    void certificates_unset_chainMakesNoRequest() throws GeneralSecurityException {
        assertNull(ACCOUNT.discovery().getCertificateChain("alias/release"));
        assertEquals(List.of(), ACCOUNT.operations());
    }

    private String certificates() throws IOException {
        Path file = folder.resolve("chain.pem");
        Files.writeString(file, TestCertificates.pem(TestKms.certificate(PUBLIC_KEY)));
        return "certificates=" + file;
    }

    private static String keyId(KeyStore store, String alias) throws GeneralSecurityException {
        return ((KmsKey) store.getKey(alias, null)).keyId();
    }
}
