package io.github.kmsjca.conformance.library;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.xml.security.Init;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Document;

/** The libraries that sign XML with RSASSA-PSS (RFC 9231 §2.3.10). */
enum XmlLibrary {
    JDK {
        @Override
        Document sign(PrivateKey key, KeyStore keys) throws Exception {
            Document document = document("<release/>");
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            factory.newXMLSignature(
                            factory.newSignedInfo(
                                    factory.newCanonicalizationMethod(
                                            CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                                    factory.newSignatureMethod(PSS, null),
                                    List.of(factory.newReference(
                                            "",
                                            factory.newDigestMethod(DigestMethod.SHA256, null),
                                            List.of(factory.newTransform(
                                                    Transform.ENVELOPED, (TransformParameterSpec) null)),
                                            null,
                                            null))),
                            null)
                    .sign(new DOMSignContext(key, document.getDocumentElement()));
            return document;
        }
    },
    SANTUARIO {
        @Override
        Document sign(PrivateKey key, KeyStore keys) throws Exception {
            Init.init();
            Document document = document("<release/>");
            XMLSignature signature = new XMLSignature(document, "", PSS, Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
            document.getDocumentElement().appendChild(signature.getElement());
            Transforms transforms = new Transforms(document);
            transforms.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
            signature.addDocument("", transforms, DigestMethod.SHA256);
            signature.sign(key);
            return document;
        }
    },
    WSS4J {
        @Override
        Document sign(PrivateKey key, KeyStore keys) throws Exception {
            Document document = document("<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'>"
                    + "<e:Body><release/></e:Body></e:Envelope>");
            WSSecHeader header = new WSSecHeader(document);
            header.insertSecurityHeader();
            WSSecSignature signature = new WSSecSignature(header);
            signature.setUserInfo(LibraryProgram.ALIAS, "");
            signature.setSignatureAlgorithm(PSS);
            signature.setDigestAlgo(DigestMethod.SHA256);
            signature.setKeyIdentifierType(WSConstants.X509_KEY_IDENTIFIER);
            Merlin crypto = new Merlin();
            crypto.setKeyStore(keys);
            return signature.build(crypto);
        }
    };

    /** The identifier of RSASSA-PSS with SHA-256, MGF1 with SHA-256, and a salt of 32 bytes. */
    static final String PSS = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";

    /** Returns a signed document. */
    abstract Document sign(PrivateKey key, KeyStore keys) throws Exception;

    private static Document document(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
