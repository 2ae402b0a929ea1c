package io.github.kmsjca.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which user ids are refused. {@link CheckBundleTest} verifies signatures of {@link SignFiles} with gpg. */
class SignFilesTest {
    @TempDir
    Path folder;

    @Test
    void userIdWithoutNameOrAddress_isRefused() throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsProvider provider = KmsProvider.builder()
                        .setting("endpoint", emulator.endpoint().toString())
                        .setting("region", emulator.region())
                        .build()) {
            emulator.createKey("RSA_2048", "SIGN_VERIFY", "alias/openpgp");
            SignFiles signer = new SignFiles(provider, SignFiles.key(provider, "alias/openpgp"), Instant.EPOCH);
            for (String userId : List.of("kms-jca releases", "releases@example.com", "<releases@example.com>")) {
                String text = assertThrows(
                                IllegalArgumentException.class,
                                () -> signer.writePublicKey(userId, folder.resolve("key.asc")))
                        .getMessage();
                assertEquals("the user id must look like 'Example <releases@example.com>': " + userId, text);
            }
        }
    }
}
