package io.github.kmsjca.release;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signatures themselves are verified by gpg in {@link CheckBundleTest}. */
class SignFilesTest {
    @TempDir
    Path folder;

    @Test
    void userIdWithoutAddress_isRefused() throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsProvider provider = KmsProvider.builder()
                        .setting("endpoint", emulator.endpoint().toString())
                        .setting("region", emulator.region())
                        .build()) {
            emulator.createKey("RSA_2048", "SIGN_VERIFY", "alias/openpgp");
            SignFiles signer = new SignFiles(provider, SignFiles.key(provider, "alias/openpgp"), Instant.EPOCH);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> signer.writePublicKey("kms-jca releases", folder.resolve("key.asc")));
        }
    }
}
