package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestKms;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** Tests entries whose certificate belongs to another key. */
class WrongCertificateTest {
    private static final String HINT = "the certificate of the entry may belong to another key: KMS ";

    private final Provider provider = TestKms.provider("attempts=1");

    /** Returns a handle to a key from an entry with the certificate of another owner. */
    private PrivateKey key(String arn, Party owner) throws Exception {
        X509Certificate certificate = TestKms.certificate(owner.keys().getPublic());
        return (PrivateKey)
                TestKms.file(provider, TestKms.entry("a", arn, certificate)).getKey("a", null);
    }

    @Test
    void decrypt_certificateOfAnotherKey_errorMentionsTheCertificate() throws Exception {
        String arn = TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
        Party other = Party.of("other", "RSA");
        Cipher encrypting = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", "SunJCE");
        encrypting.init(Cipher.ENCRYPT_MODE, other.keys().getPublic());
        byte[] ciphertext = encrypting.doFinal(new byte[3]);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", provider);
        cipher.init(Cipher.DECRYPT_MODE, key(arn, other));
        String text = String.valueOf(assertThrows(BadPaddingException.class, () -> cipher.doFinal(ciphertext))
                .getMessage());
        assertTrue(text.startsWith(HINT + "Decrypt for key " + arn + " failed: InvalidCiphertextException"), text);
    }

    @Test
    void signWithCipher_keyOfAnotherUsage_errorMentionsTheCertificate() throws Exception {
        String arn = TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, key(arn, Party.of("other", "RSA")));
        byte[] digestInfo = HexFormat.of().parseHex("3031300d060960864801650304020105000420" + "00".repeat(32));
        KmsException failure = assertThrows(KmsException.class, () -> cipher.doFinal(digestInfo));
        String text = String.valueOf(failure.getMessage());
        assertTrue(text.startsWith(HINT + "Sign for key " + arn + " failed: InvalidKeyUsageException"), text);
        assertEquals("InvalidKeyUsageException", failure.code());
    }

    @Test
    void agree_certificateOfAnotherCurve_errorMentionsTheCertificate() throws Exception {
        String arn = TestKms.emulator().createKey("ECC_NIST_P384", "KEY_AGREEMENT");
        Party other = Party.ec("other");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(key(arn, other));
        agreement.doPhase(Party.ec("peer").keys().getPublic(), true);
        String text = String.valueOf(
                assertThrows(ProviderException.class, agreement::generateSecret).getMessage());
        assertTrue(text.startsWith(HINT + "DeriveSharedSecret for key " + arn), text);
    }

    @Test
    void setKeyEntry_certificateOfAnotherKeySpec_namesBothKeySpecs() throws Exception {
        KeyStore store = TestKms.file(provider, "");
        Certificate[] chain = {TestKms.certificate(TestKms.publicKey("RSA_2048"))};
        PrivateKey key = TestKms.key(provider, TestKms.arn("ECC_NIST_P256"));
        assertEquals(
                "the certificate for entry 'a' (CN=leaf) does not belong to " + key
                        + ": the certificate's key is RSA_2048, not ECC_NIST_P256; ask the CA for a certificate of this key, with"
                        + " a request signed by this key",
                assertThrows(KeyStoreException.class, () -> store.setKeyEntry("a", key, null, chain))
                        .getMessage());
    }

    /** Such a key cannot sign a certificate request. */
    @Test
    void setKeyEntry_keyPairThatDoesNotSign_errorMentionsNoRequest() throws Exception {
        KeyStore store = TestKms.file(provider, "");
        Certificate[] chain = {TestKms.certificate(TestKms.publicKey("RSA_2048"))};
        PrivateKey key = TestKms.key(provider, TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT"));
        assertEquals(
                "the certificate for entry 'a' (CN=leaf) does not belong to " + key
                        + "; ask the CA for a certificate of this key",
                assertThrows(KeyStoreException.class, () -> store.setKeyEntry("a", key, null, chain))
                        .getMessage());
    }
}
