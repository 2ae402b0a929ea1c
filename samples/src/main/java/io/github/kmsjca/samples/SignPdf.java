package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Calendar;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Signs a PDF document with a key and its certificates from a keystore file. Costs one KMS call.
 *
 * <p>IAM: {@code kms:Sign} on the key.
 *
 * <p>Run: {@code samples/run sign-pdf KEYSTORE ALIAS PDF SIGNED_PDF}
 */
public final class SignPdf {
    private SignPdf() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(KmsLoadStoreParameter.ofFile(Path.of(arguments[0])));
        if (!(keys.getEntry(arguments[1], null) instanceof KeyStore.PrivateKeyEntry signer)) {
            throw new KeyStoreException(arguments[0] + " has no key with the alias " + arguments[1]);
        }
        Files.write(Path.of(arguments[3]), signed(Path.of(arguments[2]), signer));
    }

    /** Returns a signed copy of a PDF file. Makes one KMS call. */
    public static byte[] signed(Path pdf, KeyStore.PrivateKeyEntry signer) throws IOException {
        PDSignature signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
        signature.setSignDate(Calendar.getInstance());
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            document.addSignature(signature, content -> cms(content, signer));
            ByteArrayOutputStream signed = new ByteArrayOutputStream();
            document.saveIncremental(signed);
            return signed.toByteArray();
        }
    }

    private static byte[] cms(InputStream content, KeyStore.PrivateKeyEntry signer) throws IOException {
        try {
            PrivateKey key = signer.getPrivateKey();
            String algorithm = key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
            CMSSignedDataGenerator cms = new CMSSignedDataGenerator();
            cms.addCertificates(new JcaCertStore(Arrays.asList(signer.getCertificateChain())));
            cms.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                    .build(algorithm, key, (X509Certificate) signer.getCertificate()));
            return cms.generate(new CMSProcessableByteArray(content.readAllBytes()), false)
                    .getEncoded();
        } catch (GeneralSecurityException | CMSException | OperatorCreationException e) {
            throw new IOException("the PDF document cannot be signed: " + e.getMessage(), e);
        }
    }
}
