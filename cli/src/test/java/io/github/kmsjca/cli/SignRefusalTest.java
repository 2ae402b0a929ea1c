package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of {@code sign} for empty values, and for keys that cannot sign jars. */
class SignRefusalTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @CsvSource({"JAR, '', --alias=a, --out=b", "--alias, a.jar, --alias=, --out=b", "--out, a.jar, --alias=a, --out="})
    void sign_emptyValue_isNamed(String empty, String jar, String alias, String out) {
        assertEquals(
                "kms-jca: " + empty + " cannot be empty; an empty shell variable may be the cause\n",
                Commands.run("sign", jar, alias, out).requireCode(2).err());
    }

    private String refusal(String key) throws IOException {
        Path jar = Files.createFile(folder.resolve("a.jar"));
        return Commands.run("sign " + jar + " --alias " + key).requireCode(1).err();
    }

    @Test
    void sign_hmacKey_asksForAnAsymmetricKey() throws IOException {
        String key = TestKms.emulator().createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        String refusal = refusal(key);
        assertTrue(refusal.startsWith("kms-jca: KMS key " + key + " (HMAC_256) cannot sign jars;"), refusal);
    }

    @Test
    void sign_unknownKey_saysThatKmsHasNoSuchKey() throws IOException {
        assertEquals(
                "kms-jca: KMS has no key '" + TestKms.NO_KEY + "'; 'kms-jca list' lists the keys that have an alias\n",
                refusal(TestKms.NO_KEY));
    }
}
