package io.github.kmsjca.internal.certificate;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the PEM certificates in a keystore file, by the lax grammar of RFC 7468 §3. The parser of the file passes each
 * line to {@link #take}. {@link PemFile} reads all other texts.
 *
 * <p>Refuses private keys, and never repeats their content in an error. Use one instance for one text, in one thread.
 */
public final class PemReader {
    /** The label of RFC 7468 §5.1, and two old labels, which the RFC permits only for backward compatibility. */
    private static final Set<String> CERTIFICATE_LABELS =
            Set.of("CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE");

    private static final Pattern BEGIN = Pattern.compile("\\s*-----BEGIN (.*)-----\\s*");
    private static final Pattern END = Pattern.compile("\\s*-----END (.*)-----\\s*");
    private static final Pattern LABEL = Pattern.compile("[A-Z0-9. ]{1,40}");

    private final String source;
    private final CertificateReader certificates = new CertificateReader();
    private final StringBuilder base64 = new StringBuilder();
    private String label = "";
    private int beginLine;

    /** Creates a reader. The source is the name of the file in error texts. */
    public PemReader(String source) {
        this.source = source;
    }

    /** Returns whether a line begins a PEM block. The line may be damaged. */
    public static boolean isBegin(String text) {
        return text.stripLeading().startsWith("-----BEGIN ");
    }

    /** Returns whether a line ends a PEM block. The line may be damaged. */
    public static boolean isEnd(String text) {
        return text.stripLeading().startsWith("-----END ");
    }

    /**
     * Takes the line if it belongs to a PEM block. At the last line of a block, passes its certificate to
     * {@code taker}.
     *
     * @return whether the line belongs to a PEM block
     * @throws FileFormatException if the block is not a certificate, is damaged, or exceeds a limit
     */
    public boolean take(Line line, Consumer<X509Certificate> taker) throws FileFormatException {
        if (isBegin(line.text())) {
            begin(line);
        } else if (isEnd(line.text())) {
            end(line);
            taker.accept(certificate());
        } else if (label.isEmpty()) {
            return false;
        } else {
            base64.append(line.text().strip().replace(" ", "").replace("\t", ""));
        }
        return true;
    }

    /** Fails if a block has begun but has not ended. */
    public void requireComplete() throws FileFormatException {
        if (!label.isEmpty()) {
            throw failure(beginLine, "this PEM block has no END line", null);
        }
    }

    private void begin(Line line) throws FileFormatException {
        requireComplete();
        String found = label(BEGIN, line);
        if (!CERTIFICATE_LABELS.contains(found)) {
            throw failure(
                    line.number(),
                    "PEM block '" + found + "' is not a certificate; only certificates are allowed here",
                    null);
        }
        label = found;
        beginLine = line.number();
        base64.setLength(0);
    }

    private void end(Line line) throws FileFormatException {
        if (label.isEmpty()) {
            throw failure(line.number(), "END line without a BEGIN line above it", null);
        }
        if (!label.equals(label(END, line))) {
            throw failure(line.number(), "END line does not match the BEGIN line in line " + beginLine, null);
        }
        label = "";
    }

    /** Returns the label of a BEGIN or END line, which must match the pattern. */
    private String label(Pattern pattern, Line line) throws FileFormatException {
        if (line.text().contains("PRIVATE KEY")) {
            throw failure(line.number(), Contents.PRIVATE_KEY_BLOCK, null);
        }
        Matcher match = pattern.matcher(line.text());
        if (!match.matches() || !LABEL.matcher(match.group(1)).matches()) {
            throw failure(line.number(), Contents.DAMAGED_MARK, null);
        }
        return match.group(1);
    }

    private X509Certificate certificate() throws FileFormatException {
        try {
            return certificates.readOne(Base64.getDecoder().decode(base64.toString()));
        } catch (IllegalArgumentException | CertificateException damaged) {
            throw failure(beginLine, Contents.problem(damaged), damaged);
        }
    }

    private FileFormatException failure(int line, String problem, @Nullable Throwable cause) {
        return new FileFormatException(source, line, problem, cause);
    }
}
