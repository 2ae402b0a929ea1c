package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests a keystore file with the attacker's KMS key and another person's certificate. The file does not change
 * operations with the public key of that certificate. With {@code verify=kms} and {@code encrypt=kms}, the provider
 * refuses operations with the public key of the handle.
 */
class ForeignCertificateTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final String OAEP = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";
    private static final RsaAuthority CA = RsaAuthority.create();
    private static final KeyPair IMPOSTOR = RsaAuthority.rsaKeys();

    @AutoClose
    private static final HostileKms KMS = HostileKms.start();

    private static final String ENDPOINT = KMS.endpoint().toString();

    /** Who sets the endpoint, {@code verify=kms} and {@code encrypt=kms}. */
    private enum Author {
        FILE {
            @Override
            String settings() {
                return "region=us-east-1";
            }

            @Override
            KeystoreText file(KeystoreText entries) {
                return entries.afterFirstLine("verify: kms\nencrypt: kms\nendpoint: " + ENDPOINT + "\n");
            }
        },
        /** The worst case: the endpoint that the operator set belongs to the attacker. */
        OPERATOR {
            @Override
            String settings() {
                return "region=us-east-1;verify=kms;encrypt=kms;endpoint=" + ENDPOINT;
            }

            @Override
            KeystoreText file(KeystoreText entries) {
                return entries;
            }
        };

        abstract String settings();

        abstract KeystoreText file(KeystoreText entries);
    }

    /** Who sets the settings, and how a program requests its engines. */
    private record Case(Author author, Installed.Position position, boolean namesProvider) {
        Installed install() {
            Installed installed = Installed.at(position, author.settings());
            load(installed.provider());
            return installed;
        }

        /** Loads the file. The provider may refuse the file. */
        private void load(Provider provider) {
            try {
                KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
                String text = author.file(KeystoreText.empty().key("ca", HostileKms.ARN, CA.certificate()))
                        .text();
                store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
                store.getKey("ca", null);
                store.getCertificateChain("ca");
            } catch (IOException | GeneralSecurityException | ProviderException refused) {
                // a refused file is also safe
            }
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Author.values())
                .flatMap(author -> Stream.of(Installed.Position.values())
                        .flatMap(position -> Stream.of(true, false)
                                .map(namesProvider -> new Case(author, position, namesProvider))));
    }

    @BeforeEach
    void prepare() {
        KMS.forget();
        KMS.key(IMPOSTOR.getPublic(), "RSA_2048");
    }

    private static byte[] signature(KeyPair signer) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(RsaAuthority.ALGORITHM, "SunRsaSign");
        engine.initSign(signer.getPrivate());
        engine.update(MESSAGE);
        return engine.sign();
    }

    private static boolean verify(Signature engine, PublicKey key, byte[] signature) throws GeneralSecurityException {
        engine.initVerify(key);
        engine.update(MESSAGE);
        return engine.verify(signature);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void verify_forgedSignature_isInvalid(Case testCase) throws GeneralSecurityException {
        try (Installed installed = testCase.install()) {
            Signature engine = testCase.namesProvider()
                    ? Signature.getInstance(RsaAuthority.ALGORITHM, installed.provider())
                    : Signature.getInstance(RsaAuthority.ALGORITHM);
            PublicKey key = CA.certificate().getPublicKey();
            assertFalse(verify(engine, key, signature(IMPOSTOR)));
            assertTrue(verify(engine, key, signature(CA.keys())));
        }
        assertEquals(List.of(), KMS.requests());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pkix_forgedCertificate_isRefused(Case testCase) throws GeneralSecurityException {
        KeyPair leaf = RsaAuthority.rsaKeys();
        try (Installed installed = testCase.install()) {
            PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(CA.certificate(), null)));
            trust.setRevocationEnabled(false);
            trust.setSigProvider(testCase.namesProvider() ? installed.provider().getName() : null);
            validate(CA.issue(leaf.getPublic()), trust);
            X509Certificate forged = RsaAuthority.forge(leaf.getPublic(), IMPOSTOR.getPrivate());
            assertEquals(
                    CertPathValidatorException.BasicReason.INVALID_SIGNATURE,
                    assertThrows(CertPathValidatorException.class, () -> validate(forged, trust))
                            .getReason());
        }
        assertEquals(List.of(), KMS.requests());
    }

    private static void validate(X509Certificate leaf, PKIXParameters trust) throws GeneralSecurityException {
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), trust);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void encrypt_keyOfTheCertificate_sendsNoPlaintext(Case testCase) throws GeneralSecurityException {
        byte[] ciphertext;
        try (Installed installed = testCase.install()) {
            Cipher cipher = testCase.namesProvider()
                    ? Cipher.getInstance(OAEP, installed.provider())
                    : Cipher.getInstance(OAEP);
            cipher.init(Cipher.ENCRYPT_MODE, CA.certificate().getPublicKey());
            ciphertext = cipher.doFinal(MESSAGE);
        }
        assertEquals(List.of(), KMS.requests());
        Cipher decrypting = Cipher.getInstance(OAEP, "SunJCE");
        decrypting.init(Cipher.DECRYPT_MODE, CA.keys().getPrivate());
        assertArrayEquals(MESSAGE, decrypting.doFinal(ciphertext));
    }

    /** The handle has the public key of the certificate in the file, but KMS returns a different public key. */
    @ParameterizedTest
    @MethodSource("positions")
    void verifyAndEncrypt_publicKeyOfTheHandle_areRefusedBecauseKmsHasAnotherKey(Installed.Position position)
            throws Exception {
        try (Installed installed = new Case(Author.OPERATOR, position, true).install()) {
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, installed.provider());
            String text = KeystoreText.empty()
                    .key("ca", HostileKms.ARN, CA.certificate())
                    .text();
            store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
            PublicKey key = ((KmsPrivateKey) store.getKey("ca", null)).publicKey();
            Signature engine = Signature.getInstance(RsaAuthority.ALGORITHM, installed.provider());
            assertThrows(SignatureException.class, () -> verify(engine, key, signature(IMPOSTOR)));
            Cipher cipher = Cipher.getInstance(OAEP, installed.provider());
            cipher.init(Cipher.ENCRYPT_MODE, key);
            assertThrows(ProviderException.class, () -> cipher.doFinal(MESSAGE));
        }
        assertEquals(List.of("GetPublicKey", "GetPublicKey"), KMS.operations());
    }

    static Stream<Installed.Position> positions() {
        return Stream.of(Installed.Position.values());
    }
}
