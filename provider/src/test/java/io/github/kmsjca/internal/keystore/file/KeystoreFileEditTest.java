package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests changes of a keystore file. A change keeps all text that it does not concern. */
class KeystoreFileEditTest {
    private static final String HEADER = "# AWSKMS keystore 1\n";
    private static final X509Certificate LEAF = TestCertificates.selfSigned("leaf");
    private static final X509Certificate ROOT = TestCertificates.selfSigned("root");
    private static final String LEAF_PEM = TestCertificates.pem(LEAF);
    private static final String ROOT_PEM = TestCertificates.pem(ROOT);
    private static final KeyId A = KeyId.parse("alias/a");
    private static final KeyId B = KeyId.parse("alias/b");

    private static final String COMMENTED = HEADER
            + "# for everybody\nregion: eu-west-1\n\n# ==== ours ====\n\n# the key of a\nalias: a\nkey: alias/a\n"
            + LEAF_PEM + "# after a\n\n\n# the key of b\n# in two lines\nalias: b\nkey: alias/b\n\n# the end\n";

    private static final String WITHOUT_BLANK_LINE_BETWEEN =
            HEADER + "# floating\n\nalias: a\nkey: alias/a\n# of b\nalias: b\nkey: alias/b\n";

    @Test
    void put_emptyFile_writesKeyAndTrustedEntries() throws Exception {
        KeystoreFile file = KeystoreFile.empty()
                .put(FileEntry.ofKey("release", A, List.of(LEAF, ROOT)))
                .put(FileEntry.ofTrusted("root ca", ROOT));
        assertText(
                HEADER + "\nalias: release\nkey: alias/a\n" + LEAF_PEM + ROOT_PEM + "\nalias: root ca\n" + ROOT_PEM,
                file);
    }

    @Test
    void put_crlfFile_writesCrlf() throws Exception {
        String content = (HEADER + "\nalias: a\nkey: alias/a\n").replace("\n", "\r\n");
        String added = ("\nalias: b\nkey: alias/b\n" + LEAF_PEM).replace("\n", "\r\n");
        assertText(content + added, parse(content).put(FileEntry.ofKey("b", B, List.of(LEAF))));
        assertText(
                HEADER.replace("\n", "\r\n") + "\r\nalias: b\r\nkey: alias/b\r\n",
                parse(HEADER.replace("\n", "\r\n")).put(FileEntry.ofKey("b", B, List.of())));
    }

    @Test
    void put_fileWithoutLastLineEnd_addsNoLastLineEnd() throws Exception {
        KeystoreFile file = parse(HEADER + "\nalias: a\nkey: alias/a").put(FileEntry.ofKey("b", B, List.of()));
        assertText(HEADER + "\nalias: a\nkey: alias/a\n\nalias: b\nkey: alias/b", file);
        assertText(
                "# AWSKMS keystore 1\n\nalias: b\nkey: alias/b",
                parse("# AWSKMS keystore 1").put(FileEntry.ofKey("b", B, List.of())));
    }

    @Test
    void put_sameEntry_changesNothing() throws Exception {
        KeystoreFile file = parse(COMMENTED);
        for (String alias : file.aliases()) {
            assertText(COMMENTED, file.put(file.entry(alias).orElseThrow()));
        }
    }

    @Test
    void put_otherCertificates_changesOnlyTheirLines() throws Exception {
        String above = HEADER + "\n# mine\nalias:a\n# which\n  key =  alias/a\nx-owner: me\n";
        String below = "\n# next\nalias: b\nkey: alias/b\n";
        KeystoreFile file = parse(above + LEAF_PEM + "subject=CN = root\n" + ROOT_PEM + below);
        assertText(above + ROOT_PEM + below, file.put(FileEntry.ofKey("a", A, List.of(ROOT))));
        assertText(above + below, file.put(FileEntry.ofKey("a", A, List.of())));
    }

    @Test
    void put_firstCertificate_isWrittenBelowTheFields() throws Exception {
        String above = HEADER + "alias: a\nkey: alias/a\nx-owner: me\n";
        String below = "# floating\n\n# next\nalias: b\nkey: alias/b\n";
        assertText(above + LEAF_PEM + below, parse(above + below).put(FileEntry.ofKey("a", A, List.of(LEAF))));
    }

    @Test
    void put_otherKey_changesOnlyTheValueOfTheKeyLine() throws Exception {
        String content = HEADER + "alias: a\n\tkey =  alias/a  \nx-owner: me\n" + LEAF_PEM;
        assertText(content.replace("alias/a", "alias/b"), parse(content).put(FileEntry.ofKey("a", B, List.of(LEAF))));
    }

