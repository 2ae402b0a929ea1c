package io.github.kmsjca.samples;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A sample program: its name, its arguments, and what it does. */
enum Sample {
    SIGN_FILE(
            SignFile::main,
            "KEY FILE...",
            "Sign files of any size. Writes FILE.sig beside each FILE, and prints the OpenSSL command that"
                    + " verifies it."),
    PUBLIC_KEY(PublicKeyFile::main, "KEY PEM", "Write the public key, with which others verify signatures."),
    ISSUE_TOKEN(
            IssueToken::main,
            "KEY ALGORITHM SUBJECT JWKS",
            "Print a JSON Web Token, and write the key set (JWKS) that verifies it."
                    + " ALGORITHM is RS256, PS256 or ES256."),
    REQUEST_CERTIFICATE(
            RequestCertificate::main,
            "KEY SUBJECT REQUEST [DNS_NAME...]",
            "Write a certificate request. SUBJECT is a distinguished name such as \"CN=Example, O=Example Ltd\"."),
    IMPORT_CERTIFICATE(
            ImportCertificate::main,
            "KEY CERTIFICATES KEYSTORE ALIAS",
            "Put a key and its certificates into a keystore file. In CERTIFICATES, the key's certificate comes first."),
    CREATE_AUTHORITY(
            CreateAuthority::main,
            "KEY SUBJECT CERTIFICATE",
            "Create a certificate authority: write the root certificate of a key."),
    ISSUE_CERTIFICATE(
            IssueCertificate::main,
            "AUTHORITY_KEY AUTHORITY REQUEST PURPOSE CERTIFICATE",
            "Answer a certificate request. PURPOSE is serverAuth, clientAuth or codeSigning."),
    ISSUE_MAIL_CERTIFICATE(
            IssueMailCertificate::main,
            "AUTHORITY_KEY AUTHORITY KEY ADDRESS CERTIFICATE",
            "Issue a certificate for a KMS key that decrypts mail. Such a key cannot sign a certificate request."),
    TLS_SERVER(
            TlsServer::main,
            "KEYSTORE AUTHORITIES PORT",
            "Run an HTTPS server for clients with a certificate from AUTHORITIES. Port 0 means any free port."),
    DECRYPT_MAIL(
            DecryptMail::main,
            "KEY CERTIFICATE MAIL",
            "Decrypt an email (S/MIME), and print its content. CERTIFICATE is the one that the sender used."),
    SIGN_PDF(
            SignPdf::main,
            "KEYSTORE ALIAS PDF SIGNED_PDF",
            "Sign a PDF document with a key and its certificates from a keystore file.");

    // a reference to a static method, which has no state
    @SuppressWarnings("ImmutableEnumChecker")
    private final Program program;

    private final String arguments;
    private final String purpose;

    Sample(Program program, String arguments, String purpose) {
        this.program = program;
        this.arguments = arguments;
        this.purpose = purpose;
    }

    /** The main method of a sample. */
    private interface Program {
        void run(String[] arguments) throws Exception;
    }

    /** Returns the name on the command line. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the names of the arguments. Those in brackets are optional; {@code ...} follows one that can repeat. */
    String arguments() {
        return arguments;
    }

    /** Returns the names of the arguments that are KMS keys. */
    List<String> keys() {
        return Stream.of(arguments.split(" ", -1))
                .filter(name -> name.endsWith("KEY"))
                .toList();
    }

    /** Returns whether the sample takes this number of arguments. */
    boolean takes(int number) {
        String[] names = arguments.split(" ", -1);
        boolean isLastOptional = names[names.length - 1].startsWith("[");
        return number >= names.length - (isLastOptional ? 1 : 0)
                && (number <= names.length || arguments.contains("..."));
    }

    String purpose() {
        return purpose;
    }

    void run(List<String> values) throws Exception {
        program.run(values.toArray(String[]::new));
    }
}
