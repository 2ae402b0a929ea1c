package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.CertificatePool;
import io.github.kmsjca.internal.certificate.FileFormatException;
import io.github.kmsjca.internal.certificate.Line;
import io.github.kmsjca.internal.certificate.PemReader;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.SettingLine;
import io.github.kmsjca.internal.config.SettingSource;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.SettingsException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the text of a keystore file in one pass. Use one instance for one text. */
final class KeystoreParser {
    /**
     * Lines that look like fields. If the name is unknown, such a line is an error even between certificates, where
     * other text is allowed (RFC 7468 §5.2). A line can contain characters that end a line only for a pattern, such as
     * U+2028.
     */
    private static final Pattern FIELD_LIKE =
            Pattern.compile("[a-z][a-z0-9-]*:.*|\\s*(?i:alias|key)\\s*[:=].*", Pattern.DOTALL);

    private static final String ENTRY_BEGINS = "an entry begins with 'alias: NAME'";

    private final String source;
    private final String content;
    private final PemReader pem;
    private final List<SettingLine> settings = new ArrayList<>();
    private final Map<String, EntryBlock> blocks = new LinkedHashMap<>();
    private final Map<String, Integer> aliasLines = new LinkedHashMap<>();

    /**
     * The offset where the blank line and comments directly above the current line begin; -1 if there are none. If the
     * current line is {@code alias:}, they belong to the new entry.
     */
    private int lead = -1;

    /** The offset of the end of the last line that is neither blank nor a comment. */
    private int contentEnd;

    /** The offset where the first block begins; until a block is found, the end of the text. */
    private int headEnd;

    /** The entry that is being read; null above the first entry. */
    private @Nullable OpenEntry open;

    KeystoreParser(String source, String content) {
        this.source = source;
        this.content = content;
        this.pem = new PemReader(source);
        this.headEnd = content.length();
    }

    void parse() throws FileFormatException {
        Line first = Line.first(content);
        FormatLine.require(source, first);
        contentEnd = first.textEnd();
        Line line = first.next(content);
        while (line != null) {
            take(line);
            line = line.next(content);
        }
        pem.requireComplete();
        finish(content.length());
    }

    /** Returns the blocks by alias, in the order of the file. */
    Map<String, EntryBlock> blocks() {
        return blocks;
    }

    /** Returns the text above the first block. */
    String head() {
        return content.substring(0, headEnd);
    }

