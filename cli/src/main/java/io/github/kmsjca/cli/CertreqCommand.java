package io.github.kmsjca.cli;

import io.github.kmsjca.cli.CertificateAlgorithm.Signing;
import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Writes a certificate request (PKCS #10, RFC 2986). Unlike {@code keytool -certreq}, it needs no existing certificate.
 */
@Command(
        name = "certreq",
        description = "Write a certificate request (PKCS #10) for a key.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CertreqCommand extends KeyCommand {
    @Mixin
    final SubjectOptions subject = new SubjectOptions();

    @Mixin
    final CertificateAlgorithm algorithm = new CertificateAlgorithm();

    @Override
    void requireValidOptions(CommandLine line) {
        subject.requireValidOptions(line);
    }

    @Override
    String text(PairHandle handle) throws GeneralSecurityException, IOException {
        CertificationRequestInfo info = new CertificationRequestInfo(
                subject.name(),
                SubjectPublicKeyInfo.getInstance(handle.publicKey().getEncoded()),
                new DERSet(new Attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                        new DERSet(subject.extensions().generate()))));
        Signing signing = algorithm.prepare(handle);
        CertificationRequest request = new CertificationRequest(
                info, signing.algorithm(), new DERBitString(signing.sign(info.getEncoded(ASN1Encoding.DER))));
        return Pem.REQUEST.text(request.getEncoded(ASN1Encoding.DER));
    }
}
