package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.state.StateFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which state files the emulator refuses at the start, and with which errors. */
class StateFileRefusalTest {
    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private EmulatorOptions options = EmulatorOptions.defaults();

    @BeforeEach
    void nameStateFile() {
        file = folder.resolve("state.json");
        options = EmulatorOptions.defaults().withState(file);
    }

    @Test
    void start_truncatedFile_errorNamesFileAndPlace() throws IOException {
        KmsEmulator.start(options).close();
        String whole = Files.readString(file);
        // for a missing end of an object, Jackson's message contains its remark that it hides the document
        Files.writeString(file, whole.substring(0, whole.length() - 1));
        assertRefusedWith("state file " + file + ": line 1, column ");
        assertTrue(refusal().endsWith("; restore the file, or delete it to start without keys"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty; delete it to start without keys, or restore it",
                "{} | 2 validation errors detected:"
                        + " Value null at 'format' failed to satisfy constraint: Member must not be null;"
                        + " Value null at 'regions' failed to satisfy constraint: Member must not be null",
                "[] | A JSON ARRAY can not be converted to a structure",
                "{\"Format\":\"kms-jca-emulator 3\",\"Accounts\":[]}"
                        + " | this emulator cannot read the format 'kms-jca-emulator 3'; use the version of the"
                        + " emulator that wrote the file, or name another file",
                "{\"Format\":\"kms-jca-emulator 2\",\"Regions\":"
                        + "[{\"Region\":\"us-west-2\",\"Keys\":[],\"Aliases\":[]}]}"
                        + "  | the file has the Region us-west-2, but the emulator serves us-east-1;"
                        + " start the emulator with all Regions of the file",
                "{\"Format\":\"kms-jca-emulator 1\",\"Region\":\"us-east-1\",\"Keys\":[],\"Aliases\":[],\"More\":1}"
                        + " | Unknown member 'More'; known members: [Aliases, Format, Keys, Region]",
                "{\"Format\":\"kms-jca-emulator 1\",\"Region\":\"eu-west-1\",\"Keys\":[],\"Aliases\":[]}"
                        + "  | the file has the Region eu-west-1, but the emulator serves us-east-1;"
                        + " start the emulator with all Regions of the file",
                "{\"Format\":\"kms-jca-emulator 1\",\"Region\":\"us-east-1\",\"Keys\":[],\"Aliases\":"
                        + "[{\"Name\":\"alias/a\",\"TargetKeyId\":\"b\",\"Created\":\"\",\"Updated\":\"\"}]}"
                        + " | alias alias/a: the file has no key b in the Region us-east-1;"
                        + " correct the TargetKeyId, or delete the alias",
            })
    void start_unusableFile_errorNamesTheProblem(String content, String problem) throws IOException {
        Files.writeString(file, content);
        assertRefused("state file " + file + ": " + problem);
    }

    @Test
    void start_longFormatWithControlCharacters_isCutAndCleaned() throws IOException {
        Files.writeString(file, "{\"Format\":\"\\u001b[2J\\u202e" + "a".repeat(200) + "\"}");
        assertRefused("state file " + file + ": this emulator cannot read the format '\uFFFD[2J\uFFFD" + "a".repeat(95)
                + "…'; use the version of the emulator that wrote the file, or name another file");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"KeySpec\":\"RSA_2048\"', '\"KeySpec\":\"RSA_3072\"',"
                + " 'the Secret or the PublicKey is not a key of spec RSA_3072 (the RSA key has 2048 bits instead of"
                + " 3072); restore the file, or delete the key'",
        "'\"KeyUsage\":\"SIGN_VERIFY\"', '\"KeyUsage\":\"KEY_AGREEMENT\"',"
                + " KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048",
        "'\"PublicKey\":\"[^\"]*\"', '\"PublicKey\":null',"
                + " 'the Secret or the PublicKey is not a key of spec RSA_2048 (the public key is missing); restore the"
                + " file, or delete the key'",
        "'\"KeyState\":\"ENABLED\"', '\"KeyState\":\"PENDING_DELETION\"',"
                + " 'a key has a deletion date in the state PendingDeletion, and in no other state;"
                + " this key has none in the state PendingDeletion'",
        "'\"KeyState\":\"ENABLED\"', '\"KeyState\":\"PENDING_REPLICA_DELETION\"',"
                + " 'a key has PendingDeletionWindowInDays in the state PendingReplicaDeletion, and in no other state;"
                + " this key does not have it in the state PendingReplicaDeletion'",
        "'\"Created\":\"[^\"]*\"', '\"Created\":\"yesterday\"',"
                + " 'the Created ''yesterday'' is not a time such as 2026-11-28T09:00:00Z'",
        "'\"Secret\":\"[^\"]*\",', '',"
                + " 'a key has key material in the states Enabled and Disabled, and none in the state PendingImport;"
                + " this key has none in the state Enabled'",
        "'\"KeyState\":\"ENABLED\"', '\"KeyState\":\"PENDING_IMPORT\"',"
                + " 'a key has key material in the states Enabled and Disabled, and none in the state PendingImport;"
                + " this key has key material in the state PendingImport'",
        "'\"Scope\":\"SINGLE_REGION\"', '\"Scope\":\"PRIMARY\"',"
                + " the id of a multi-Region key begins with mrk-; no other id does; the scope of this key is PRIMARY",
        "'111122223333:key', '444455556666:key',"
                + " this is not the ARN of a key in the account 111122223333 and the Region us-east-1"
    })
    void start_damagedKey_errorNamesKeyAndProblem(String pattern, String replacement, String problem)
            throws IOException {
        String arn = damagedKey(pattern, replacement);
        assertRefused("state file " + file + ": key " + arn + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "'\\{\"Region\":.*\\}(?=\\])', the Region us-east-1",
        "'\\{\"Arn\":[^\\]]*\\][^}]*\\}', the key ARN",
        "'\\{\"Name\":[^}]*\\}', 'the alias arn:aws:kms:us-east-1:111122223333:alias/release'"
    })
    void start_entryTwice_errorNamesTheDuplicate(String entry, String duplicate) throws IOException {
        String arn;
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            arn = emulator.createKey("HMAC_256", "GENERATE_VERIFY_MAC", "alias/release");
        }
        String twice = Files.readString(file).replaceFirst(entry, "$0,$0");
        Files.writeString(file, twice);

