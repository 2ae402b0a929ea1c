package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.contract.Wrapping;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpiredImportTokenException;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyMaterialException;
import software.amazon.awssdk.services.kms.model.InvalidImportTokenException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;

/** Tests what happens to import tokens and imported key material when they expire, and when the emulator restarts. */
class ImportedKeysTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration MATERIAL_LIFETIME = Duration.ofDays(10);
    private static final String WRAPPING_ALGORITHM = "RSAES_OAEP_SHA_256";
    private static final byte[] MATERIAL = new byte[32];
    private static final byte[] OTHER_MATERIAL = Arrays.copyOf(new byte[] {1}, 32);

    @TempDir
    Path folder = Path.of("");

    private final TestClock clock = new TestClock();

    private EmulatorOptions options() {
        return EmulatorOptions.defaults().withClock(clock).withState(folder.resolve("state.json"));
    }

    private static String createHmacKey(KmsClient kms) {
        return kms.createKey(request ->
                        request.origin("EXTERNAL").keySpec("HMAC_256").keyUsage("GENERATE_VERIFY_MAC"))
                .keyMetadata()
                .arn();
    }

    private static GetParametersForImportResponse parameters(KmsClient kms, String key) {
        return kms.getParametersForImport(request ->
                request.keyId(key).wrappingAlgorithm(WRAPPING_ALGORITHM).wrappingKeySpec("RSA_2048"));
    }

    /** Imports key material that expires after {@link #MATERIAL_LIFETIME}. */
    private void importInto(KmsClient kms, String key, GetParametersForImportResponse parameters, byte[] material) {
        SdkBytes wrapped = Wrapping.wrap(WRAPPING_ALGORITHM, parameters.publicKey(), material);
        kms.importKeyMaterial(request -> request.keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped)
                .validTo(clock.now.plus(MATERIAL_LIFETIME)));
    }

    private static SdkBytes mac(KmsClient kms, String key) {
        return kms.generateMac(request ->
                        request.keyId(key).macAlgorithm("HMAC_SHA_256").message(SdkBytes.fromUtf8String("message")))
                .mac();
    }

    private static KeyMetadata describe(KmsClient kms, String key) {
        return kms.describeKey(request -> request.keyId(key)).keyMetadata();
    }

    @Test
    void importToken_lessThanADayOld_isAcceptedAndLaterExpired() {
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = createHmacKey(kms);
            GetParametersForImportResponse parameters = parameters(kms, key);
            assertEquals(START.plus(Duration.ofDays(1)), parameters.parametersValidTo());
            clock.advance(Duration.ofHours(24));
            assertThrows(ExpiredImportTokenException.class, () -> importInto(kms, key, parameters, MATERIAL));
            GetParametersForImportResponse next = parameters(kms, key);
            clock.advance(Duration.ofHours(23));
            importInto(kms, key, next, MATERIAL);
            assertTrue(describe(kms, key).enabled());
        }
    }

    @Test
    void material_expired_isDeletedAndOnlyTheSameCanBeImportedAgain() {
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = createHmacKey(kms);
            importInto(kms, key, parameters(kms, key), MATERIAL);
            SdkBytes mac = mac(kms, key);
            clock.advance(MATERIAL_LIFETIME);
            assertThrows(KmsInvalidStateException.class, () -> mac(kms, key));
            assertEquals(KeyState.PENDING_IMPORT, describe(kms, key).keyState());
            assertThrows(
                    IncorrectKeyMaterialException.class,
                    () -> importInto(kms, key, parameters(kms, key), OTHER_MATERIAL));
            importInto(kms, key, parameters(kms, key), MATERIAL);
            assertEquals(mac, mac(kms, key));
        }
    }

    @Test
    void restart_importedKey_keepsMaterialExpiryAndRefusalOfOtherMaterial() {
        String key;
        SdkBytes mac;
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            key = createHmacKey(kms);
            importInto(kms, key, parameters(kms, key), MATERIAL);
            mac = mac(kms, key);
        }
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(mac, mac(kms, key));
            KeyMetadata metadata = describe(kms, key);
            assertEquals("EXTERNAL", metadata.originAsString());
            assertEquals("KEY_MATERIAL_EXPIRES", metadata.expirationModelAsString());
            assertEquals(START.plus(MATERIAL_LIFETIME), metadata.validTo());
        }
        clock.advance(MATERIAL_LIFETIME);
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(KeyState.PENDING_IMPORT, describe(kms, key).keyState());
        }
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertThrows(
                    IncorrectKeyMaterialException.class,
                    () -> importInto(kms, key, parameters(kms, key), OTHER_MATERIAL));
        }
    }

    @Test
    void restart_earlierImportToken_isInvalid() {
        String key;
        GetParametersForImportResponse parameters;
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            key = createHmacKey(kms);
            parameters = parameters(kms, key);
        }
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertThrows(InvalidImportTokenException.class, () -> importInto(kms, key, parameters, MATERIAL));
        }
    }

    /** A clock that a test can advance. */
    private static final class TestClock extends Clock {
        private volatile Instant now = START;

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
