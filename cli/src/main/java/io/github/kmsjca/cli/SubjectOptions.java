package io.github.kmsjca.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options for the subject and the purpose of a certificate. */
final class SubjectOptions {
    @Option(
            names = "--subject",
            required = true,
            paramLabel = "NAME",
            converter = Name.class,
            description = "Distinguished name, as in keytool -dname, such as \"CN=Release, O=Example Ltd\".")
    X500Principal subject = new X500Principal("");

    @Option(
            names = "--san",
            split = ",",
            paramLabel = "dns:NAME",
            converter = AlternativeName.Converter.class,
            description = "Alternative names of the subject: dns:, ip:, email: or uri: followed by the name.")
    List<GeneralName> names = new ArrayList<>();

    @Option(
            names = "--key-usage",
            split = ",",
            paramLabel = "USAGE",
            converter = UsageConverter.class,
            description = "Allowed uses of the key: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            defaultValue = "digitalSignature")
    List<Usage> usages = new ArrayList<>();

    @Option(
            names = "--extended-key-usage",
            split = ",",
            paramLabel = "PURPOSE",
            converter = PurposeConverter.class,
            description = "Purposes of the certificate: ${COMPLETION-CANDIDATES}.")
    List<Purpose> purposes = new ArrayList<>();

    @Option(names = "--ca", description = "Make it a CA certificate. Requires --key-usage keyCertSign.")
    boolean isCa;

    X500Name name() {
        return X500Name.getInstance(subject.getEncoded());
    }

    /** Checks that the options fit together (RFC 5280 §4.1.2.6, §4.2.1.3 and §4.2.1.6). */
    void requireValidOptions(CommandLine line) {
        if (isCa != usages.contains(Usage.KEY_CERT_SIGN)) {
            throw new ParameterException(
                    line, "--ca and --key-usage keyCertSign need each other; give both or neither");
        }
        if (isNameless() && names.isEmpty()) {
            throw new ParameterException(line, "an empty --subject needs a name in --san");
        }
    }

    private boolean isNameless() {
        return subject.getName().isEmpty();
    }

    /** Returns the extensions of RFC 5280 §4.2.1 for the options. */
    ExtensionsGenerator extensions() throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
        int bits = usages.stream().mapToInt(usage -> usage.bit).reduce(0, (all, bit) -> all | bit);
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        if (!purposes.isEmpty()) {
            KeyPurposeId[] ids = purposes.stream().map(purpose -> purpose.id).toArray(KeyPurposeId[]::new);
            extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids));
        }
        if (!names.isEmpty()) {
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    isNameless(),
                    new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        return extensions;
    }

    /** The KeyUsage bits that a signing key can have (RFC 5280 §4.2.1.3). */
    enum Usage {
        DIGITAL_SIGNATURE("digitalSignature", KeyUsage.digitalSignature),
        NON_REPUDIATION("nonRepudiation", KeyUsage.nonRepudiation),
        KEY_CERT_SIGN("keyCertSign", KeyUsage.keyCertSign),
        CRL_SIGN("cRLSign", KeyUsage.cRLSign);

        private final String text;
        private final int bit;

        Usage(String text, int bit) {
            this.text = text;
            this.bit = bit;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Purposes of RFC 5280 §4.2.1.12, with the names of the RFC without {@code id-kp-}. */
    // the identifiers are immutable
    @SuppressWarnings("ImmutableEnumChecker")
    enum Purpose {
        CODE_SIGNING("codeSigning", KeyPurposeId.id_kp_codeSigning),
        SERVER_AUTH("serverAuth", KeyPurposeId.id_kp_serverAuth),
        CLIENT_AUTH("clientAuth", KeyPurposeId.id_kp_clientAuth),
        EMAIL_PROTECTION("emailProtection", KeyPurposeId.id_kp_emailProtection),
        TIME_STAMPING("timeStamping", KeyPurposeId.id_kp_timeStamping),
        OCSP_SIGNING("OCSPSigning", KeyPurposeId.id_kp_OCSPSigning);

        private final String text;
        private final KeyPurposeId id;

        Purpose(String text, KeyPurposeId id) {
            this.text = text;
            this.id = id;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final class UsageConverter implements ITypeConverter<Usage> {
        @Override
        public Usage convert(String text) {
            return Choices.named("usage", text, Usage.values());
        }
    }

    static final class PurposeConverter implements ITypeConverter<Purpose> {
        @Override
        public Purpose convert(String text) {
            return Choices.named("purpose", text, Purpose.values());
        }
    }

    static final class Name implements ITypeConverter<X500Principal> {
        @Override
        public X500Principal convert(String text) {
            try {
                return new X500Principal(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a distinguished name such as \"CN=Release, O=Example Ltd\"");
            }
        }
    }
}
