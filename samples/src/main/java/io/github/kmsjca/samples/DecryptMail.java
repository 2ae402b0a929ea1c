package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;

/**
 * Decrypts an email (S/MIME), and prints its content. KMS decrypts only the symmetric key in the email, so the content
 * never leaves this machine. The sender must encrypt with RSAES-OAEP, because KMS has no other RSA encryption.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Decrypt} on the key.
 *
 * <p>Run: {@code samples/run decrypt-mail KEY CERTIFICATE MAIL}
 */
public final class DecryptMail {
    private DecryptMail() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        X509Certificate certificate = certificate(Path.of(arguments[1]));
        byte[] message = body(Files.readString(Path.of(arguments[2]), StandardCharsets.ISO_8859_1));
        System.out.write(content(key, certificate, message));
        System.out.flush();
    }

    /**
     * Returns the content of an encrypted message (CMS, RFC 5652). A message can have many recipients. The certificate
     * says to which recipient the key belongs. Makes one KMS call.
     */
    public static byte[] content(PrivateKey key, X509Certificate certificate, byte[] message) throws CMSException {
        RecipientInformation recipient =
                new CMSEnvelopedData(message).getRecipientInfos().get(new JceKeyTransRecipientId(certificate));
        if (recipient == null) {
            throw new CMSException("the message was not encrypted with this certificate");
        }
        if (!recipient.getKeyEncryptionAlgOID().equals(PKCSObjectIdentifiers.id_RSAES_OAEP.getId())) {
            throw new CMSException(
                    "the mail was encrypted with a padding that KMS does not have; ask the sender for RSA-OAEP");
        }
        return recipient.getContent(new JceKeyTransEnvelopedRecipient(key));
    }

    private static X509Certificate certificate(Path file) throws CertificateException, IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    /** Decodes the body of an email: the Base64 text below the first empty line (RFC 8551 §3.3). */
    private static byte[] body(String mail) throws IOException {
        String[] headAndBody = mail.split("\r?\n\r?\n", 2);
        if (headAndBody.length < 2) {
            throw new IOException("this is not an email: there is no empty line between its header and its body");
        }
        return Base64.getMimeDecoder().decode(headAndBody[1]);
    }
}
