package io.github.kmsjca.conformance.library;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.signatures.BouncyCastleDigest;
import com.itextpdf.signatures.PdfSigner;
import com.itextpdf.signatures.PrivateKeySignature;
import com.itextpdf.signatures.RSASSAPSSMechanismParams;
import io.github.kmsjca.KmsProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;

/**
 * A program that signs with every library and a key of a keystore file. For each library, the program prints the name
 * and the signed document in Base64. The first argument is the file. With any second argument, the program registers
 * the provider with {@code install()}.
 */
final class LibraryProgram {
    /** The alias of the key. */
    static final String ALIAS = "release";

    /** The name of iText, the library that signs the PDF document. */
    static final String ITEXT = "ITEXT";

    private LibraryProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            KmsProvider.install();
        }
        KeyStore keys = KeyStore.getInstance(Path.of(arguments[0]).toFile(), (char[]) null);
        PrivateKey key = (PrivateKey) keys.getKey(ALIAS, null);
        PublicKey publicKey = keys.getCertificate(ALIAS).getPublicKey();
        for (JwtLibrary library : JwtLibrary.values()) {
            print(library.name(), library.token(key, publicKey).getBytes(StandardCharsets.US_ASCII));
        }
        for (XmlLibrary library : XmlLibrary.values()) {
            print(library.name(), bytes(library.sign(key, keys)));
        }
        print(ITEXT, pdf(key, keys.getCertificateChain(ALIAS)));
    }

    private static void print(String library, byte[] result) {
        System.out.println(library + " " + Base64.getEncoder().encodeToString(result));
    }

    private static byte[] bytes(Document document) throws Exception {
        StringWriter text = new StringWriter();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(text));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a signed PDF document (ISO 32000-2 §12.8). */
    private static byte[] pdf(PrivateKey key, Certificate[] chain) throws Exception {
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        try (PdfDocument document = new PdfDocument(new PdfWriter(empty))) {
            document.addNewPage();
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        PdfSigner signer = new PdfSigner(
                new PdfReader(new ByteArrayInputStream(empty.toByteArray())), signed, new StampingProperties());
        signer.signDetached(
                new BouncyCastleDigest(),
                new PrivateKeySignature(
                        key,
                        "SHA-256",
                        "RSASSA-PSS",
                        null,
                        RSASSAPSSMechanismParams.createForDigestAlgorithm("SHA-256")),
                chain,
                null,
                null,
                null,
                0,
                PdfSigner.CryptoStandard.CMS);
        return signed.toByteArray();
    }
}
