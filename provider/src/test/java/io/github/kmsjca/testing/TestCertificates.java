package io.github.kmsjca.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pqc.jcajce.provider.BouncyCastlePQCProvider;

/** Keys and certificates for tests. */
public final class TestCertificates {
    /** A time at which the certificates of these methods are valid, unless the caller gives a period. */
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** The attribute of a PKCS #12 file that makes a certificate a trusted certificate for the JDK. */
    private static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE =
            new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    private static final AtomicLong SERIAL = new AtomicLong(1);

    private TestCertificates() {}

    /** The subject or issuer of a certificate. The name is a distinguished name, such as {@code CN=leaf}. */
    public record Party(String name, KeyPair keys) {
        /**
         * Makes a P-256 key.
         *
         * @param name the common name, without {@code CN=}
         */
        public static Party ec(String name) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                // the default curve depends on the provider and its version
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                return new Party("CN=" + name, generator.generateKeyPair());
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }

        /**
         * Makes a key of the default size.
         *
         * @param name the common name, without {@code CN=}
         * @param algorithm the name of a KeyPairGenerator
         */
        public static Party of(String name, String algorithm) {
            try {
                return new Party(
                        "CN=" + name, KeyPairGenerator.getInstance(algorithm).generateKeyPair());
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    public static X509Certificate selfSigned(String name) {
        Party party = Party.ec(name);
        return issue(party, party);
    }

    /** Returns a certificate without the extension basicConstraints, valid for a year. */
    public static X509Certificate issue(Party subject, Party issuer) {
        return issue(subject, issuer, NOW.minus(Duration.ofDays(1)), Duration.ofDays(365));
    }

    public static X509Certificate issue(Party subject, Party issuer, Instant from, Duration validity) {
        return issue(subject, issuer, from, validity, "SHA256withECDSA");
    }

    /** Returns a CA certificate, which has the extension basicConstraints, valid for a year. */
    public static X509Certificate ca(Party subject, Party issuer) {
        return ca(subject, issuer, NOW.minus(Duration.ofDays(1)), Duration.ofDays(365));
    }

    public static X509Certificate ca(Party subject, Party issuer, Instant from, Duration validity) {
        return withExtensions(subject, issuer, Period.of(from, validity), caExtension(Integer.MAX_VALUE));
    }

    /** The period in which a certificate is valid. */
    public record Period(Instant from, Instant to) {
        public static Period of(Instant from, Duration validity) {
            return new Period(from, from.plus(validity));
        }
    }

    /**
     * Returns the extension basicConstraints of a CA (RFC 5280 §4.2.1.9). {@link Integer#MAX_VALUE} means that the path
     * length has no limit.
     */
    public static Extension caExtension(int pathLength) {
        BasicConstraints value =
                pathLength == Integer.MAX_VALUE ? new BasicConstraints(true) : new BasicConstraints(pathLength);
        return extension(Extension.basicConstraints, value);
    }

    /** Returns a critical extension. */
    public static Extension extension(ASN1ObjectIdentifier id, ASN1Encodable value) {
        try {
            return new Extension(id, true, value.toASN1Primitive().getEncoded());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Returns a certificate with these extensions. The certificate also has key identifiers: those in the extensions,
     * or otherwise those of the keys.
     */
    public static X509Certificate withExtensions(Party subject, Party issuer, Period period, Extension... extensions) {
        X509v3CertificateBuilder builder = builder(subject, issuer, period);
        try {
            for (Extension extension : extensions) {
                if (builder.hasExtension(extension.getExtnId())) {
                    builder.replaceExtension(extension);
                } else {
                    builder.addExtension(extension);
                }
            }
        } catch (CertIOException impossible) {
            throw new AssertionError(impossible);
        }
        return signed(builder, "SHA256withECDSA", issuer.keys().getPrivate());
    }

    public static X509Certificate issue(
            Party subject, Party issuer, Instant from, Duration validity, String algorithm) {
        return signed(
                builder(subject, issuer, Period.of(from, validity)),
                algorithm,
                issuer.keys().getPrivate());
    }

    /** Returns a builder of a certificate with key identifiers. */
    private static X509v3CertificateBuilder builder(Party subject, Party issuer, Period period) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal(issuer.name()),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(period.from()),
                Date.from(period.to()),
                new X500Principal(subject.name()),
                subject.keys().getPublic());
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            return builder.addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            ids.createSubjectKeyIdentifier(subject.keys().getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(issuer.keys().getPublic()));
        } catch (CertIOException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, String algorithm, PrivateKey key) {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(algorithm, key)));
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Returns a certificate with the extension keyUsage (RFC 5280 §4.2.1.3), from a new issuer.
     *
     * @param keyUsage bits of Bouncy Castle's KeyUsage
     */
    public static X509Certificate withKeyUsage(int keyUsage, PublicKey key) {
        Party issuer = Party.ec("ca");
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal(issuer.name()),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(NOW.plus(Duration.ofDays(1))),
                new X500Principal("CN=allowing"),
                key);
        try {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            signer("SHA256withECDSA", issuer.keys().getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static ContentSigner signer(String algorithm, PrivateKey key) throws OperatorCreationException {
        JcaContentSignerBuilder builder = new JcaContentSignerBuilder(algorithm);
        boolean onlyInBcpqc = algorithm.startsWith("Falcon");
        return (onlyInBcpqc ? builder.setProvider(new BouncyCastlePQCProvider()) : builder).build(key);
    }

    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns a PKCS #12 file without password, as keytool and the newest OpenSSL can write it. */
    public static byte[] pkcs12(X509Certificate... certificates) {
        try {
            PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
            for (X509Certificate certificate : certificates) {
                builder.addData(new JcaPKCS12SafeBagBuilder(certificate)
                        .addBagAttribute(TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage)
                        .build());
            }
            return builder.build(null, null).getEncoded();
        } catch (IOException | PKCSException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
