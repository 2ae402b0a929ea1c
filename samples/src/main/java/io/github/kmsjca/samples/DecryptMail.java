package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.util.Base64;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;

/**
 * Decrypts an email (S/MIME), and prints its content. KMS decrypts only the symmetric key in the email, so the content
 * never leaves this machine. The sender must encrypt with RSAES-OAEP, because KMS has no other RSA encryption.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Decrypt} on the key.
 *
 * <p>Run: {@code samples/run decrypt-mail KEY MAIL}
 */
public final class DecryptMail {
    private DecryptMail() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        System.out.write(content(key, body(Files.readString(Path.of(arguments[1]), StandardCharsets.ISO_8859_1))));
        System.out.flush();
    }

    /** Returns the content of an encrypted message (CMS, RFC 5652). Makes one KMS call. */
    public static byte[] content(PrivateKey key, byte[] message) throws CMSException {
        for (RecipientInformation recipient : new CMSEnvelopedData(message).getRecipientInfos()) {
            if (recipient instanceof KeyTransRecipientInformation) {
                return recipient.getContent(new JceKeyTransEnvelopedRecipient(key));
            }
        }
        throw new CMSException("the message has no recipient with an RSA key");
    }

    /** Returns the body of an email: the Base64 text below the first empty line (RFC 8551 §3.3). */
    private static byte[] body(String mail) throws IOException {
        String[] headAndBody = mail.split("\r?\n\r?\n", 2);
        if (headAndBody.length < 2) {
            throw new IOException("this is not an email: there is no empty line between its header and its body");
        }
        return Base64.getMimeDecoder().decode(headAndBody[1]);
    }
}
