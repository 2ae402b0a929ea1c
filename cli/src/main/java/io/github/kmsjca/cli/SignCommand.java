package io.github.kmsjca.cli;

import io.github.kmsjca.cli.sign.JarBatch;
import io.github.kmsjca.cli.sign.JarFiles;
import io.github.kmsjca.cli.sign.JarResult;
import io.github.kmsjca.cli.sign.SigningSetup;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs jars in one process, with the signature format of jarsigner. */
@Command(
        name = "sign",
        description = "Sign jars: many at the same time, with one KMS call for each jar.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
    private static final int MAX_JOBS = 16;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** The greatest length of {@link jdk.security.jarsigner.JarSigner.Builder#signerName}. */
    private static final int LONGEST_NAME = 8;

    /** The digests that the user can choose. No JDK disables them for jars. */
    private static final List<String> DIGESTS = List.of("SHA-256", "SHA-384", "SHA-512");

    private static final Pattern SIGNER_NAME = Pattern.compile("[A-Za-z0-9_-]{1," + LONGEST_NAME + "}");

    /** The first argument is part of an error text: "… key cannot sign jars". */
    private static final AlgorithmChoice CHOICE = new AlgorithmChoice("jars", SignCommand::isForJars);

    private final InstantSource clock;
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "JAR",
            description = "Jar, folder or glob. A folder means all .jar, .war, .ear and .rar files in it.")
    List<String> jars = List.of();

    @Option(
            names = "--alias",
            required = true,
            paramLabel = "KEY",
            description = "Alias of an entry with a key and its certificate. Without --keystore, also a key id,"
                    + " key ARN, alias/NAME or alias ARN.")
    String alias = "";

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Option(
            names = "--tsa",
            paramLabel = "URL",
            description = "Time-stamping authority. Repeat the option to name others, which are tried in this order.")
    List<URI> timestampers = new ArrayList<>();

    @Option(
            names = "--digest",
            paramLabel = "NAME",
            defaultValue = "SHA-256",
            description = "Digest algorithm for the files in the jar. Default: ${DEFAULT-VALUE}.")
    String digest = "";

    @Option(
            names = "--signature-algorithm",
            paramLabel = "NAME",
            description =
                    "Signature algorithm, such as SHA384withRSA or RSASSA-PSS. Default: the usual one for the key.")
    @Nullable
    String algorithm;

    @Option(
            names = "--sigfile",
            paramLabel = "NAME",
            description = "Name of the signature files in the jar: 1 to 8 letters, digits, - or _. Default: the first"
                    + " 8 characters of the alias, or of the part after its last / or :.")
    @Nullable
    String signerName;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FOLDER",
            description = "Folder for the signed jars. Default: each jar is replaced.")
    @Nullable
    Path folder;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Number of jars that are signed at the same time. Default: the number of processors, at most "
                    + MAX_JOBS + ".")
    int jobs = Math.min(MAX_JOBS, Runtime.getRuntime().availableProcessors());

    @Option(names = "--verify", description = "Read and verify each signed jar before it replaces a file.")
    boolean verifies;

    @Option(names = "--skip-signed", description = "Leave jars as they are if this key has signed all files in them.")
    boolean skipsSigned;

    @Mixin
    final JsonOption json = new JsonOption();

    SignCommand(InstantSource clock, Terminal terminal) {
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws GeneralSecurityException, IOException, InterruptedException {
        requireValidOptions();
        List<Path> files = JarFiles.find(jars);
        SigningSetup setup = setup();
        PrintWriter err = Output.line(spec).getErr();
        warnings(setup).forEach(warning -> err.println(Main.NAME + ": warning: " + ForeignText.clean(warning)));
        Progress progress = Progress.of(terminal, err, "of " + files.size() + " jars");
        try (SignReport report = new SignReport(Output.of(spec), err, progress, json.isEnabled).open()) {
            List<JarResult> results = new JarBatch(setup, folder, jobs, verifies, skipsSigned).run(files, report::add);
            report.finish(results);
            boolean hasFailure = results.stream().anyMatch(JarResult::isFailure);
            return (hasFailure ? ExitStatus.FAILURE : ExitStatus.SUCCESS).code();
        }
    }

    private void requireValidOptions() {
        requireText("JAR", jars.contains(""));
        requireText("--alias", alias.isEmpty());
        requireText("--out", folder != null && folder.toString().isEmpty());
        if (jobs < 1) {
            throw new ParameterException(Output.line(spec), "--jobs must be at least 1");
        }
        if (signerName != null && !SIGNER_NAME.matcher(signerName).matches()) {
            throw new ParameterException(
                    Output.line(spec), "--sigfile must have 1 to 8 letters, digits, - or _, not '" + signerName + "'");
        }
        if (!DIGESTS.contains(digest)) {
            throw new ParameterException(
                    Output.line(spec),
                    "--digest must be one of " + String.join(", ", DIGESTS) + ", not '" + digest + "'");
        }
        timestampers.forEach(this::requireUrl);
    }

    private void requireText(String name, boolean isEmpty) {
        if (isEmpty) {
            throw new ParameterException(
                    Output.line(spec), name + " cannot be empty; an empty shell variable may be the cause");
        }
    }

    private void requireUrl(URI authority) {
        String scheme = String.valueOf(authority.getScheme());
        if (!List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT)) || authority.getHost() == null) {
            throw new ParameterException(
                    Output.line(spec), "--tsa must be an http or https URL, not '" + ForeignText.of(authority) + "'");
        }
        if (authority.getUserInfo() != null) {
            throw new ParameterException(Output.line(spec), "--tsa cannot contain a user or a password");
        }
    }

    /**
     * Returns whether a JarSigner can sign with the algorithm. The signature in the jar names the algorithm by its
     * object identifier, so algorithms without one are not for jars. Of the PSS algorithms, a JarSigner knows only
     * RSASSA-PSS.
     */
    private static boolean isForJars(SignatureAlgorithm row) {
        return switch (row.scheme()) {
            case RSA_PKCS1, ECDSA -> row.oid().isPresent();
            case RSA_PSS -> row == SignatureAlgorithm.PSS;
            case ED25519 -> row == SignatureAlgorithm.ED25519;
            default -> false;
        };
    }

    private SigningSetup setup() throws GeneralSecurityException, IOException {
        // fails if there is no such entry, and suggests the most similar alias
        Store opened = Store.of(store).requireNamedFileExists();
        opened.id(alias);
        KeyStore entries = store.open();
        Key found = entries.getKey(alias, null);
        if (!(found instanceof PairHandle key)) {
            throw new KeyStoreException(
                    found == null
                            ? missingKeyText(opened.session().settings())
                            : found + " cannot sign jars; name an asymmetric key");
        }
        Certificate[] chain = entries.getCertificateChain(alias);
        if (chain == null) {
            throw new KeyStoreException("the key '" + alias
                    + "' has no certificate, and a signed jar needs one: use certreq or selfsign, then import");
        }
        SignatureAlgorithm row = CHOICE.of(key.spec(), algorithm);
        key.requireFit(row);
        return new SigningSetup(
                key,
                Stream.of(chain).map(X509Certificate.class::cast).toList(),
                entries.getProvider(),
                row.jcaName(),
                digest,
                signerName == null ? nameOf(alias) : signerName,
                timestampers);
    }

    /** Returns why there is no key. For an entry of a file, getKey throws an exception if KMS has no such key. */
    private String missingKeyText(KmsSettings settings) {
        boolean canBeExcluded = !settings.keys().isEmpty() || settings.adopt().isPresent();
        return "KMS has no key '" + alias + "'"
                + (canBeExcluded ? ", or the setting keys or adopt excludes it" : "")
                + "; 'kms-jca list' lists the keys that have an alias";
    }

    /**
     * Returns a name for the signature files: the first characters of the alias, or of the part after its last slash or
     * colon, in upper case. An underscore replaces each character that such a name cannot have.
     */
    static String nameOf(String alias) {
        int start = Math.max(alias.lastIndexOf('/'), alias.lastIndexOf(':')) + 1;
        String part = start < alias.length() ? alias.substring(start) : alias;
        String name = part.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_-]", "_");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** Returns warnings like those that jarsigner prints for each jar. */
    private List<String> warnings(SigningSetup setup) {
        List<String> warnings = new ArrayList<>();
        // no KMS key to compare with: the provider verifies signatures with the certificate (verify-after-sign)
        new CertificateCheck(clock, null)
                .finding(setup.chain(), null)
                .filter(finding -> finding.level() != Finding.Level.OK)
                .ifPresent(finding -> warnings.add(finding.text()));
        if (!allowsCodeSigning(setup.chain().get(0))) {
            warnings.add("the certificate does not allow code signing (extendedKeyUsage), so jarsigner -strict rejects"
                    + " the jars; ask the CA for a certificate with codeSigning");
        }
        if (timestampers.isEmpty()) {
            warnings.add("the jars get no timestamp, so their signatures are valid only until the certificate"
                    + " expires, at " + setup.chain().get(0).getNotAfter().toInstant() + "; use --tsa");
        }
        return warnings;
    }

    /** Checks the extension extendedKeyUsage. Without it, a certificate allows all purposes (RFC 5280 §4.2.1.12). */
    private static boolean allowsCodeSigning(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(CODE_SIGNING) || purposes.contains(ANY_PURPOSE);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }
}