    @Test
    void put_keyOverTrusted_addsTheKeyLine() throws Exception {
        String content = HEADER + "alias: a\nx-owner: me\n" + LEAF_PEM;
        assertText(
                content.replace("alias: a\n", "alias: a\nkey: alias/a\n"),
                parse(content).put(FileEntry.ofKey("a", A, List.of(LEAF))));
    }

    @Test
    void put_trustedOverKey_removesTheKeyLine() throws Exception {
        String content = HEADER + "alias: a\nx-owner: me\nkey: alias/a\n" + LEAF_PEM;
        assertText(content.replace("key: alias/a\n", ""), parse(content).put(FileEntry.ofTrusted("a", LEAF)));
    }

    @Test
    void put_newEntry_parsesToTheSameEntry() throws Exception {
        FileEntry entry = FileEntry.ofKey("Schlüssel = a: b", A, List.of(LEAF, ROOT));
        KeystoreFile file = parse(COMMENTED).put(entry);
        assertEquals(Optional.of(entry), parse(text(file)).entry(entry.alias()));
    }

    @Test
    void delete_entry_removesOnlyTheCommentsDirectlyAboveTheEntry() throws Exception {
        assertText(
                COMMENTED.replace("\n# the key of a\nalias: a\nkey: alias/a\n" + LEAF_PEM, ""),
                parse(COMMENTED).delete("a"));
        assertText(
                COMMENTED.replace("\n# the key of b\n# in two lines\nalias: b\nkey: alias/b\n", ""),
                parse(COMMENTED).delete("b"));
    }

    @Test
    void delete_entryDirectlyAboveAnother_leavesTheBlankLineToTheOther() throws Exception {
        assertText(
                HEADER + "# floating\n\n# of b\nalias: b\nkey: alias/b\n",
                parse(WITHOUT_BLANK_LINE_BETWEEN).delete("a"));
    }

    @Test
    void delete_lastEntry_removesTheBlankLineAboveIt() throws Exception {
        assertText(
                HEADER + "# floating\n",
                parse(WITHOUT_BLANK_LINE_BETWEEN).delete("a").delete("b"));
    }

    @Test
    void delete_unknownAlias_changesNothing() throws Exception {
        KeystoreFile file = parse(COMMENTED);
        assertSame(file, file.delete("A"));
    }

    @Test
    void rename_entry_changesOnlyTheAlias() throws Exception {
        String content = HEADER + "\n# alias a\n alias =  a \nkey: alias/a\n\nalias: b\nkey: alias/b\n";
        KeystoreFile file = parse(content).rename("a", "new name");
        assertText(content.replace("alias =  a ", "alias =  new name "), file);
        assertEquals(List.of("new name", "b"), file.aliases());
        assertEquals("new name", file.entry("new name").orElseThrow().alias());
        assertText(content, file.rename("new name", "a"));
    }

    @Test
    void rename_aliasNamedAlias_changesOnlyTheAlias() throws Exception {
        assertText(
                HEADER + "alias: b\nkey: alias/a\n",
                parse(HEADER + "alias: alias\nkey: alias/a\n").rename("alias", "b"));
    }

    @Test
    void rename_unknownOrToATakenAlias_isRefused() throws Exception {
        KeystoreFile file = parse(COMMENTED);
        assertEquals(
                "there is no entry 'c'",
                assertThrows(IllegalArgumentException.class, () -> file.rename("c", "d"))
                        .getMessage());
        assertEquals(
                "there is already an entry 'b'",
                assertThrows(IllegalArgumentException.class, () -> file.rename("a", "b"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "\u3000a", "a\nkey: alias/x", "a\r", "a\u0000b", "a\u2028b", "\uD800"})
    void entry_aliasThatCannotBeWritten_isRefused(String alias) {
        assertThrows(IllegalArgumentException.class, () -> FileEntry.ofKey(alias, A, List.of()));
    }

    @Test
    void putDeleteAndRename_doNotChangeTheOriginal() throws Exception {
        KeystoreFile file = parse(COMMENTED);
        file.put(FileEntry.ofKey("c", A, List.of())).delete("a").rename("b", "x");
        assertText(COMMENTED, file);
    }

    private static KeystoreFile parse(String content) throws IOException {
        return KeystoreFile.parse(content.getBytes(StandardCharsets.UTF_8), "r.awskms");
    }

    private static String text(KeystoreFile file) {
        return new String(file.toBytes(), StandardCharsets.UTF_8);
    }

    private static void assertText(String expected, KeystoreFile file) {
        assertEquals(expected, text(file));
    }
}
