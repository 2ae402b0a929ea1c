package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority with an EC key in memory. Safe for use by many threads. */
public final class TestCa {
    /** The password of all PKCS #12 KeyStores and files that an authority makes, and of the keys in them. */
    public static final String PASSWORD = "changeit";

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration VALIDITY = Duration.ofDays(30);

    private final KeyPair keys;
    private final X500Principal name;
    private final X509Certificate certificate;

    private TestCa(KeyPair keys, X500Principal name, X509Certificate certificate) {
        this.keys = keys;
        this.name = name;
        this.certificate = certificate;
    }

    /** Creates an authority with a new key. The subject of its certificate is {@code CN=} and the name. */
    public static TestCa named(String name) {
        X500Principal subject = new X500Principal("CN=" + name);
        KeyPair keys = ecKeys();
        X509v3CertificateBuilder builder = builder(subject, subject, keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new TestCa(keys, subject, sign(builder, keys));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyPair ecKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            // the default curve of some providers is one that TLS does not support
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns the authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Issues a certificate with key usage {@code digitalSignature}. Its subject is {@code CN=} and the given name. */
    public X509Certificate issue(String commonName, PublicKey key) {
        X509v3CertificateBuilder builder = builder(name, new X500Principal("CN=" + commonName), key);
        try {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            return sign(builder, keys);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Issues a certificate for a time-stamping authority (RFC 3161 §2.3). */
    public X509Certificate issueForTimestamps(PublicKey key) {
        X509v3CertificateBuilder builder = builder(name, new X500Principal("CN=Timestamps"), key);
        try {
            builder.addExtension(
                    Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            return sign(builder, keys);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Returns a PKCS #12 KeyStore for a TLS server. The entry {@code server} has a new key and a certificate chain for
     * the host name.
     */
    public KeyStore server(String host) {
        KeyPair server = ecKeys();
        X509v3CertificateBuilder builder = builder(name, new X500Principal("CN=" + host), server.getPublic());
        try {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            return store("server", server, sign(builder, keys), certificate);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Writes a PKCS #12 file with the authority's key and certificate as entry {@code ca}. */
    public void writeKeyStore(Path file) {
        try {
            write(store("ca", keys, certificate), file);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Writes a PKCS #12 file with the authority's certificate as the trusted entry {@code ca}. */
    public void writeTrustStore(Path file) {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("ca", certificate);
            write(store, file);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns a certificate in PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static X509v3CertificateBuilder builder(X500Principal issuer, X500Principal subject, PublicKey key) {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(from),
                Date.from(from.plus(VALIDITY)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair keys) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyStore store(String alias, KeyPair keys, Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry(alias, keys.getPrivate(), PASSWORD.toCharArray(), chain);
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void write(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }
}
