package io.github.kmsjca.conformance.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import io.github.kmsjca.conformance.TargetKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.text.ParseException;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests messages that other libraries encrypt for a KMS key and decrypt with its handle: CMS (RFC 5652) with Bouncy
 * Castle, and JWE (RFC 7516) with Nimbus. Our provider is last in the list, and the libraries do not name it.
 */
class MessagesTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY_ID = {1, 2, 3};
    private static final Provider SUN_EC = Security.getProvider("SunEC");

    @BeforeEach
    void install() {
        Security.addProvider(Subject.OURS);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(Subject.OURS.getName());
        Security.removeProvider(Subject.BOUNCY_CASTLE.getName());
    }

    /** Puts Bouncy Castle first in the list. The JCA then tries it first, and Bouncy Castle refuses our handles. */
    private static void installBouncyCastle() {
        Security.insertProviderAt(Subject.BOUNCY_CASTLE, 1);
    }

    private static TargetKey rsa() {
        return Subject.TARGET.key("RSA_2048", "ENCRYPT_DECRYPT");
    }

    private static RSAPublicKey rsaPublicKey() throws GeneralSecurityException {
        return (RSAPublicKey) Subject.publicKey(rsa(), "RSA", Security.getProvider("SunRsaSign"));
    }

    /**
     * RFC 3560. On JDK 17, only Bouncy Castle reads the OAEP parameters in the message, so SHA-256 is tested only with
     * Bouncy Castle in the list.
     */
    @ParameterizedTest
    @CsvSource({"SHA-1, false", "SHA-1, true", "SHA-256, true"})
    void cms_keyTransport_isDecryptedWithOneRequest(String digest, boolean bouncyCastleFirst) throws Exception {
        AlgorithmIdentifier oaep = new JcaAlgorithmParametersConverter()
                .getAlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSAES_OAEP,
                        new OAEPParameterSpec(
                                digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT));
        byte[] message = enveloped(
                new JceKeyTransRecipientInfoGenerator(KEY_ID, oaep, rsaPublicKey()).setProvider(Subject.BOUNCY_CASTLE));
        if (bouncyCastleFirst) {
            installBouncyCastle();
        }
        assertDecrypted("Decrypt", message, new JceKeyTransEnvelopedRecipient(rsa().handle()));
    }

    static Stream<Arguments> keyAgreements() {
        return Stream.of(
                arguments(
                        "ECC_NIST_P256",
                        "secp256r1",
                        SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme,
                        NISTObjectIdentifiers.id_aes128_wrap),
                arguments(
                        "ECC_NIST_P384",
                        "secp384r1",
                        SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme,
                        NISTObjectIdentifiers.id_aes192_wrap),
                arguments(
                        "ECC_NIST_P521",
                        "secp521r1",
                        SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme,
                        NISTObjectIdentifiers.id_aes256_wrap),
                arguments(
                        "ECC_NIST_P256",
                        "secp256r1",
                        X9ObjectIdentifiers.dhSinglePass_stdDH_sha1kdf_scheme,
                        NISTObjectIdentifiers.id_aes256_wrap));
    }

    /** RFC 5753 §3.1, with the key derivations and key wraps of §7. */
    @ParameterizedTest
    @MethodSource("keyAgreements")
    void cms_keyAgreement_isDecryptedWithOneRequest(
            String spec, String curve, ASN1ObjectIdentifier scheme, ASN1ObjectIdentifier wrap) throws Exception {
        TargetKey key = Subject.TARGET.key(spec, "KEY_AGREEMENT");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", SUN_EC);
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair sender = generator.generateKeyPair();
        byte[] message =
                enveloped(new JceKeyAgreeRecipientInfoGenerator(scheme, sender.getPrivate(), sender.getPublic(), wrap)
                        .addRecipient(KEY_ID, Subject.publicKey(key, "EC", Subject.BOUNCY_CASTLE))
                        .setProvider(Subject.BOUNCY_CASTLE));
        // JDK 17 finds no KeyFactory by the object identifier of the sender's key in the message
        installBouncyCastle();
        assertDecrypted("DeriveSharedSecret", message, recipient(key));
    }

    /**
     * Returns a recipient with the curve of its key. Bouncy Castle cannot read the curve from a handle, which has no
     * encoding.
     */
    private static Recipient recipient(TargetKey key) {
        return new JceKeyAgreeEnvelopedRecipient(key.handle())
                .setPrivateKeyAlgorithmIdentifier(
                        SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded())
                                .getAlgorithm());
    }

    private static byte[] enveloped(RecipientInfoGenerator recipient) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(recipient);
        return generator
                .generate(
                        new CMSProcessableByteArray(CONTENT),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())
                .getEncoded();
    }

    private static void assertDecrypted(String operation, byte[] message, Recipient recipient) throws CMSException {
        Subject.forgetRequests();
        assertArrayEquals(
                CONTENT,
                new CMSEnvelopedData(message)
                        .getRecipientInfos()
                        .getRecipients()
                        .iterator()
                        .next()
                        .getContent(recipient));
        Subject.assertRequests(operation);
    }

    /** RFC 7518 §4.3. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256"})
    void jwe_rsa_isDecryptedWithOneRequest(String algorithm) throws Exception {
        assertRoundTrip(
                new JWEHeader(JWEAlgorithm.parse(algorithm), EncryptionMethod.A256GCM),
                new RSAEncrypter(rsaPublicKey()),
                new RSADecrypter(rsa().handle()),
                "Decrypt");
    }

    /** RFC 7518 §4.6. */
    @ParameterizedTest
    @CsvSource({
        "ECDH-ES,        ECC_NIST_P256, P-256",
        "ECDH-ES+A256KW, ECC_NIST_P384, P-384",
        "ECDH-ES+A128KW, ECC_NIST_P521, P-521"
    })
    void jwe_ecdh_isDecryptedWithOneRequest(String algorithm, String spec, String curve) throws Exception {
        TargetKey key = Subject.TARGET.key(spec, "KEY_AGREEMENT");
        PublicKey publicKey = Subject.publicKey(key, "EC", SUN_EC);
        assertRoundTrip(
                new JWEHeader(JWEAlgorithm.parse(algorithm), EncryptionMethod.A256GCM),
                new ECDHEncrypter((ECPublicKey) publicKey),
                new ECDHDecrypter(key.handle(), Set.of(), Curve.parse(curve)),
                "DeriveSharedSecret");
    }

    private static void assertRoundTrip(
            JWEHeader header, JWEEncrypter encrypter, JWEDecrypter decrypter, String operation)
            throws JOSEException, ParseException {
        Subject.forgetRequests();
        JWEObject sent = new JWEObject(header, new Payload(CONTENT));
        sent.encrypt(encrypter);
        Subject.assertNoRequests();
        JWEObject received = JWEObject.parse(sent.serialize());
        received.decrypt(decrypter);
        assertArrayEquals(CONTENT, received.getPayload().toBytes());
        Subject.assertRequests(operation);
    }
}
