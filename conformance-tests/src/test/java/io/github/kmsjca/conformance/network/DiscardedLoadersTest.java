package io.github.kmsjca.conformance.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.tool.Library;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.emulator.KmsEmulator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class loader that has used and closed the provider can be collected. */
class DiscardedLoadersTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    /** The JSON parser of the AWS SDK keeps a buffer in each thread with a soft reference. */
    private static final String WITHOUT_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

    @BeforeAll
    static void createKeys() {
        DiscardedLoaders.SIGNATURES.keySet().forEach(alias -> create(alias, "SIGN_VERIFY"));
        create("alias/ML_DSA_44", "SIGN_VERIFY");
        create("alias/HMAC_256", "GENERATE_VERIFY_MAC");
        create("alias/ML_KEM_768", "ENCAPSULATE_DECAPSULATE");
        EMULATOR.createKey("ECC_NIST_P256", "KEY_AGREEMENT", "alias/agreement");
        EMULATOR.createKey("RSA_2048", "ENCRYPT_DECRYPT", "alias/encryption");
    }

    private static void create(String alias, String usage) {
        EMULATOR.createKey(alias.substring(alias.indexOf('/') + 1), usage, alias);
    }

    @ParameterizedTest
    @CsvSource({"LIBRARY, false", "ONE_FILE_JAR, true", "ONE_FILE_JAR_IN_TOOLS, false"})
    void close_afterUse_classLoaderIsCollected(JarVariant variant, boolean isRegistered, @TempDir Path folder) {
        Workplace place = Workplace.of(folder, EMULATOR.endpoint())
                .loading(List.of("-cp", Library.tests()))
                .vm("-Xmx128m", WITHOUT_SOFT_REFERENCES)
                .vm(variant.option());
        ToolResult result = place.java(DiscardedLoaders.class.getName() + " " + variant.classPath() + " "
                        + "region=us-east-1;endpoint=" + EMULATOR.endpoint() + " " + isRegistered)
                .requireSuccess();
        assertEquals(
                "alive: 0 of 4",
                result.output().lines().reduce((first, last) -> last).orElse(""),
                result::output);
    }
}
