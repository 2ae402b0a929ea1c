package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsSecretKey;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests HMAC keys, which are secret keys in the KeyStore, and private keys that cannot sign. The KeyStore returns
 * such a private key, except to a caller that tries all keys.
 */
class SecretEntryTest {
    @AutoClose
    private static final Account ACCOUNT = Account.open();

    private static final String SECRET =
            ACCOUNT.emulator().createKey("HMAC_256", "GENERATE_VERIFY_MAC", "alias/secret");
    private static final String SIGNING = ACCOUNT.emulator().createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/sign");
    private static final String DECRYPTING =
            ACCOUNT.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT", "alias/decrypt");

    @BeforeEach
    void reset() {
        ACCOUNT.reset();
    }

    @Test
    void getKey_secret_isAHandleWithoutEncoding() throws GeneralSecurityException {
        Key key = ACCOUNT.discovery().getKey("alias/secret", null);
        KmsSecretKey secret = assertInstanceOf(KmsSecretKey.class, key);
        assertEquals(SECRET, secret.keyId());
        assertEquals("HMAC_256", secret.keySpec());
        assertEquals("HmacSHA256", secret.getAlgorithm());
        assertNull(secret.getFormat());
        assertNull(secret.getEncoded());
        assertEquals("KMS key " + SECRET + " (HMAC_256)", secret.toString());
        assertEquals(List.of("GetPublicKey", "DescribeKey"), ACCOUNT.operations());
        assertThrows(
                NotSerializableException.class,
                () -> new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(secret));
    }

