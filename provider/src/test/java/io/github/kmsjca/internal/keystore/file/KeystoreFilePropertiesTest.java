package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeystoreFilePropertiesTest {
    private static final List<X509Certificate> CERTIFICATES =
            List.of(TestCertificates.selfSigned("one"), TestCertificates.selfSigned("two"));
    private static final List<KeyId> KEYS = List.of(
            KeyId.parse("alias/a"),
            KeyId.parse("mrk-1234abcd12ab34cd56ef1234567890ab"),
            KeyId.parse("arn:aws:kms:eu-west-1:111122223333:alias/b"));

    @Property(tries = 300)
    void toBytes_parsedFile_returnsTheSameBytes(@ForAll("files") String content) throws IOException {
        assertArrayEquals(bytes(content), parse(content).toBytes());
    }

    @Property(tries = 300)
    void parse_writtenEntries_areTheSame(@ForAll("files") String content, @ForAll("entries") List<FileEntry> entries)
            throws IOException, CertificateEncodingException {
        KeystoreFile file = parse(content);
        Map<String, FileEntry> expected = entries(file);
        for (FileEntry entry : entries) {
            file = file.put(entry);
            expected.put(entry.alias(), entry);
        }
        KeystoreFile again = KeystoreFile.parse(file.toBytes(), "again");
        assertEquals(expected, entries(again));
        assertEquals(List.copyOf(expected.keySet()), again.aliases());
    }

    @Property(tries = 300)
    void delete_newEntry_restoresTheBytes(@ForAll("files") String content, @ForAll("entry") FileEntry entry)
            throws IOException, CertificateEncodingException {
        FileEntry fresh = new FileEntry("fresh " + entry.alias(), entry.key(), entry.certificates());
        KeystoreFile added = parse(content).put(fresh);
        assertArrayEquals(bytes(content), added.delete(fresh.alias()).toBytes());
        KeystoreFile again = KeystoreFile.parse(added.toBytes(), "again");
        assertArrayEquals(bytes(content), again.delete(fresh.alias()).toBytes());
    }

    @Property(tries = 300)
    void put_existingEntry_changesNoOtherLine(
            @ForAll("files") String content, @ForAll("entry") FileEntry entry, @ForAll("numbers") int number)
            throws IOException, CertificateEncodingException {
        KeystoreFile file = parse(content);
        if (file.aliases().isEmpty()) {
            return;
        }
        String alias = file.aliases().get(number % file.aliases().size());
        KeystoreFile changed = file.put(new FileEntry(alias, entry.key(), entry.certificates()));
        String marker = "alias: " + alias;
        String before = content.substring(0, content.indexOf(marker));
        String after = text(changed);
        assertEquals(before, after.substring(0, before.length()));
        assertEquals(below(content, marker), below(after, marker));
        assertEquals(
                file.aliases(), KeystoreFile.parse(changed.toBytes(), "again").aliases());
    }

    @Property(tries = 300)
    void rename_andBack_restoresTheBytes(@ForAll("files") String content) throws IOException {
        KeystoreFile file = parse(content);
        for (String alias : file.aliases()) {
            KeystoreFile renamed =
                    KeystoreFile.parse(file.rename(alias, "other name").toBytes(), "again");
            assertEquals(
                    file.entry(alias).flatMap(FileEntry::key),
                    renamed.entry("other name").flatMap(FileEntry::key));
            assertArrayEquals(
                    bytes(content), renamed.rename("other name", alias).toBytes());
        }
    }

    @Property(tries = 300)
    void delete_all_leavesAFileThatParses(@ForAll("files") String content) throws IOException {
        KeystoreFile file = parse(content);
        for (String alias : file.aliases()) {
            file = file.delete(alias);
            assertEquals(
                    file.aliases(), KeystoreFile.parse(file.toBytes(), "again").aliases());
        }
        assertEquals(List.of(), file.aliases());
    }

    /** Returns the text that begins with the next line "# of entry" below the marker, or empty if there is none. */
    private static Optional<String> below(String content, String marker) {
        int start = content.indexOf(marker) + marker.length();
        int next = content.indexOf("# of entry", start);
        return next < 0 ? Optional.empty() : Optional.of(content.substring(next));
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, 1000);
    }

    @Provide
    Arbitrary<FileEntry> entry() {
        Arbitrary<String> aliases = Arbitraries.strings()
                .ofMaxLength(12)
                .filter(text -> text.codePoints().allMatch(ForeignText::isHarmless))
                .map(text -> "n" + text + "n");
        Arbitrary<List<X509Certificate>> chains =
                Arbitraries.of(CERTIFICATES).list().ofMaxSize(3);
        Arbitrary<FileEntry> keys =
                Combinators.combine(aliases, Arbitraries.of(KEYS), chains).as(FileEntry::ofKey);
        Arbitrary<FileEntry> trusted =
                Combinators.combine(aliases, Arbitraries.of(CERTIFICATES)).as(FileEntry::ofTrusted);
        return Arbitraries.oneOf(keys, trusted);
    }

    @Provide
    Arbitrary<List<FileEntry>> entries() {
        return entry().list().ofMaxSize(4);
    }

    /**
     * Returns files with comments, blank lines, custom names and either kind of line end, with or without the last line
     * end.
     */
    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> emptyOrComment =
                Arbitraries.of("", "\n", "\n\n", "# note\n", "\n# note\n", "# note\n\n", "\n  # note\n\n\n", " \t\n");
        Arbitrary<String> head = Arbitraries.of("", "region: eu-west-1\n", "x-own:y\n\nattempts =2\n");
        Arbitrary<String> blocks = Combinators.combine(
                        emptyOrComment,
                        Arbitraries.of("", "x-own: 1\n", "# inside\n", "\n"),
                        Arbitraries.of("", "\n", "subject=CN = any\n", "# between\n\n"),
                        Arbitraries.integers().between(0, 2))
                .as((above, inside, between, count) -> above + "# of entry\nalias: @\n" + inside + "key: alias/k\n"
                        + (between + TestCertificates.pem(CERTIFICATES.get(0))).repeat(count));
        Arbitrary<String> content = Combinators.combine(head, blocks.list().ofMaxSize(4), emptyOrComment)
                .as((top, all, below) -> top + numbered(all) + below);
        return Combinators.combine(
                        content,
                        Arbitraries.of("\n", "\r\n"),
                        Arbitraries.of(true, false),
                        Arbitraries.of("", "\uFEFF"))
                .as((text, lineEnd, lastLineEnd, mark) ->
                        withLineEnds(mark + "# AWSKMS keystore 1\n" + text, lineEnd, lastLineEnd));
    }

    /** Joins the blocks, and gives each one an alias with its number. */
    private static String numbered(List<String> blocks) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            String block = blocks.get(i).replace("@", "entry " + i);
            // text between certificates is allowed only below the first one
            text.append(block.replaceFirst("key: alias/k\nsubject=.*\n", "key: alias/k\n"));
        }
        return text.toString();
    }

    private static String withLineEnds(String text, String lineEnd, boolean lastLineEnd) {
        String shorter = lastLineEnd || !text.endsWith("\n") ? text : text.substring(0, text.length() - 1);
        return shorter.replace("\n", lineEnd);
    }

    private static Map<String, FileEntry> entries(KeystoreFile file) {
        Map<String, FileEntry> entries = new LinkedHashMap<>();
        file.aliases().forEach(alias -> entries.put(alias, file.entry(alias).orElseThrow()));
        return entries;
    }

    private static KeystoreFile parse(String content) throws IOException {
        return KeystoreFile.parse(bytes(content), "file");
    }

    private static String text(KeystoreFile file) {
        return new String(file.toBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
