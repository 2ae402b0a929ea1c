package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.PublicApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The public API must match {@code api.txt}. {@code -Dkmsjca.api.write=true} writes the file again. */
class ApiFileTest {
    private static final Path FILE = Path.of("api.txt");

    @Test
    void publicApi_matchesTheFile() throws IOException {
        String api = PublicApi.ofPackages(KmsProviderInitializer.class).text(FILE);
        assertEquals(Files.readString(FILE), api);
    }
}
