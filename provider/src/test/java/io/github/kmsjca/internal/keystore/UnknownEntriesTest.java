package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.text.Warnings;
import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the hints that are logged when a KeyStore has no entry, or KMS has no key, for the alias of the caller. */
class UnknownEntriesTest {
    private final List<String> log = new ArrayList<>();
    private final UnknownEntries unknown = new UnknownEntries(new Warnings(new LoggedTexts(log)));

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static KeyCertificates certificates(String settings) {
        Configuration configuration = new Configuration();
        configuration.configure(TestKms.settings(settings));
        KmsSession session = new KmsSessions().of(configuration.settings());
        return KeyCertificates.of(session);
    }

    private static Entries discovered(String settings) {
        return Entries.discovered(certificates(settings));
    }

    private static Entries file(String entries) throws IOException {
        byte[] text = TestKms.fileText(entries).getBytes(StandardCharsets.UTF_8);
        return Entries.of(KeystoreFile.read(new ByteArrayInputStream(text)), certificates("attempts=1"));
    }

    @Test
    void check_aliasWithoutPrefix_namesTheAlias() {
        unknown.check(discovered("keys=alias/release,alias/other"), "release");
        assertEquals(List.of("there is no entry 'release'; did you mean 'alias/release'?"), log);
    }

    @Test
    void check_aliasWithoutPrefixThatIsNotListed_showsTheForm() {
        unknown.check(discovered("attempts=1"), "release");
        assertEquals(
                List.of("there is no entry 'release'; if it is the alias of a KMS key, write 'alias/release'"), log);
    }

    @Test
    void check_keyThatKmsDoesNotHave_namesTheNearestOrSaysWhatToCheck() {
        Entries listed = discovered("keys=alias/release,alias/r*");
        Entries account = discovered("attempts=1");
        assertFalse(listed.exists("alias/relase") || account.exists("alias/typo"));
        TestKms.emulator().requests().clear();
        unknown.check(listed, "alias/relase");
        unknown.check(account, "alias/typo");
        assertEquals(
                List.of(
                        "KMS has no key for entry 'alias/relase'; did you mean alias/release?",
                        "KMS has no key for entry 'alias/typo'; check the key identifier, the account and the Region"),
                log);
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void check_namedEntryWhoseKeyKmsDoesNotHave_namesTheEntry() {
        Entries named = discovered("key.build=alias/nobody");
        assertFalse(named.exists("build"));
        unknown.check(named, "build");
        assertEquals(
                List.of("KMS has no key for entry 'build'; check the key identifier, the account and the Region"), log);
    }

    /** The check itself makes no KMS call, so it cannot know that there is no such key. */
    @Test
    void check_keyThatWasNotLookedUp_logsNothing() {
        unknown.check(discovered("attempts=1"), "alias/typo");
        assertEquals(List.of(), log);
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void check_misspeltEntryOfAFile_namesTheNearestOnce() throws IOException {
        Entries entries = file("\nalias: release\nkey: alias/a\n");
        unknown.check(entries, "relaese");
        unknown.check(entries, "relaese");
        // these two cause no hint: an entry that exists, and a name that is unlike any entry
        unknown.check(entries, "release");
        unknown.check(entries, "something");
        assertEquals(List.of("there is no entry 'relaese'; did you mean 'release'?"), log);
    }
}
