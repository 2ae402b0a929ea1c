package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A certificate authority answers a certificate request (PKCS #10). The certificate is valid for 90 days, and for one
 * purpose: {@code serverAuth}, {@code clientAuth} or {@code codeSigning}. Only the public key, the subject and the DNS
 * names come from the request. Check the subject and the DNS names before you run the program.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Sign} on the key of the authority.
 *
 * <p>Run: {@code samples/run issue-certificate AUTHORITY_KEY AUTHORITY REQUEST PURPOSE CERTIFICATE}
 */
public final class IssueCertificate {
    private static final int SERIAL_NUMBER_BITS = 128;
    private static final long VALIDITY_DAYS = 90;

    private IssueCertificate() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        if (!(read(Path.of(arguments[1])) instanceof X509CertificateHolder authority)) {
            throw new IllegalArgumentException("AUTHORITY must be a certificate in PEM, not " + arguments[1]);
        }
        if (!(read(Path.of(arguments[2])) instanceof PKCS10CertificationRequest request)) {
            throw new IllegalArgumentException("REQUEST must be a certificate request in PEM, not " + arguments[2]);
        }
        X509CertificateHolder certificate = certificate(key, authority, request, purpose(arguments[3]));
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(Path.of(arguments[4])))) {
            pem.writeObject(certificate);
        }
    }

    /** Returns a certificate. Makes one KMS call, for the signature. */
    public static X509CertificateHolder certificate(
            KmsPrivateKey key, X509CertificateHolder issuer, PKCS10CertificationRequest request, KeyPurposeId purpose)
            throws IOException, OperatorException, PKCSException {
        SubjectPublicKeyInfo subjectKey = request.getSubjectPublicKeyInfo();
        var authorityKey = SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded());
        if (!issuer.getSubjectPublicKeyInfo().equals(authorityKey)) {
            throw new IllegalArgumentException("AUTHORITY and AUTHORITY_KEY have different public keys");
        }
        var verifiers = new JcaContentVerifierProviderBuilder().setProvider(new BouncyCastleProvider());
        if (!request.isSignatureValid(verifiers.build(subjectKey))) {
            throw new IllegalArgumentException("the request was not signed by the key that it contains");
        }
        BigInteger serialNumber = new BigInteger(SERIAL_NUMBER_BITS, new SecureRandom());
        Instant now = Instant.now();
        Date end = Date.from(now.plus(VALIDITY_DAYS, ChronoUnit.DAYS));
        X509v3CertificateBuilder certificate = new X509v3CertificateBuilder(
                issuer.getSubject(), serialNumber, Date.from(now), end, request.getSubject(), subjectKey);
        BcX509ExtensionUtils ids = new BcX509ExtensionUtils();
        certificate
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                .addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer))
                .addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subjectKey));
        GeneralName[] names = dnsNames(request);
        if (names.length > 0) {
            // critical if there is no other name (RFC 5280 §4.2.1.6)
            boolean isOnlyName = request.getSubject().getRDNs().length == 0;
            certificate.addExtension(Extension.subjectAlternativeName, isOnlyName, new GeneralNames(names));
        }
        String algorithm = key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        return certificate.build(new JcaContentSignerBuilder(algorithm).build(key));
    }

    /** Returns only the DNS names of a request: nobody has checked other names, such as email addresses. */
    private static GeneralName[] dnsNames(PKCS10CertificationRequest request) {
        var names = GeneralNames.fromExtensions(request.getRequestedExtensions(), Extension.subjectAlternativeName);
        return Stream.ofNullable(names)
                .flatMap(all -> Stream.of(all.getNames()))
                .filter(name -> name.getTagNo() == GeneralName.dNSName)
                .toArray(GeneralName[]::new);
    }

    private static Object read(Path file) throws IOException {
        try (PEMParser pem = new PEMParser(Files.newBufferedReader(file))) {
            return pem.readObject();
        }
    }

    private static KeyPurposeId purpose(String name) {
        return switch (name) {
            case "serverAuth" -> KeyPurposeId.id_kp_serverAuth;
            case "clientAuth" -> KeyPurposeId.id_kp_clientAuth;
            case "codeSigning" -> KeyPurposeId.id_kp_codeSigning;
            default -> throw new IllegalArgumentException(name + " is not serverAuth, clientAuth or codeSigning");
        };
    }
}
