package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.PublicApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The public API, with every public and protected member, must match {@code api.txt}. After a change of the API, run
 * the test with {@code -Dkmsjca.api.write=true} to write the file again.
 */
class ApiFileTest {
    private static final Path FILE = Path.of("api.txt");
    private static final int MAX_TYPES = 10;
    private static final PublicApi API = PublicApi.ofPackages(KmsProvider.class, KmsKey.class);

    @Test
    void publicApi_matchesTheFile() throws IOException {
        String api = API.text(FILE);
        assertEquals(
                Files.readString(FILE),
                api,
                "provider/api.txt does not match the public API; if the change is intended, write the file again with"
                        + " 'mvn -pl provider -am verify -Dtest=ApiFileTest -Dkmsjca.api.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false'");
    }

    @Test
    void publicApi_hasFewTypes() {
        assertTrue(API.types().size() <= MAX_TYPES, () -> API.types() + " are too many");
    }
}
