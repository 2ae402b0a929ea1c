package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How often the tools call KMS, in an account of 250 aliases. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("workbench of RequestCountTest")
class RequestCountTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final List<String> LIST = List.of("ListAliases", "ListAliases", "ListAliases");

    private static Workbench bench;

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeAll
    static void open() {
        bench = Workbench.with(KEY);
        List<String> aliases =
                IntStream.range(1, 250).mapToObj(i -> "alias/other-" + i).toList();
        bench.emulator().createAliases(aliases, bench.emulator().createKey("ECC_NIST_P256"));
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @BeforeEach
    void enter() throws IOException {
        place = bench.workplace(folder);
        SignedJar.writeUnsigned(place.path("in.jar"));
        bench.keystore(KEY).writeTo(place.path("release.awskms"));
        Files.writeString(
                place.path("chain.pem"),
                TestCa.pem(bench.certificate(bench.arn(KEY)))
                        + TestCa.pem(bench.ca().certificate()));
    }

    private void sign(Workplace where, String keystore, String alias) {
        where.jarsigner("-keystore " + keystore + " -storetype AWSKMS -protected in.jar " + alias)
                .requireSuccess();
        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(bench.publicKey(bench.arn(KEY))));
    }

    @Test
    void jarsigner_file_signs() {
        sign(place, "release.awskms", Workbench.ENTRY);

        assertEquals(List.of("Sign"), bench.requests());
    }

    @Test
    void jarsigner_discovery_listsPagesOnceAndAsksForOnePublicKey() {
        sign(place.settings("certificates=chain.pem"), "NONE", KEY.alias());

        assertEquals(List.of("ListAliases", "ListAliases", "ListAliases", "GetPublicKey", "Sign"), bench.requests());
    }

    @Test
    void jarsigner_discovery_keyNamedBySetting_listsNothing() {
        sign(place.settings("certificates=chain.pem;key.release=" + KEY.alias()), "NONE", "release");

        assertEquals(List.of("GetPublicKey", "Sign"), bench.requests());
    }

    @Test
    void keytool_list_discovery_listsPagesOnce() {
        String output = list(place);

        assertTrue(output.contains("Your keystore contains 250 entries"), output);
        assertEquals(LIST, bench.requests());
    }

    @Test
    void keytool_list_discoveryWithCertificates_listsPagesOnce() {
        list(place.settings("certificates=chain.pem"));

        assertEquals(LIST, bench.requests());
    }

    private static String list(Workplace where) {
        return where.keytool("-list -keystore NONE -storetype AWSKMS -protected")
                .requireSuccess()
                .output();
    }

    @Test
    void keytool_list_file_doesNotEvenLoadTheAwsSdk() {
        String output = place.vm("-verbose:class")
                .keytool("-list -keystore release.awskms -protected")
                .requireSuccess()
                .output();

        assertTrue(output.contains("io.github.kmsjca.KmsProvider "), "no classes are named");
        assertFalse(output.contains("software.amazon"), "classes of the SDK are loaded");
    }

    @Test
    void keytool_certreq_discovery_asksForPublicKeyAndSigns() {
        place.settings("certificates=chain.pem")
                .keytool("-certreq -alias " + KEY.alias() + " -keystore NONE -storetype AWSKMS -storepass ''")
                .requireSuccess();

        assertEquals(List.of("GetPublicKey", "Sign"), bench.requests());
    }

    @Test
    void keytool_genkeypair_creating_makesOneKeyThatSigns() throws IOException {
        place.settings("create=true")
                .keytool(Workbench.genkeypair("fresh", "EC", "release.awskms") + " -groupname secp384r1")
                .requireSuccess();
        assertEquals(List.of("CreateKey", "GetPublicKey", "Sign"), bench.requests());

        place.jarsigner("-keystore release.awskms -storetype AWSKMS -protected in.jar fresh")
                .requireSuccess();

        String text = Files.readString(place.path("release.awskms"));
        String arn = text.replaceFirst("(?s).*\nalias: fresh\nkey: (\\S+)\n.*", "$1");
        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(bench.publicKey(arn)));
    }
}
