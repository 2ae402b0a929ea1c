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

/** Tests how expiry and a restart of the emulator affect imported key material. */
class ImportedKeysTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String WRAPPING = "RSAES_OAEP_SHA_256";
    private static final byte[] MATERIAL = new byte[32];

    @TempDir
    Path folder = Path.of("");

    private final TestClock clock = new TestClock();

    private EmulatorOptions options() {
        return EmulatorOptions.defaults().withClock(clock).withState(folder.resolve("state.json"));
    }

    private static String create(KmsClient kms) {
        return kms.createKey(request ->
                        request.origin("EXTERNAL").keySpec("HMAC_256").keyUsage("GENERATE_VERIFY_MAC"))
                .keyMetadata()
                .arn();
    }

    private static GetParametersForImportResponse parameters(KmsClient kms, String key) {
        return kms.getParametersForImport(
                request -> request.keyId(key).wrappingAlgorithm(WRAPPING).wrappingKeySpec("RSA_2048"));
    }

    private void importInto(KmsClient kms, String key, GetParametersForImportResponse parameters, byte[] material) {
        SdkBytes wrapped = Wrapping.wrap(WRAPPING, parameters.publicKey(), material);
        kms.importKeyMaterial(request -> request.keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped)
                .validTo(clock.now.plus(Duration.ofDays(10))));
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
    void token_afterADay_isExpired() {
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = create(kms);
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
    void material_expired_isDeletedAndCanBeImportedAgain() {
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = create(kms);
            importInto(kms, key, parameters(kms, key), MATERIAL);
            SdkBytes mac = mac(kms, key);
            clock.advance(Duration.ofDays(10));
            assertThrows(KmsInvalidStateException.class, () -> mac(kms, key));
            assertEquals(KeyState.PENDING_IMPORT, describe(kms, key).keyState());
            byte[] other = new byte[32];
            other[0] = 1;
            assertThrows(IncorrectKeyMaterialException.class, () -> importInto(kms, key, parameters(kms, key), other));
            importInto(kms, key, parameters(kms, key), MATERIAL);
            assertEquals(mac, mac(kms, key));
        }
    }

    @Test
    void restart_importedKey_keepsMaterialAndExpiry() {
        String key;
        SdkBytes mac;
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            key = create(kms);
            importInto(kms, key, parameters(kms, key), MATERIAL);
            mac = mac(kms, key);
        }
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(mac, mac(kms, key));
            KeyMetadata metadata = describe(kms, key);
            assertEquals("EXTERNAL", metadata.originAsString());
            assertEquals("KEY_MATERIAL_EXPIRES", metadata.expirationModelAsString());
            assertEquals(START.plus(Duration.ofDays(10)), metadata.validTo());
        }
        clock.advance(Duration.ofDays(10));
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(KeyState.PENDING_IMPORT, describe(kms, key).keyState());
        }
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            byte[] other = new byte[32];
            other[0] = 1;
            assertThrows(IncorrectKeyMaterialException.class, () -> importInto(kms, key, parameters(kms, key), other));
        }
    }

    @Test
    void restart_earlierToken_isInvalid() {
        String key;
        GetParametersForImportResponse parameters;
        try (KmsEmulator emulator = KmsEmulator.start(options());
                KmsClient kms = Clients.withoutRetries(emulator)) {
            key = create(kms);
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
