package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestKms;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSecurityCommandTest {
    private static final String PREFERRED = "jdk.security.provider.preferred";
    private static final String SETTINGS = TestKms.settings();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void restore() {
        Security.setProperty(PREFERRED, "");
    }

    private static Properties written(String words) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(Commands.run(words).requireCode(0).out()));
        return properties;
    }

    private static int firstFree() {
        int position = 1;
        while (Security.getProperty("security.provider." + position) != null) {
            position++;
        }
        return position;
    }

    @Test
    void javaSecurity_thisJvm_writesTheFirstFreePositionAndPrefersPss() throws Exception {
        Properties properties = written("java-security");
        assertEquals("AWSKMS " + SETTINGS, properties.get("security.provider." + firstFree()));
        assertEquals("Signature.RSASSA-PSS:AWSKMS", properties.get(PREFERRED));
        assertEquals(2, properties.size());
    }

    @Test
    void javaSecurity_otherPreferredProviders_areKept() throws Exception {
        Security.setProperty(PREFERRED, "AES/GCM/NoPadding:SunJCE, Signature.RSASSA-PSS:AWSKMS");
        assertEquals(
                "Signature.RSASSA-PSS:AWSKMS, AES/GCM/NoPadding:SunJCE",
                written("java-security").get(PREFERRED));
    }

    @Test
    void javaSecurity_alreadyRegistered_keepsThePosition() throws Exception {
        String position = "security.provider." + (firstFree() - 1);
        String present = Security.getProperty(position);
        try {
            for (String ours : List.of("AWSKMS", "AWSKMS attempts=2")) {
                Security.setProperty(position, ours);
                assertEquals("AWSKMS " + SETTINGS, written("java-security").get(position));
            }
        } finally {
            Security.setProperty(position, present);
        }
    }

    @Test
    void javaSecurity_outputFile_isWritten() throws Exception {
        Path file = folder.resolve("kms.security");
        assertEquals(
                "", Commands.run("java-security --out " + file).requireCode(0).out());
        assertTrue(Files.readString(file).startsWith("# made by kms-jca for Java "));
    }

    /** Otherwise, the error would come later, from any code that makes Java load providers. */
    @Test
    void javaSecurity_misspeltSetting_isRefused() {
        assertTrue(Commands.run(Main.commandLine(), List.of("java-security"), "regoin=eu-west-1")
                .requireCode(2)
                .err()
                .contains("region"));
    }

    @Test
    void javaSecurity_settingsThatTheFileCannotContain_areRefused() {
        for (String settings : List.of("key.a=alias/\\a", "key.a=alias/${user.name}", "key.\u00e4=alias/a")) {
            assertTrue(Commands.run(Main.commandLine(), List.of("java-security"), settings)
                    .requireCode(2)
                    .err()
                    .contains("write --settings @FILE"));
        }
    }
}
