package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.Line;
import io.github.kmsjca.internal.certificate.PemReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The text of one entry, cut into parts that can be kept or removed separately. Each part begins with the line end
 * above its first line, see {@link Line}.
 *
 * @param lead at most one blank line and the comment lines directly above {@code alias:}
 * @param body from {@code alias:} to the last line that is neither blank nor a comment
 * @param tail the blank lines and comments below the body, which stay when the entry is deleted
 * @param entry the entry that the body describes
 */
record EntryBlock(String lead, String body, String tail, FileEntry entry) {
    private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String PEM_END = "-----END CERTIFICATE-----";
    private static final int PEM_WIDTH = 64;

    /** Returns a block to append to a file, with a blank line above it. */
    static EntryBlock of(FileEntry entry, String lineEnd) throws CertificateEncodingException {
        StringBuilder body = new StringBuilder(lineEnd).append(EntryField.ALIAS.line(entry.alias()));
        entry.key().ifPresent(key -> body.append(lineEnd).append(EntryField.KEY.line(key.text())));
        body.append(pem(entry.certificates(), lineEnd));
        return new EntryBlock(lineEnd, body.toString(), "", entry);
    }

    String text() {
        return lead + body + tail;
    }

    boolean hasBlankAbove() {
        Line above = Line.first(lead).next(lead);
        return above != null && above.isBlank();
    }

    EntryBlock withLead(String other) {
        return new EntryBlock(other, body, tail, entry);
    }

    EntryBlock withTail(String other) {
        return new EntryBlock(lead, body, other, entry);
    }

    EntryBlock renamed(String alias) {
        FileEntry renamed = new FileEntry(alias, entry.key(), entry.certificates());
        Line line = lines().get(0);
        String changed = body.substring(0, line.textStart()) + EntryField.replace(line.text(), alias);
        return new EntryBlock(lead, changed + body.substring(line.textEnd()), tail, renamed);
    }

    /** Returns the block for a changed entry with the same alias. Lines that need no change keep their text. */
    EntryBlock with(FileEntry other, String lineEnd) throws CertificateEncodingException {
        List<Line> lines = lines();
        int pemStart = indexOfFirstPemBegin(lines);
        int pemEnd = indexOfLastPemEnd(lines, pemStart) + 1;
        Line aliasLine = lines.get(0);
        List<Line> fields = lines.subList(1, pemStart);
        List<Line> pem = lines.subList(pemStart, pemEnd);
        List<Line> rest = lines.subList(pemEnd, lines.size());

        StringBuilder changed = new StringBuilder(raw(aliasLine));
        Optional<Line> keyLine =
                fields.stream().filter(EntryField.KEY::isNamedIn).findFirst();
        if (keyLine.isEmpty()) {
            other.key().ifPresent(id -> changed.append(lineEnd).append(EntryField.KEY.line(id.text())));
        }
        for (Line line : fields) {
            changed.append(line.equals(keyLine.orElse(null)) ? keyLine(line, other) : raw(line));
        }
        boolean sameCertificates = entry.certificates().equals(other.certificates());
        changed.append(sameCertificates ? raw(pem) : pem(other.certificates(), lineEnd));
        changed.append(raw(rest));
        return new EntryBlock(lead, changed.toString(), tail, other);
    }

    /** Returns the line {@code key:} for a changed entry, with the line end above it; empty if the entry has no key. */
    private String keyLine(Line line, FileEntry other) {
        String above = body.substring(line.lineEndAbove(), line.textStart());
        return other.key()
                .map(id -> above + EntryField.replace(line.text(), id.text()))
                .orElse("");
    }

    /** Returns the lines of the body. */
    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        // the body begins with the line end of the line above, so its first line is empty
        Line line = Line.first(body).next(body);
        while (line != null) {
            lines.add(line);
            line = line.next(body);
        }
        return lines;
    }

    /** Returns the text of a line and of the line end above it. */
    private String raw(Line line) {
        return body.substring(line.lineEndAbove(), line.textEnd());
    }

    private String raw(List<Line> lines) {
        return lines.isEmpty()
                ? ""
                : body.substring(
                        lines.get(0).lineEndAbove(), lines.get(lines.size() - 1).textEnd());
    }

    /** Returns the index of the line where the first certificate begins; the number of lines if there is none. */
    private static int indexOfFirstPemBegin(List<Line> lines) {
        int index = 0;
        while (index < lines.size() && !PemReader.isBegin(lines.get(index).text())) {
            index++;
        }
        return index;
    }

    /** Returns the index of the last line of the last certificate; {@code pemStart - 1} if there is none. */
    private static int indexOfLastPemEnd(List<Line> lines, int pemStart) {
        int index = lines.size() - 1;
        while (index >= pemStart && !PemReader.isEnd(lines.get(index).text())) {
            index--;
        }
        return index;
    }

    private static String pem(List<X509Certificate> certificates, String lineEnd) throws CertificateEncodingException {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_WIDTH, lineEnd.getBytes(StandardCharsets.US_ASCII));
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(lineEnd).append(PEM_BEGIN);
            text.append(lineEnd).append(encoder.encodeToString(certificate.getEncoded()));
            text.append(lineEnd).append(PEM_END);
        }
        return text.toString();
    }
}
