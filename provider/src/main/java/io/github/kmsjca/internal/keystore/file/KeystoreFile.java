package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.CertificateForm;
import io.github.kmsjca.internal.certificate.CertificatePool;
import io.github.kmsjca.internal.certificate.FileFormatException;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.SettingSource;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A keystore file: a text file with the settings of the store and its entries, without secrets.
 *
 * <p>Every edit returns a new object and changes only the bytes that it must change. Immutable.
 */
public final class KeystoreFile {
    private static final String LF = "\n";
    private static final String CRLF = "\r\n";

    /** The name in error texts for a file without a path. */
    private static final String SOURCE = "keystore file";

    /** The folder where relative paths start if the keystore is read from a stream, because a stream has no path. */
    private static final Path WORKING_FOLDER = Path.of("");

    /** The maximum size in MiB, enough for tens of thousands of entries with their chains. */
    private static final int LARGEST_MIB = 256;

    private static final int LARGEST = LARGEST_MIB * 1024 * 1024;

    private final String head;
    private final Map<String, EntryBlock> blocks;
    private final String end;
    private final SettingSource settings;
    private final String source;

    /** The result of {@link #certificates}, created on first use. */
    private volatile @Nullable CertificatePool pool;

    private KeystoreFile(Text text, SettingSource settings, String source) {
        this.head = text.head;
        this.blocks = text.blocks;
        this.end = text.end;
        this.settings = settings;
        this.source = source;
    }

    /**
     * The parts of the text: everything above the first block, the blocks by alias, and the line end of the last line.
     */
    private record Text(String head, Map<String, EntryBlock> blocks, String end) {}

    /** Returns whether the stream begins like a keystore file of any version. Reads no more than necessary. */
    public static boolean probe(InputStream in) throws IOException {
        return FormatLine.isNext(in);
    }

