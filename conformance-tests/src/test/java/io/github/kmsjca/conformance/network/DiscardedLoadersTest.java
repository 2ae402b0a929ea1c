package io.github.kmsjca.conformance.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.tool.Library;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.emulator.KmsEmulator;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the garbage collector can remove a class loader after its provider was used and closed. */
class DiscardedLoadersTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    /**
     * Clears soft references at once. Each thread has a soft reference to a buffer of the AWS SDK's JSON parser, and
     * this buffer would keep the class loader in memory.
     */
    private static final String WITHOUT_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

    @BeforeAll
    static void createKeys() {
        DiscardedLoaders.SIGNATURES.keySet().forEach(alias -> createKey(alias, "SIGN_VERIFY"));
        createKey("alias/ML_DSA_44", "SIGN_VERIFY");
        createKey("alias/HMAC_256", "GENERATE_VERIFY_MAC");
        createKey("alias/ML_KEM_768", "ENCAPSULATE_DECAPSULATE");
        EMULATOR.createKey("ECC_NIST_P256", "KEY_AGREEMENT", "alias/agreement");
        EMULATOR.createKey("RSA_2048", "ENCRYPT_DECRYPT", "alias/encryption");
    }

    /** Creates a key. The alias is alias/ and the key spec. */
    private static void createKey(String alias, String usage) {
        EMULATOR.createKey(alias.substring(alias.indexOf('/') + 1), usage, alias);
    }

    static Stream<Arguments> variants() {
        List<Arguments> all = List.of(
                Arguments.of(JarVariant.ONE_FILE_JAR, true),
                Arguments.of(JarVariant.LIBRARY, false),
                Arguments.of(JarVariant.ONE_FILE_JAR_IN_TOOLS, false));
        return SuiteExtent.everyNth(all, 2);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void close_afterUse_classLoaderIsCollected(JarVariant variant, boolean isRegistered, @TempDir Path folder) {
        Workplace place = Workplace.of(folder, EMULATOR.endpoint())
                .withOptions(List.of("-cp", Library.tests()))
                .withVmOptions("-Xmx128m", WITHOUT_SOFT_REFERENCES)
                .withVmOptions(variant.option());
        ToolResult result = place.java(DiscardedLoaders.class.getName() + " " + variant.classPath() + " "
                        + "region=us-east-1;endpoint=" + EMULATOR.endpoint() + " " + isRegistered)
                .requireSuccess();
        List<String> lines = result.output().lines().toList();
        assertEquals("alive: 0 of 4", lines.get(lines.size() - 1), result::output);
    }
}
