package io.github.kmsjca.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whom a certificate is for, and what for. */
final class SubjectOptions {
    @Option(
            names = "--subject",
            required = true,
            paramLabel = "NAME",
            converter = Name.class,
            description = "Distinguished name as in keytool -dname, such as \"CN=Release, O=Example Ltd\".")
    X500Principal subject = new X500Principal("");

    @Option(
            names = "--san",
            split = ",",
            paramLabel = "dns:NAME",
            converter = AlternativeName.class,
            description = "Further names of the subject: dns:, ip:, email: or uri: and the name.")
    List<GeneralName> names = new ArrayList<>();

    @Option(
            names = "--key-usage",
            split = ",",
            paramLabel = "USAGE",
            description = "What the key is for: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.",
            defaultValue = "digitalSignature")
    List<Usage> usages = new ArrayList<>();

    @Option(
            names = "--extended-key-usage",
            split = ",",
            paramLabel = "PURPOSE",
            description = "What the certificate is for: ${COMPLETION-CANDIDATES}.")
    List<Purpose> purposes = new ArrayList<>();

    X500Name name() {
        return X500Name.getInstance(subject.getEncoded());
    }

    /** Returns the extensions of RFC 5280 §4.2.1 that the options ask for. */
    ExtensionsGenerator extensions() throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        int bits = usages.stream().mapToInt(usage -> usage.bit).reduce(0, (all, bit) -> all | bit);
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        if (!purposes.isEmpty()) {
            KeyPurposeId[] ids = purposes.stream().map(purpose -> purpose.id).toArray(KeyPurposeId[]::new);
            extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids));
        }
        if (!names.isEmpty()) {
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        return extensions;
    }

    /** The bits of KeyUsage that a key which signs can have (RFC 5280 §4.2.1.3), by their names there. */
    enum Usage {
        digitalSignature(KeyUsage.digitalSignature),
        nonRepudiation(KeyUsage.nonRepudiation),
        keyCertSign(KeyUsage.keyCertSign),
        cRLSign(KeyUsage.cRLSign);

        private final int bit;

        Usage(int bit) {
            this.bit = bit;
        }
    }

    /** Purposes of RFC 5280 §4.2.1.12, by their names there without {@code id-kp-}. */
    // the identifiers are immutable
    @SuppressWarnings("ImmutableEnumChecker")
    enum Purpose {
        codeSigning(KeyPurposeId.id_kp_codeSigning),
        serverAuth(KeyPurposeId.id_kp_serverAuth),
        clientAuth(KeyPurposeId.id_kp_clientAuth),
        emailProtection(KeyPurposeId.id_kp_emailProtection),
        timeStamping(KeyPurposeId.id_kp_timeStamping),
        OCSPSigning(KeyPurposeId.id_kp_OCSPSigning);

        private final KeyPurposeId id;

        Purpose(KeyPurposeId id) {
            this.id = id;
        }
    }

    static final class Name implements ITypeConverter<X500Principal> {
        @Override
        public X500Principal convert(String text) {
            try {
                return new X500Principal(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a distinguished name such as" + " \"CN=Release, O=Example Ltd\"");
            }
        }
    }

    static final class AlternativeName implements ITypeConverter<GeneralName> {
        /** The forms, by what the options of keytool call them. */
        private enum Form {
            DNS(GeneralName.dNSName),
            IP(GeneralName.iPAddress),
            EMAIL(GeneralName.rfc822Name),
            URI(GeneralName.uniformResourceIdentifier);

            private final int tag;

            Form(int tag) {
                this.tag = tag;
            }
        }

        @Override
        public GeneralName convert(String text) {
            int colon = text.indexOf(':');
            String form = text.substring(0, Math.max(colon, 0)).toUpperCase(Locale.ROOT);
            try {
                return Arrays.stream(Form.values())
                        .filter(row -> row.name().equals(form))
                        .findFirst()
                        .map(row -> new GeneralName(row.tag, text.substring(colon + 1)))
                        .orElseThrow(IllegalArgumentException::new);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is none of dns:, ip:, email: and uri: with a name");
            }
        }
    }
}