        assertRefused("state file " + file + ": the file has two entries for " + duplicate.replace("ARN", arn)
                + "; delete one of them");
        assertEquals(twice, Files.readString(file));
    }

    @Test
    void start_tagOfAKeyTwice_errorNamesKeyAndTag() throws IOException {
        String arn = damagedKey(
                "\"Tags\":\\[\\]", "\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"a\",\"Value\":\"2\"}]");
        assertRefused(
                "state file " + file + ": key " + arn + ": the file has two entries for the tag a; delete one of them");
    }

    @Test
    void start_damagedSecret_errorNamesTheKey() throws IOException {
        String arn = damagedKey("(\"Secret\":\")....", "$1AAAA");
        assertRefusedWith("state file " + file + ": key " + arn
                + ": the Secret or the PublicKey is not a key of spec RSA_2048 (");
    }

    /** Writes a file with a key, damages the file, and returns the key ARN in the file. */
    private String damagedKey(String pattern, String replacement) throws IOException {
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            String arn = emulator.createKey("RSA_2048");
            Files.writeString(file, Files.readString(file).replaceFirst(pattern, replacement));
            return arn.replaceFirst(pattern, replacement);
        }
    }

    @Test
    void start_stateFileIsAFolder_isRefused() throws IOException {
        Files.createDirectory(file);
        assertRefused("state file " + file + ": cannot be read: it is a folder; name a file");
    }

    /** Asserts that the emulator does not start, with this error. */
    private void assertRefused(String text) {
        assertEquals(text, refusal());
    }

    /** Asserts the same as {@link #assertRefused} for a text whose end comes from the JDK, a library or the system. */
    private void assertRefusedWith(String beginning) {
        String text = refusal();
        assertTrue(text.startsWith(beginning) && text.length() > beginning.length(), text);
        assertFalse(text.contains("\n") || text.contains("REDACTED"), text);
    }

    private String refusal() {
        StateFileException refusal = assertThrows(StateFileException.class, () -> KmsEmulator.start(options));
        return String.valueOf(refusal.getMessage());
    }
}
