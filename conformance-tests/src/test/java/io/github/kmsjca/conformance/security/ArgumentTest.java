package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.tool.ClassArchive;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a file never replaces the text of a provider argument, and that an argument can still name a file. */
class ArgumentTest {
    private static final String GENKEYPAIR = "-genkeypair -alias new -keyalg EC -sigalg SHA256withECDSA -dname CN=new"
            + " -keystore new.awskms -storetype AWSKMS -protected -providername AWSKMS";

    @AutoClose
    private static final KmsEmulator KMS = KmsEmulator.start();

    private static final String RELEASE_KEY = KMS.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
    private static final String ATTACKER_KEY = KMS.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/attackers");

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeEach
    void prepare() {
        place = Workplace.of(folder, KMS.endpoint()).withVmOptions(ClassArchive.options());
    }

    /** Returns the key that keytool adopts with a provider argument. */
    private String adoptedKey(String argument) throws IOException {
        place.withSettings(argument).keytool(GENKEYPAIR).requireSuccess();
        return Files.readString(place.path("new.awskms"))
                .lines()
                .filter(line -> line.startsWith("key: "))
                .findFirst()
                .orElseThrow()
                .substring("key: ".length());
    }

    @Test
    void genkeypair_fileNamedLikeTheArgument_isNotRead() throws IOException {
        Path file = Files.createDirectories(folder.resolve("adopt=alias")).resolve("release");
        Files.writeString(file, "adopt=alias/attackers\n");
        assertEquals(RELEASE_KEY, adoptedKey("adopt=alias/release"));
    }

    /** keytool and jarsigner pass an argument that begins with @ to the provider unchanged, and it names a file. */
    @Test
    void genkeypair_atSignBeforeTheFileName_readsTheFile() throws IOException {
        Files.writeString(folder.resolve("adopt=alias"), "adopt=alias/attackers\n");
        assertEquals(ATTACKER_KEY, adoptedKey("@adopt=alias"));
    }

    /**
     * By default, picocli replaces an argument of the form @FILE by the arguments in the file. Here, @FILE is the value
     * of an option and names a settings file. The error shows that the provider has read this file as settings.
     */
    @Test
    void list_atSignBeforeTheSettingsFile_readsTheSettings() throws IOException {
        Files.writeString(folder.resolve("team"), "# two lines\nregion = eu-west-1\ncertificate-tags = raed\n");
        KeystoreText.empty().key("release", RELEASE_KEY).writeTo(folder.resolve("release.awskms"));
        assertEquals(
                "kms-jca: settings file team, line 3: certificate-tags=raed is not one of ignore, read, write\n",
                Commands.run(place, "list", "--settings", "@team", "--keystore", "release.awskms")
                        .output());
    }
}
