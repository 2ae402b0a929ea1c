package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Creates a certificate authority: writes a root certificate for a KMS key, signed by the key itself. The certificate
 * is valid for ten years, and allows the key to sign certificates of users and servers, but not of other authorities.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Sign} on the key.
 *
 * <p>Run: {@code samples/run create-authority KEY SUBJECT CERTIFICATE}
 */
public final class CreateAuthority {
    private static final int SERIAL_NUMBER_BITS = 128;
    private static final long VALIDITY_DAYS = 3650;

    private CreateAuthority() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        X509CertificateHolder root = root(key, new X500Principal(arguments[1]));
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(Path.of(arguments[2])))) {
            pem.writeObject(root);
        }
    }

    /** Returns a root certificate. Makes one KMS call, for the signature. */
    public static X509CertificateHolder root(KmsPrivateKey key, X500Principal subject)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        X509v3CertificateBuilder root = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_NUMBER_BITS, new SecureRandom()),
                Date.from(now),
                Date.from(now.plus(VALIDITY_DAYS, ChronoUnit.DAYS)),
                subject,
                key.publicKey());
        root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        root.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.publicKey()));
        String algorithm = key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        return root.build(new JcaContentSignerBuilder(algorithm).build(key));
    }
}