    /** Returns the settings. Their relative paths start at the given folder. */
    SettingSource settings(Path folder) throws FileFormatException {
        try {
            return SettingSource.keystoreFile(settings, folder);
        } catch (SettingsException wrong) {
            throw new FileFormatException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void take(Line line) throws FileFormatException {
        OpenEntry entry = open;
        if (pem.take(line, entry == null ? certificate -> {} : entry::add)) {
            takePem(line, entry);
            endContent(line);
        } else if (line.isBlank()) {
            lead = line.lineEndAbove();
        } else if (line.isComment()) {
            lead = lead < 0 ? line.lineEndAbove() : lead;
        } else {
            takeField(line, entry);
            endContent(line);
        }
    }

    private void takePem(Line line, @Nullable OpenEntry entry) throws FileFormatException {
        if (entry == null) {
            throw failure(line, "a PEM block above the first entry; " + ENTRY_BEGINS);
        }
        entry.hasPem = true;
    }

    private void endContent(Line line) {
        contentEnd = line.textEnd();
        lead = -1;
    }

    private void takeField(Line line, @Nullable OpenEntry entry) throws FileFormatException {
        Optional<SettingLine> field = SettingLine.parse(source, line.number(), line.text());
        String name = field.map(SettingLine::name).orElse("");
        String value = field.map(SettingLine::value).orElse("");
        if (name.equals(EntryField.ALIAS.fieldName())) {
            begin(line, value);
        } else if (name.startsWith(EntryField.USER_PREFIX)) {
            return;
        } else if (entry == null) {
            takeSetting(line, field.orElse(null));
        } else if (entry.hasPem) {
            requireNoField(line, name);
        } else if (name.equals(EntryField.KEY.fieldName())) {
            takeKey(line, value, entry);
        } else {
            throw unknown(line, name);
        }
    }

    private void takeSetting(Line line, @Nullable SettingLine setting) throws FileFormatException {
        if (setting == null) {
            throw failure(line, "not a setting; write 'name: value', or # before a comment");
        }
        if (setting.name().equals(EntryField.KEY.fieldName())) {
            throw failure(line, "key: without alias: above it; " + ENTRY_BEGINS);
        }
        settings.add(setting);
    }

    private void takeKey(Line line, String value, OpenEntry entry) throws FileFormatException {
        if (entry.key != null) {
            throw failure(line, "key: is given twice in the entry '" + ForeignText.of(entry.alias) + "'; keep one");
        }
        try {
            entry.key = KeyId.parse(value);
        } catch (IllegalArgumentException notAKey) {
            throw failure(line, String.valueOf(notAKey.getMessage()));
        }
    }

    /** Checks a line below the first certificate of an entry, where text is allowed but fields are not. */
    private void requireNoField(Line line, String name) throws FileFormatException {
        if (name.equals(EntryField.KEY.fieldName())) {
            throw failure(line, "key: below a certificate; it belongs directly below alias:");
        }
        if (FIELD_LIKE.matcher(line.text()).matches()) {
            throw unknown(line, name);
        }
    }

    private FileFormatException unknown(Line line, String name) {
        boolean looksLikeField = FIELD_LIKE.matcher(line.text()).matches();
        return failure(
                line,
                (looksLikeField ? "unknown name '" + ForeignText.of(name) + "'" : "neither field nor certificate")
                        + "; an entry has alias:, key:, names beginning with x-, and certificates; settings stand above"
                        + " the first entry; other text needs #");
    }

    private void begin(Line line, String alias) throws FileFormatException {
        int start = lead < 0 ? line.lineEndAbove() : lead;
        finish(start);
        Integer first = aliasLines.putIfAbsent(alias, line.number());
        if (first != null) {
            throw failure(line, "alias '" + ForeignText.of(alias) + "' is given twice, first in line " + first);
        }
        headEnd = Math.min(headEnd, start);
        open = new OpenEntry(alias, line, start);
    }

    /**
     * Closes the open entry, if there is one.
     *
     * @param end the offset where the tail of the entry ends: where the next block begins, or the end of the text
     */
    private void finish(int end) throws FileFormatException {
        OpenEntry entry = open;
        if (entry == null) {
            return;
        }
        String above = content.substring(entry.lead, entry.line.lineEndAbove());
        String body = content.substring(entry.line.lineEndAbove(), contentEnd);
        blocks.put(entry.alias, new EntryBlock(above, body, content.substring(contentEnd, end), fileEntry(entry)));
    }

    private FileEntry fileEntry(OpenEntry entry) throws FileFormatException {
        try {
            return new FileEntry(entry.alias, Optional.ofNullable(entry.key), entry.certificates);
        } catch (IllegalArgumentException wrong) {
            throw failure(entry.line, String.valueOf(wrong.getMessage()));
        }
    }

    private FileFormatException failure(Line line, String problem) {
        return new FileFormatException(source, line.number(), problem);
    }

    /** An entry that is being read. */
    private static final class OpenEntry {
        final String alias;

        /** The line {@code alias:}. */
        final Line line;

        /** The offset where the block begins. */
        final int lead;

        final List<X509Certificate> certificates = new ArrayList<>();

        @Nullable
        KeyId key;

        /** Whether a PEM block has begun. */
        boolean hasPem;

        OpenEntry(String alias, Line line, int lead) {
            this.alias = alias;
            this.line = line;
            this.lead = lead;
        }

        /** Adds a certificate. Keeps at most one more than the limit, so that {@link FileEntry} refuses the entry. */
        void add(X509Certificate certificate) {
            if (certificates.size() <= CertificatePool.LONGEST_CHAIN) {
                certificates.add(certificate);
            }
        }
    }
}
