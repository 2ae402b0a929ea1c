package io.github.kmsjca.cli;

import io.github.kmsjca.cli.CertificateAlgorithm.Signing;
import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x509.Validity;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Writes a self-signed certificate (RFC 5280). */
@Command(
        name = "selfsign",
        description = "Write a self-signed certificate for a key.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class SelfsignCommand extends KeyCommand {
    /** The length of a subjectKeyIdentifier in bytes (RFC 7093 §2: 160 bits). */
    private static final int KEY_IDENTIFIER_LENGTH = 20;

    /**
     * The number of random bits in a serial number. One more bit is always set, so the number has a constant length.
     */
    private static final int RANDOM_BITS = 126;

    /** The last time that GeneralizedTime can represent (RFC 5280 §4.1.2.5). */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final InstantSource clock;

    @Mixin
    final SubjectOptions subject = new SubjectOptions();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "365",
            description = "Days from now until the certificate expires. Default: ${DEFAULT-VALUE}.")
    int days;

    @Mixin
    final CertificateAlgorithm algorithm = new CertificateAlgorithm();

    SelfsignCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    void requireValidOptions(CommandLine line) {
        if (subject.subject.getName().isEmpty()) {
            throw new ParameterException(
                    line, "--subject cannot be empty, because a self-signed certificate also needs it as the issuer");
        }
        subject.requireValidOptions(line);
        if (days < 1 || end(clock.instant()).isAfter(LAST)) {
            throw new ParameterException(
                    line, "--days must be at least 1, and the certificate must expire before the year 10000");
        }
    }

    private Instant end(Instant begin) {
        return begin.plus(Duration.ofDays(days));
    }

    @Override
    String text(PairHandle handle) throws GeneralSecurityException, IOException {
        Signing signing = algorithm.prepare(handle);
        TBSCertificate content = content(handle, signing, clock.instant());
        byte[] signature = signing.sign(content.getEncoded(ASN1Encoding.DER));
        Certificate certificate = new Certificate(content, signing.algorithm(), new DERBitString(signature));
        return Pem.CERTIFICATE.text(certificate.getEncoded(ASN1Encoding.DER));
    }

    private TBSCertificate content(PairHandle handle, Signing signing, Instant now)
            throws GeneralSecurityException, IOException {
        SubjectPublicKeyInfo publicKey =
                SubjectPublicKeyInfo.getInstance(handle.publicKey().getEncoded());
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(new ASN1Integer(serialNumber()));
        content.setSignature(signing.algorithm());
        content.setIssuer(subject.name());
        content.setSubject(subject.name());
        content.setValidity(new Validity(time(now), time(end(now))));
        content.setSubjectPublicKeyInfo(publicKey);
        content.setExtensions(extensions(publicKey).generate());
        return content.generateTBSCertificate();
    }

    /** Returns an unpredictable positive number of 16 octets. RFC 5280 §4.1.2.2 allows 20. */
    private static BigInteger serialNumber() {
        return new BigInteger(RANDOM_BITS, new SecureRandom()).setBit(RANDOM_BITS);
    }

    private static Time time(Instant instant) {
        return new Time(Date.from(instant));
    }

    private ExtensionsGenerator extensions(SubjectPublicKeyInfo publicKey)
            throws GeneralSecurityException, IOException {
        ExtensionsGenerator extensions = subject.extensions();
        // the first bytes of a SHA-256 hash (RFC 7093 §2, method 1)
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(publicKey.getPublicKeyData().getBytes());
        extensions.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(Arrays.copyOf(hash, KEY_IDENTIFIER_LENGTH)));
        return extensions;
    }
}