    /** Returns a file without settings or entries. */
    public static KeystoreFile empty() {
        return new KeystoreFile(
                new Text(FormatLine.TEXT, Map.of(), LF), SettingSource.keystoreFile(List.of(), WORKING_FOLDER), SOURCE);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if the file cannot be read or has an error; if a line is wrong, the message names the line
     */
    public static KeystoreFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(
                    content(in, file.toString()),
                    file.toString(),
                    file.toAbsolutePath().resolveSibling(""));
        }
    }

    /**
     * Reads a file from a stream. Relative paths in the file start at the working directory, because the stream has no
     * path.
     *
     * @throws IOException if the file cannot be read or has an error; if a line is wrong, the message names the line
     */
    public static KeystoreFile read(InputStream stream) throws IOException {
        return parse(content(stream, SOURCE), SOURCE);
    }

    private static byte[] content(InputStream in, String source) throws IOException {
        byte[] content = in.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            throw new FileFormatException(
                    source + " is larger than " + LARGEST_MIB + " MiB, the maximum for a keystore file; check the name",
                    null);
        }
        return content;
    }

    /**
     * Returns the file with this content. Relative paths in the file start at the working directory.
     *
     * @param source the name of the file in error texts
     * @throws IOException if the content has an error; if a line is wrong, the message names the line
     */
    static KeystoreFile parse(byte[] content, String source) throws IOException {
        return parse(content, source, WORKING_FOLDER);
    }

    private static KeystoreFile parse(byte[] content, String source, Path folder) throws IOException {
        Optional<String> description = CertificateForm.describeOtherFormat(content);
        if (description.isPresent()) {
            throw new FileFormatException(source + " is " + description.get(), null);
        }
        String text = decode(content, source);
        String end = lastLineEnd(text);
        KeystoreParser parser = new KeystoreParser(source, text.substring(0, text.length() - end.length()));
        parser.parse();
        return new KeystoreFile(new Text(parser.head(), parser.blocks(), end), parser.settings(folder), source);
    }

    private static String lastLineEnd(String text) {
        if (text.endsWith(CRLF)) {
            return CRLF;
        }
        return text.endsWith(LF) ? LF : "";
    }

    /** Decodes UTF-8. An error names the line of the first byte that is wrong, and the encoding if it is UTF-16. */
    private static String decode(byte[] content, String source) throws FileFormatException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            String before = new String(content, 0, in.position(), StandardCharsets.ISO_8859_1);
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            boolean isOtherFile = line == 1 && !before.startsWith("#") && !isUtf16(content);
            if (isOtherFile) {
                throw new FileFormatException(source, line, FormatLine.REFUSAL);
            }
            // even without a byte order mark, UTF-16 has a zero byte in each ASCII character
            String wrong = before.indexOf('\0') >= 0 || isUtf16(content) ? "UTF-16 instead of UTF-8" : "not UTF-8";
            throw new FileFormatException(source, line, wrong + "; save the file as UTF-8");
        }
        return out.flip().toString();
    }

    /** Returns whether content begins with the byte order mark of UTF-16, which PowerShell writes. */
    private static boolean isUtf16(byte[] content) {
        if (content.length < 2) {
            return false;
        }
        int mark = ((content[0] & 0xFF) << Byte.SIZE) | (content[1] & 0xFF);
        return mark == 0xFEFF || mark == 0xFFFE;
    }

    /**
     * Returns the effective settings: the settings of this file, combined with all other sources.
     *
     * @param parameter the settings of a load parameter, if there is one
     * @throws SettingsException if a setting is wrong, in any source, or the operator does not allow a key that the
     *     file names
     */
    public KmsSettings settings(Configuration configuration, SettingSource... parameter) {
        SettingSource[] sources = Arrays.copyOf(parameter, parameter.length + 1);
        sources[parameter.length] = settings;
        KmsSettings effective = configuration.settings(sources);
        for (EntryBlock block : blocks.values()) {
            FileEntry entry = block.entry();
            entry.key().ifPresent(key -> effective.requireAllowed(source + ", entry '" + entry.alias() + "'", key));
        }
        return effective;
    }

    /** Returns the aliases in the order of the file. */
    public List<String> aliases() {
        return List.copyOf(blocks.keySet());
    }

    /** Returns the entry with exactly this alias. */
    public Optional<FileEntry> entry(String alias) {
        return Optional.ofNullable(blocks.get(alias)).map(EntryBlock::entry);
    }

    /** Returns the certificates of all entries. */
    public CertificatePool certificates() {
        CertificatePool cached = pool;
        if (cached == null) {
            cached = new CertificatePool(
                    blocks.values().stream()
                            .flatMap(block -> block.entry().certificates().stream())
                            .distinct()
                            .toList(),
                    InstantSource.system());
            pool = cached;
        }
        return cached;
    }

    /**
     * Returns a file with this entry. The entry replaces the entry with the same alias. If there is none, the new entry
     * is added at the end.
     */
    public KeystoreFile put(FileEntry entry) throws CertificateEncodingException {
        Map<String, EntryBlock> changed = new LinkedHashMap<>(blocks);
        EntryBlock old = blocks.get(entry.alias());
        changed.put(entry.alias(), old == null ? EntryBlock.of(entry, lineEnd()) : old.with(entry, lineEnd()));
        return with(head, changed);
    }

    /** Returns a file without the entry. If there is no such alias, returns this file. */
    public KeystoreFile delete(String alias) {
        EntryBlock gone = blocks.get(alias);
        if (gone == null) {
            return this;
        }
        List<EntryBlock> all = new ArrayList<>(blocks.values());
        int index = all.indexOf(gone);
        all.remove(index);
        // keep a blank line between the entries above and below
        if (index < all.size() && gone.hasBlankAbove() && !all.get(index).hasBlankAbove()) {
            EntryBlock below = all.get(index);
            all.set(index, below.withLead(lineEnd() + below.lead()));
        }
        // keep the comments below the entry
        if (index > 0) {
            EntryBlock above = all.get(index - 1);
            all.set(index - 1, above.withTail(above.tail() + gone.tail()));
        }
        return with(index > 0 ? head : head + gone.tail(), byAlias(all));
    }

    /**
     * Returns a file where the entry has another alias, at the same place.
     *
     * @throws IllegalArgumentException if there is no such entry, or the other alias exists or cannot be written
     */
    public KeystoreFile rename(String alias, String other) {
        if (!blocks.containsKey(alias)) {
            throw new IllegalArgumentException("there is no entry '" + alias + "'");
        }
        if (blocks.containsKey(other)) {
            throw new IllegalArgumentException("there is already an entry '" + other + "'");
        }
        List<EntryBlock> all = new ArrayList<>(blocks.values());
        all.replaceAll(block -> block.entry().alias().equals(alias) ? block.renamed(other) : block);
        return with(head, byAlias(all));
    }

    /** Returns the content of the file in UTF-8. */
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(head);
        blocks.values()
                .forEach(block -> text.append(block.lead()).append(block.body()).append(block.tail()));
        return text.append(end).toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Saves the file in one step. If this fails, an existing file is unchanged.
     *
     * @param origin the content as it was read or last saved; null for a new file
     * @throws IOException if the file cannot be written, or another program has changed it since it was read or saved
     */
    public void save(Path file, @Nullable KeystoreFile origin) throws IOException {
        try {
            AtomicFile.replace(file, origin == null ? new byte[0] : origin.toBytes(), toBytes());
        } catch (IOException refused) {
            throw new IOException(
                    "keystore file " + file + " cannot be saved" + (Files.exists(file) ? " and stays as it is" : "")
                            + ": " + SaveFailure.reason(file, refused),
                    refused);
        }
    }

    private KeystoreFile with(String otherHead, Map<String, EntryBlock> otherBlocks) {
        return new KeystoreFile(new Text(otherHead, otherBlocks, end), settings, source);
    }

    /** Returns the blocks by alias. */
    private static Map<String, EntryBlock> byAlias(List<EntryBlock> blocks) {
        Map<String, EntryBlock> index = new LinkedHashMap<>();
        blocks.forEach(block -> index.put(block.entry().alias(), block));
        return index;
    }

    /** Returns the line end for new lines, which is the line end of the first line. */
    private String lineEnd() {
        String text = head
                + blocks.values().stream().findFirst().map(EntryBlock::text).orElse("")
                + end;
        int newline = text.indexOf('\n');
        return newline > 0 && text.charAt(newline - 1) == '\r' ? CRLF : LF;
    }
}
