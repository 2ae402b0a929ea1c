package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.state.StateFileException;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Tests an emulator with several Regions, and the options that set the Regions. */
class RegionsTest {
    private static final String EAST = "us-east-1";
    private static final String WEST = "us-west-2";
    private static final EmulatorOptions TWO_REGIONS =
            EmulatorOptions.defaults().withRegions(List.of(EAST, WEST));

    @TempDir
    Path folder = Path.of("");

    @Test
    void withRegions_duplicates_areRemovedAndTheFirstRegionIsTheDefault() {
        assertEquals(EAST, TWO_REGIONS.region());
        assertEquals(
                List.of(WEST, EAST),
                TWO_REGIONS.withRegions(List.of(WEST, EAST, WEST)).withPort(1).regions());
    }

    @Test
    void withRegion_severalBefore_isTheOnlyOne() {
        assertEquals(List.of(WEST), TWO_REGIONS.withRegion(WEST).regions());
    }

    @Test
    void withRegions_emptyList_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> TWO_REGIONS.withRegions(List.of()));
    }

    @Test
    void keysAndAliases_ofEachRegion_existOnlyThere() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            assertEquals(EAST, emulator.region());
            assertEquals(List.of(EAST, WEST), emulator.regions());
            String first = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a");
            String second = emulator.createKeyIn(WEST, "ECC_NIST_P256", "SIGN_VERIFY");
            emulator.createAlias("alias/a", second);
            assertEquals(first, east.sign(Clients.sign("alias/a")).keyId());
            assertEquals(second, west.sign(Clients.sign("alias/a")).keyId());
            assertEquals(1, west.listKeys().keys().size());
            assertThrows(NotFoundException.class, () -> east.sign(Clients.sign(second)));
            assertTrue(second.startsWith("arn:aws:kms:us-west-2:111122223333:key/"), second);
            assertEquals(
                    List.of(EAST, WEST, EAST),
                    emulator.requests().of("Sign").stream()
                            .map(request -> request.region().orElseThrow())
                            .toList());
        }
    }

    @Test
    void createKeyIn_regionNotServed_isRefused() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> emulator.createKeyIn("eu-west-1", "ECC_NIST_P256", "SIGN_VERIFY"));
        }
    }

    @Test
    void request_regionNotServed_isInvalidSignatureException() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS);
                KmsClient otherRegion = Clients.withoutRetries(emulator, "eu-west-1")) {
            KmsException refusal = assertThrows(KmsException.class, otherRegion::listKeys);
            assertEquals("InvalidSignatureException", refusal.awsErrorDetails().errorCode());
        }
    }

    @Test
    void replicateKey_javaApi_createsReplicaInTheOtherRegion() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            String primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String replica = emulator.replicateKey(primary, WEST);
            assertEquals(primary.replace(EAST, WEST), replica);
            assertEquals(replica, west.sign(Clients.sign(replica)).keyId());
        }
    }

    @Test
    void replicateKey_secondReplicaOrReplicaAsPrimary_isServiceException() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS)) {
            String primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String replica = emulator.replicateKey(primary, WEST);
            assertThrows(ServiceException.class, () -> emulator.replicateKey(primary, WEST));
            assertThrows(ServiceException.class, () -> emulator.replicateKey(replica, EAST));
        }
    }

    @Test
    void replicateKey_arnOfRegionNotServedOrMalformedArn_isIllegalArgumentException() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS)) {
            String primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String otherRegion = primary.replace(EAST, "eu-west-1");
            assertThrows(IllegalArgumentException.class, () -> emulator.replicateKey(otherRegion, WEST));
            assertThrows(IllegalArgumentException.class, () -> emulator.replicateKey("arn:aws", WEST));
        }
    }

    @Test
    void fault_forOneRegion_doesNotAffectTheOther() {
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            String primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String replica = emulator.replicateKey(primary, WEST);
            emulator.faults()
                    .add(Fault.on("Sign").in(WEST).error(ErrorType.KMS_INVALID_STATE, replica + " is creating."));
            String id = primary.substring(primary.indexOf("mrk-"));
            assertEquals(primary, east.sign(Clients.sign(id)).keyId());
            assertThrows(KmsInvalidStateException.class, () -> west.sign(Clients.sign(id)));
            // the fault affects only one request, because the test calls neither times() nor always()
            assertEquals(replica, west.sign(Clients.sign(id)).keyId());
        }
    }

    @Test
    void restart_keysAndAliasesOfBothRegions_areUnchanged() {
        EmulatorOptions options = TWO_REGIONS.withState(folder.resolve("state.json"));
        String primary;
        String replica;
        KeyMetadata before;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            replica = emulator.replicateKey(primary, WEST);
            emulator.createAlias("alias/east", primary);
            emulator.createAlias("alias/west", replica);
            east.scheduleKeyDeletion(request -> request.keyId(primary).pendingWindowInDays(9));
            before = east.describeKey(request -> request.keyId(primary)).keyMetadata();
            assertEquals(replica, west.sign(Clients.sign("alias/west")).keyId());
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            assertEquals(
                    before, east.describeKey(request -> request.keyId(primary)).keyMetadata());
            assertEquals(replica, west.sign(Clients.sign("alias/west")).keyId());
            // hasAlias looks only in the default Region, which is the one in the east
            assertTrue(emulator.hasAlias("alias/east"));
            assertFalse(emulator.hasAlias("alias/west"));
        }
    }

    @Test
    void start_stateFileWithRegionNotServed_isRefused() {
        EmulatorOptions options = TWO_REGIONS.withState(folder.resolve("state.json"));
        KmsEmulator.start(options).close();
        StateFileException refusal =
                assertThrows(StateFileException.class, () -> KmsEmulator.start(options.withRegion(EAST)));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(
                message.endsWith(": the file has the Region us-west-2, but the emulator serves us-east-1;"
                        + " start the emulator with all Regions of the file"),
                message);
    }

    @Test
    void start_stateFileOfVersion1_isReadAndSavedAsVersion2() throws IOException {
        Path file = folder.resolve("state.json");
        EmulatorOptions oneRegion = EmulatorOptions.defaults().withState(file);
        String key;
        try (KmsEmulator emulator = KmsEmulator.start(oneRegion)) {
            key = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a");
        }
        String old = Files.readString(file)
                .replace("emulator 2\",\"Regions\":[{", "emulator 1\",")
                .replace("\"Scope\":\"SINGLE_REGION\",", "")
                .replace("}]}", "}");
        Files.writeString(file, old);
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS.withState(file));
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(key, kms.sign(Clients.sign("alias/a")).keyId());
        }
        assertTrue(Files.readString(file).startsWith("{\"Format\":\"kms-jca-emulator 2\""));
    }

    @ParameterizedTest
    @CsvSource({"REPLICA, 0", "PRIMARY, 2"})
    void start_noOrSeveralPrimaryKeys_isRefused(String scope, int primaries) throws IOException {
        Path file = folder.resolve("state.json");
        String primary;
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS.withState(file))) {
            primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            emulator.replicateKey(primary, WEST);
        }
        String damaged = Files.readString(file).replaceAll("\"Scope\":\"[A-Z]+\"", "\"Scope\":\"" + scope + "\"");
        Files.writeString(file, damaged);
        StateFileException refusal =
                assertThrows(StateFileException.class, () -> KmsEmulator.start(TWO_REGIONS.withState(file)));
        String message = String.valueOf(refusal.getMessage());
        String problem = "of the keys with this id, exactly one must have the Scope PRIMARY; " + primaries + " have it";
        assertTrue(message.endsWith(": key " + primary + ": " + problem), message);
    }

    @Test
    void replicateKey_saveFails_isRefusedWithoutReplica() throws IOException {
        Path file = folder.resolve("state.json");
        try (KmsEmulator emulator = KmsEmulator.start(TWO_REGIONS.withState(file));
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            String primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            // a folder with the name of the state file makes saving fail
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));
            assertThrows(
                    KmsInternalException.class,
                    () -> east.replicateKey(request -> request.keyId(primary).replicaRegion(WEST)));
            assertTrue(west.listKeys().keys().isEmpty());
        }
    }

    @Test
    void onlyReplica_deleted_startsThePrimarysWaitingPeriod() {
        Path file = folder.resolve("state.json");
        Instant start = Instant.parse("2026-11-21T10:00:00Z");
        EmulatorOptions options = TWO_REGIONS.withState(file).withClock(Clock.fixed(start, ZoneOffset.UTC));
        String primary;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String replica = emulator.replicateKey(primary, WEST);
            east.scheduleKeyDeletion(request -> request.keyId(primary).pendingWindowInDays(9));
            west.scheduleKeyDeletion(request -> request.keyId(replica).pendingWindowInDays(7));
        }
        Clock afterReplica = Clock.fixed(start.plus(Duration.ofDays(8)), ZoneOffset.UTC);
        try (KmsEmulator emulator = KmsEmulator.start(options.withClock(afterReplica));
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            KeyMetadata key =
                    east.describeKey(request -> request.keyId(primary)).keyMetadata();
            assertEquals(KeyState.PENDING_DELETION, key.keyState());
            assertEquals(start.plus(Duration.ofDays(7 + 9)), key.deletionDate());
            assertTrue(west.listKeys().keys().isEmpty());
        }
        Clock afterAll = Clock.fixed(start.plus(Duration.ofDays(17)), ZoneOffset.UTC);
        try (KmsEmulator emulator = KmsEmulator.start(options.withClock(afterAll));
                KmsClient east = Clients.withoutRetries(emulator, EAST)) {
            assertTrue(east.listKeys().keys().isEmpty());
        }
    }

    @Test
    void severalReplicas_deletedAtOnce_latestDateStartsThePrimarysWaitingPeriod() {
        Instant start = Instant.parse("2026-11-21T10:00:00Z");
        EmulatorOptions options = EmulatorOptions.defaults()
                .withRegions(List.of(EAST, WEST, "eu-west-1"))
                .withState(folder.resolve("state.json"))
                .withClock(Clock.fixed(start, ZoneOffset.UTC));
        String primary;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST);
                KmsClient europe = Clients.withoutRetries(emulator, "eu-west-1")) {
            primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String first = emulator.replicateKey(primary, WEST);
            String last = emulator.replicateKey(primary, "eu-west-1");
            east.scheduleKeyDeletion(request -> request.keyId(primary).pendingWindowInDays(9));
            west.scheduleKeyDeletion(request -> request.keyId(first).pendingWindowInDays(7));
            europe.scheduleKeyDeletion(request -> request.keyId(last).pendingWindowInDays(10));
        }
        Clock afterReplicas = Clock.fixed(start.plus(Duration.ofDays(12)), ZoneOffset.UTC);
        try (KmsEmulator emulator = KmsEmulator.start(options.withClock(afterReplicas));
                KmsClient east = Clients.withoutRetries(emulator, EAST)) {
            assertEquals(
                    start.plus(Duration.ofDays(10 + 9)),
                    east.describeKey(request -> request.keyId(primary))
                            .keyMetadata()
                            .deletionDate());
        }
    }

    @Test
    void bothWaitingPeriods_overAtOnce_deleteBothKeys() {
        Path file = folder.resolve("state.json");
        EmulatorOptions options = TWO_REGIONS.withState(file);
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            String primary = emulator.createMultiRegionKey("ECC_NIST_P256", "SIGN_VERIFY");
            String replica = emulator.replicateKey(primary, WEST);
            east.scheduleKeyDeletion(request -> request.keyId(primary).pendingWindowInDays(9));
            west.scheduleKeyDeletion(request -> request.keyId(replica).pendingWindowInDays(7));
        }
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(20)), ZoneOffset.UTC);
        try (KmsEmulator emulator = KmsEmulator.start(options.withClock(later));
                KmsClient east = Clients.withoutRetries(emulator, EAST);
                KmsClient west = Clients.withoutRetries(emulator, WEST)) {
            assertTrue(east.listKeys().keys().isEmpty());
            assertTrue(west.listKeys().keys().isEmpty());
        }
    }
}
