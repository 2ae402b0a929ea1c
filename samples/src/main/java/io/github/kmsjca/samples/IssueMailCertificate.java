package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority issues a certificate for a key that decrypts mail (S/MIME). Such a key cannot sign a
 * certificate request. So the authority takes the public key from KMS itself, which also proves that it is the public
 * key of this KMS key.
 *
 * <p>IAM: {@code kms:GetPublicKey} on both keys, and {@code kms:Sign} on the key of the authority.
 *
 * <p>Run: {@code samples/run issue-mail-certificate AUTHORITY_KEY AUTHORITY KEY ADDRESS CERTIFICATE}
 */
public final class IssueMailCertificate {
    private static final int SERIAL_NUMBER_BITS = 128;
    private static final long VALIDITY_DAYS = 365;

    private IssueMailCertificate() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey authorityKey)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        if (!(keys.getKey(arguments[2], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[2]);
        }
        X509CertificateHolder certificate =
                certificate(authorityKey, read(Path.of(arguments[1])), key.publicKey(), arguments[3]);
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(Path.of(arguments[4])))) {
            pem.writeObject(certificate);
        }
    }

    private static X509Certificate read(Path file) throws GeneralSecurityException, IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    /** Returns a certificate. Makes one KMS call, for the signature. */
    public static X509CertificateHolder certificate(
            KmsPrivateKey authorityKey, X509Certificate authority, PublicKey key, String address)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        if (!Arrays.equals(
                authority.getPublicKey().getEncoded(), authorityKey.publicKey().getEncoded())) {
            throw new IllegalArgumentException("AUTHORITY and AUTHORITY_KEY have different public keys");
        }
        // not "CN=" + address, because + and , separate the parts of a name
        X500NameBuilder subject = new X500NameBuilder();
        subject.addRDN(BCStyle.CN, address);
        Instant now = Instant.now();
        X509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                authority.getSubjectX500Principal(),
                new BigInteger(SERIAL_NUMBER_BITS, new SecureRandom()),
                Date.from(now),
                Date.from(now.plus(VALIDITY_DAYS, ChronoUnit.DAYS)),
                new X500Principal(subject.build().getEncoded()),
                key);
        GeneralNames addresses = new GeneralNames(new GeneralName(GeneralName.rfc822Name, address));
        int usage = key instanceof RSAKey ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        certificate
                .addExtension(Extension.subjectAlternativeName, false, addresses)
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                .addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection))
                .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(authority));
        String algorithm = authorityKey instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        return certificate.build(new JcaContentSignerBuilder(algorithm).build(authorityKey));
    }
}
