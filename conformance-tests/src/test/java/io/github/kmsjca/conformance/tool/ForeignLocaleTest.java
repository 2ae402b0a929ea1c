package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the tools in a locale where the upper case of "i" is not "I", and in a time zone whose offset from UTC is not a
 * whole number of hours.
 */
class ForeignLocaleTest {
    private static final SigningKey KEY = SigningKey.RSA_2048;

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder)
                .with("TZ", "Asia/Kolkata")
                .withVmOptions("-Duser.language=tr", "-Duser.country=TR");
    }

    @Test
    void genkeypairCertreqAndJarsigner_turkishLocale_signWithTheExpectedRequests() throws Exception {
        place.withSettings("adopt=" + KEY.alias())
                .keytool(Workbench.genkeypair("imza", "RSA", "release.awskms"))
                .requireSuccess();
        place.keytool("-certreq -alias imza -keystore release.awskms -storepass ''")
                .requireSuccess();
        SignedJar.writeUnsigned(place.path("in.jar"));
        place.jarsigner("-keystore release.awskms -storetype AWSKMS -protected in.jar imza")
                .requireSuccess();

        assertTrue(Files.readString(place.path("release.awskms")).contains("\nalias: imza\n"));
        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(KEY)));
        assertEquals(List.of("GetPublicKey", "Sign", "Sign", "Sign"), BENCH.requests());
    }

    @Test
    void list_unknownVariable_errorHasTheNameInEnglishLowerCase() {
        assertEquals(
                "keytool error: io.github.kmsjca.key.SettingsException: environment variable AWSKMS_REGOIN: unknown"
                        + " setting 'regoin'; did you mean 'region'?",
                place.with("AWSKMS_REGOIN", "us-east-1")
                        .keytool("-list -keystore NONE -storetype AWSKMS -protected")
                        .requireOneError());
    }
}
