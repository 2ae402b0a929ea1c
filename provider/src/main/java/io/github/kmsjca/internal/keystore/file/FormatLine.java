package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.FileFormatException;
import io.github.kmsjca.internal.certificate.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of a keystore file, which identifies the format. */
final class FormatLine {
    static final String TEXT = "# AWSKMS keystore 1";

    /** The problem in the error text for a file of another kind. */
    static final String REFUSAL = "not a keystore file; the first line must be '" + TEXT + "'";

    private static final String VERSION = "1";
    private static final Pattern FORMAT = Pattern.compile("\uFEFF?# AWSKMS keystore ([1-9][0-9]{0,8})");

    /**
     * The maximum length in bytes: a byte order mark (3), the text without its version, a version (9), and CR LF (2).
     */
    private static final int LONGEST = 3 + TEXT.length() - VERSION.length() + 9 + 2;

    private FormatLine() {}

    /**
     * Returns whether the stream begins with a format line of any version.
     *
     * <p>A newer version also counts, so that {@link #require} can explain the problem. Otherwise the JDK tools would
     * print "Unrecognized keystore format".
     */
    static boolean isNext(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(LONGEST);
        int next = in.read();
        while (next >= 0 && next != '\n' && read.size() < LONGEST) {
            read.write(next);
            next = in.read();
        }
        String line = read.toString(StandardCharsets.UTF_8);
        boolean crlf = next == '\n' && line.endsWith("\r");
        return FORMAT.matcher(crlf ? line.substring(0, line.length() - 1) : line)
                .matches();
    }

    /**
     * Checks the first line of a file.
     *
     * @throws FileFormatException if the line is not a format line, or names another version
     */
    static void require(String source, Line line) throws FileFormatException {
        Matcher match = FORMAT.matcher(line.text());
        if (!match.matches()) {
            throw new FileFormatException(source, line.number(), REFUSAL);
        }
        if (!match.group(1).equals(VERSION)) {
            throw new FileFormatException(
                    source,
                    line.number(),
                    "written by a newer version (format " + match.group(1)
                            + "); update kms-jca: this version reads format " + VERSION);
        }
    }
}
