package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.emulator.wire.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.Tag;

/** Tests what survives a restart, and how the emulator saves its state file. */
class StateFileTest {
    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private EmulatorOptions options = EmulatorOptions.defaults();

    @BeforeEach
    void nameStateFile() {
        file = folder.resolve("state.json");
        options = EmulatorOptions.defaults().withState(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECC_NIST_P256",
                "ECC_NIST_P384",
                "ECC_NIST_P521",
                "ECC_SECG_P256K1",
                "ECC_NIST_EDWARDS25519",
                "HMAC_224",
                "HMAC_256",
                "HMAC_384",
                "HMAC_512",
                "ML_DSA_44",
                "ML_DSA_65",
                "ML_DSA_87",
                "ML_KEM_512",
                "ML_KEM_768",
                "ML_KEM_1024",
                "RSA_2048",
                "RSA_3072",
                "RSA_4096",
                "SM2",
                "SYMMETRIC_DEFAULT"
            })
    void restart_keyOfEachSpec_hasTheSameMetadata(String spec) {
        String arn;
        KeyMetadata before;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            arn = emulator.createKey(spec);
            before = kms.describeKey(request -> request.keyId(arn)).keyMetadata();
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            KeyMetadata after = kms.describeKey(request -> request.keyId(arn)).keyMetadata();
            assertEquals(before, after);
        }
    }

    @Test
    void restart_keyWithoutMaterial_isStillPendingImport() {
        KeyMetadata before;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            before = kms.createKey(request -> request.origin("EXTERNAL")).keyMetadata();
            assertEquals(KeyState.PENDING_IMPORT, before.keyState());
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(
                    before,
                    kms.describeKey(request -> request.keyId(before.arn())).keyMetadata());
        }
    }

    @Test
    void restart_signingKeyWithAlias_signsForTheSamePublicKey() {
        byte[] before;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            before = kms.getPublicKey(request -> request.keyId("alias/release"))
                    .publicKey()
                    .asByteArray();
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            byte[] after = kms.getPublicKey(request -> request.keyId("alias/release"))
                    .publicKey()
                    .asByteArray();
            assertArrayEquals(before, after);
            var signed = kms.sign(Clients.sign("alias/release"));
            assertTrue(kms.verify(request -> request.keyId("alias/release")
                            .message(SdkBytes.fromUtf8String("a message"))
                            .signature(signed.signature())
                            .signingAlgorithm("ECDSA_SHA_256"))
                    .signatureValid());
        }
    }

    @Test
    void restart_afterChangesOfAliasesTagsAndState_keepsThem() {
        String arn;
        Snapshot before;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            arn = kms.createKey(request -> request.description("täst \"quoted\""))
                    .keyMetadata()
                    .arn();
            kms.createAlias(request -> request.aliasName("alias/one").targetKeyId(arn));
            kms.createAlias(request -> request.aliasName("alias/two").targetKeyId(arn));
            kms.deleteAlias(request -> request.aliasName("alias/two"));
            kms.tagResource(request -> request.keyId(arn).tags(tag("a", "1"), tag("b", "")));
            kms.untagResource(request -> request.keyId(arn).tagKeys("a"));
            kms.scheduleKeyDeletion(request -> request.keyId(arn));
            before = snapshot(kms, arn);
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(before, snapshot(kms, arn));
            kms.cancelKeyDeletion(request -> request.keyId(arn));
            assertEquals(
                    KeyState.DISABLED,
                    kms.describeKey(request -> request.keyId(arn)).keyMetadata().keyState());
        }
    }

    @Test
    void change_beforeClose_isAlreadyInTheFile() {
        try (KmsEmulator running = KmsEmulator.start(options)) {
            running.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            try (KmsEmulator next = KmsEmulator.start(options)) {
                assertTrue(next.hasAlias("alias/release"));
            }
        }
    }

    @Test
    void keyPendingDeletion_startAfterItsDeletionDate_isDeletedWithItsAliases() {
        String arn;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/other");
            arn = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            emulator.createAlias("alias/beta", arn);
            kms.scheduleKeyDeletion(request -> request.keyId(arn).pendingWindowInDays(7));
        }
        Instant later = Instant.now().plus(Duration.ofDays(8));
        try (KmsEmulator emulator = KmsEmulator.start(options.withClock(Clock.fixed(later, ZoneOffset.UTC)));
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(1, kms.listKeys().keys().size());
            assertEquals(List.of("alias/other"), aliasNames(kms));
            assertThrows(NotFoundException.class, () -> kms.describeKey(request -> request.keyId(arn)));
        }
    }

    @Test
    void stateFile_onPosix_isReadableAndWritableOnlyByItsOwner() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            emulator.createKey("ECC_NIST_P256");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void save_existingFile_isReplacedByANewFile() throws IOException {
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            emulator.createKey("ECC_NIST_P256");
            byte[] before = Files.readAllBytes(file);
            // this link keeps the old content only if saving replaces the file instead of overwriting it
            Path old = Files.createLink(folder.resolve("old.json"), file);
            emulator.createKey("ECC_NIST_P256");
            assertArrayEquals(before, Files.readAllBytes(old));
            assertTrue(Files.size(file) > before.length);
        }
    }

    @Test
    void change_saveFails_isRefusedAndUndone() throws IOException {
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String arn = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            byte[] before = Files.readAllBytes(file);
            // a folder with the name of the file makes the rename fail, even for the superuser
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));

            assertThrows(KmsInternalException.class, kms::createKey);
            assertThrows(KmsInternalException.class, () -> kms.disableKey(request -> request.keyId(arn)));
            assertThrows(
                    KmsInternalException.class,
                    () -> kms.createAlias(
                            request -> request.aliasName("alias/new").targetKeyId(arn)));
            assertThrows(
                    KmsInternalException.class, () -> kms.deleteAlias(request -> request.aliasName("alias/release")));
            String refusal = String.valueOf(assertThrows(
                            ServiceException.class, () -> emulator.createAliases(List.of("alias/a", "alias/b"), arn))
                    .getMessage());
            assertTrue(refusal.startsWith("The emulator could not save its state in " + file + ": "), refusal);
            assertFalse(refusal.contains(".new"), refusal);

            assertEquals(1, kms.listKeys().keys().size());
            assertEquals(List.of("alias/release"), aliasNames(kms));
            assertEquals(arn, kms.sign(Clients.sign("alias/release")).keyId());

            // with a file again, changes can be saved, and no temporary file is left
            Files.delete(file.resolve("in the way"));
            Files.delete(file);
            Files.write(file, before);
            kms.disableKey(request -> request.keyId(arn));
            assertEquals(List.of(file), filesInFolder());
        }
    }

    @Test
    void start_folderMissing_errorGivesTheReason() {
        Path nowhere = folder.resolve("missing").resolve("state.json");
        EmulatorOptions withoutFolder = EmulatorOptions.defaults().withState(nowhere);
        ServiceException refusal = assertThrows(ServiceException.class, () -> KmsEmulator.start(withoutFolder));
        assertEquals(
                "The emulator could not save its state in " + nowhere + ": there is no folder " + nowhere.getParent()
                        + "; create it, or name a file in another folder",
                refusal.getMessage());
    }

    private static List<String> aliasNames(KmsClient kms) {
        return kms.listAliases().aliases().stream()
                .map(AliasListEntry::aliasName)
                .toList();
    }

    private List<Path> filesInFolder() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().tagKey(key).tagValue(value).build();
    }

    /** A key with its tags, and all aliases. */
    private record Snapshot(KeyMetadata key, List<AliasListEntry> aliases, Map<String, String> tags) {}

    private static Snapshot snapshot(KmsClient kms, String key) {
        return new Snapshot(
                kms.describeKey(request -> request.keyId(key)).keyMetadata(),
                kms.listAliases().aliases(),
                kms.listResourceTags(request -> request.keyId(key)).tags().stream()
                        .collect(Collectors.toMap(Tag::tagKey, Tag::tagValue)));
    }
}
