package io.github.kmsjca.conformance.security;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority with an RSA key. Attackers have the certificate, but not the private key. Immutable. */
record RsaAuthority(KeyPair keys, X509Certificate certificate) {
    static final String ALGORITHM = "SHA256withRSA";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final X500Principal NAME = new X500Principal("CN=Everybody's CA");

    static RsaAuthority create() {
        KeyPair keys = rsaKeys();
        return new RsaAuthority(keys, issue(NAME, keys.getPublic(), keys.getPrivate(), anHourAgo()));
    }

    static KeyPair rsaKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns a certificate for a key, valid since an hour ago. */
    X509Certificate issue(PublicKey subject) {
        return issue(new X500Principal("CN=leaf"), subject, keys.getPrivate(), anHourAgo());
    }

    /** Returns a certificate for a key, valid for 30 days from the given time. */
    X509Certificate issue(String name, PublicKey subject, Instant from) {
        return issue(new X500Principal("CN=" + name), subject, keys.getPrivate(), from);
    }

    /** Returns a certificate that names {@link #NAME} as issuer, but that another key signed. */
    static X509Certificate forge(PublicKey subject, PrivateKey impostor) {
        return issue(new X500Principal("CN=leaf"), subject, impostor, anHourAgo());
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    private static X509Certificate issue(X500Principal subject, PublicKey key, PrivateKey signer, Instant from) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    NAME,
                    new BigInteger(64, RANDOM),
                    Date.from(from),
                    Date.from(from.plus(Duration.ofDays(30))),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(subject.equals(NAME)));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM)
                            .setProvider("SunRsaSign")
                            .build(signer)));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
