package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Writes a certificate request (PKCS #10) for a KMS key. For a server, add the DNS names by which clients reach it.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Sign} on the key.
 *
 * <p>Run: {@code samples/run request-certificate KEY SUBJECT REQUEST [DNS_NAME...]}
 */
public final class RequestCertificate {
    private RequestCertificate() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        List<String> names = Arrays.asList(arguments).subList(3, arguments.length);
        PKCS10CertificationRequest request = request(key, new X500Principal(arguments[1]), names);
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(Path.of(arguments[2])))) {
            pem.writeObject(request);
        }
    }

    /** Returns a request. Makes one KMS call, for the signature. */
    public static PKCS10CertificationRequest request(KmsPrivateKey key, X500Principal subject, List<String> dnsNames)
            throws IOException, OperatorCreationException {
        PKCS10CertificationRequestBuilder request = new JcaPKCS10CertificationRequestBuilder(subject, key.publicKey());
        if (!dnsNames.isEmpty()) {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false, names(dnsNames));
            request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        String algorithm = key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        return request.build(new JcaContentSignerBuilder(algorithm).build(key));
    }

    private static GeneralNames names(List<String> dnsNames) {
        return new GeneralNames(dnsNames.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }
}