    @Test
    void entryInstanceOf_secret_isSecretKeyEntry() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        assertTrue(store.entryInstanceOf("alias/secret", KeyStore.SecretKeyEntry.class));
        assertFalse(store.entryInstanceOf("alias/secret", KeyStore.PrivateKeyEntry.class));
        assertFalse(store.entryInstanceOf("alias/secret", KeyStore.TrustedCertificateEntry.class));
        assertTrue(store.entryInstanceOf("alias/sign", KeyStore.PrivateKeyEntry.class));
        assertFalse(store.entryInstanceOf("alias/sign", KeyStore.SecretKeyEntry.class));
        assertNull(store.getCertificateChain("alias/secret"));
        KeyStore.SecretKeyEntry entry =
                assertInstanceOf(KeyStore.SecretKeyEntry.class, store.getEntry("alias/secret", null));
        assertEquals(store.getKey("alias/secret", null), entry.getSecretKey());
    }

    @Test
    void getEntry_secretAsFirstCall_returnsTheEntry() throws GeneralSecurityException {
        assertInstanceOf(KeyStore.SecretKeyEntry.class, ACCOUNT.discovery().getEntry("alias/secret", null));
        KeyStore file = TestKms.file(ACCOUNT.provider(), "\nalias: mac\nkey: " + SECRET + "\n");
        assertInstanceOf(KeyStore.SecretKeyEntry.class, file.getEntry("mac", null));
    }

    @Test
    void setEntry_secretInADiscoveredStore_isRefusedUnderAnUnknownAlias() throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery();
        SecretKey secret = (SecretKey)
                Optional.ofNullable(store.getKey("alias/secret", null)).orElseThrow();
        store.setEntry("alias/secret", new KeyStore.SecretKeyEntry(secret), null);
        store.store(null, null);
        assertThrows(
                KeyStoreException.class,
                () -> store.setEntry("alias/nobody", new KeyStore.SecretKeyEntry(secret), null));
    }

    @Test
    void setKeyEntry_secretWithACertificate_errorSaysThatItNeedsNone() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        SecretKey secret = (SecretKey)
                Optional.ofNullable(store.getKey("alias/secret", null)).orElseThrow();
        Certificate[] chain = {TestKms.issuer()};
        assertEquals(
                "entry 'alias/secret' cannot have a certificate, because KMS key " + SECRET
                        + " (HMAC_256) has no public key; set the entry without certificates",
                assertThrows(KeyStoreException.class, () -> store.setKeyEntry("alias/secret", secret, null, chain))
                        .getMessage());
    }

    /** The calls of keytool -list must not make a KMS call for each key. */
    @ParameterizedTest
    @ValueSource(strings = {"attempts=1", "create=true"})
    void listing_likeKeytool_requestsNoKey(String setting) throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery(setting);
        store.size();
        for (String alias : Collections.list(store.aliases())) {
            store.containsAlias(alias);
            store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class);
            store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class);
            store.getCertificateChain(alias);
        }
        assertEquals(List.of("ListAliases"), ACCOUNT.operations());
    }

    @Test
    void verifyMac_acceptsOnlyTheMacOfTheMessage() throws GeneralSecurityException {
        KmsSecretKey secret =
                (KmsSecretKey) Optional.ofNullable(ACCOUNT.discovery().getKey("alias/secret", null))
                        .orElseThrow();
        byte[] message = {1, 2, 3};
        Mac mac = Mac.getInstance("HmacSHA256", ACCOUNT.provider());
        mac.init(secret);
        byte[] tag = mac.doFinal(message);
        assertTrue(secret.verifyMac(message, tag));
        assertFalse(secret.verifyMac(new byte[] {1, 2}, tag));
        tag[0] ^= 1;
        assertFalse(secret.verifyMac(message, tag));
        assertFalse(secret.verifyMac(message, new byte[0]));
    }

    @Test
    void store_secret_isSavedWithItsArn() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(ACCOUNT.provider(), "");
        SecretKey secret = (SecretKey) Optional.ofNullable(ACCOUNT.discovery().getKey("alias/secret", null))
                .orElseThrow();
        store.setEntry("mac", new KeyStore.SecretKeyEntry(secret), null);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        store.store(saved, null);
        String text = saved.toString(StandardCharsets.UTF_8);
        assertEquals("# AWSKMS keystore 1\n\nalias: mac\nkey: " + SECRET + "\n", text);
        KeyStore again = KeyStore.getInstance("AWSKMS", ACCOUNT.provider());
        again.load(new ByteArrayInputStream(saved.toByteArray()), null);
        assertEquals(secret, again.getKey("mac", null));
        assertTrue(again.isKeyEntry("mac"));
        assertTrue(again.entryInstanceOf("mac", KeyStore.SecretKeyEntry.class));
    }

    @Test
    void setKeyEntry_secretInMemory_isRefused() {
        KeyStore store = TestKms.file(ACCOUNT.provider(), "");
        SecretKey foreign = new SecretKeySpec(new byte[32], "HmacSHA256");
        assertTrue(String.valueOf(
                        assertThrows(KeyStoreException.class, () -> store.setKeyEntry("mac", foreign, null, null))
                                .getMessage())
                .startsWith("the key for entry 'mac' is not in KMS, and this store keeps no keys; "));
        assertThrows(KeyStoreException.class, () -> store.setKeyEntry("mac", new byte[1], null));
    }

    /**
     * TLS would use a decryption key for signing, and every handshake would fail. A TLS key manager calls isKeyEntry
     * before getKey.
     */
    @Test
    void getKey_decryptionKey_isNullOnlyAfterIsKeyEntry() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        assertEquals(
                "KMS key " + DECRYPTING + " (RSA_2048 for ENCRYPT_DECRYPT)",
                String.valueOf(store.getKey("alias/decrypt", null)));
        assertTrue(store.isKeyEntry("alias/decrypt"));
        assertNull(store.getKey("alias/decrypt", null));
        assertTrue(store.isKeyEntry("alias/secret"));
        assertInstanceOf(SecretKey.class, store.getKey("alias/secret", null));
        assertTrue(store.isKeyEntry("alias/sign"));
        assertEquals("KMS key " + SIGNING + " (ECC_NIST_P256)", String.valueOf(store.getKey("alias/sign", null)));
    }
}
