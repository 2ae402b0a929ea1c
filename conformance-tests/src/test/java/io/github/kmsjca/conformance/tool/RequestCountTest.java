package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the KMS calls of the tools in an account with 250 aliases, and which classes the tools load. */
class RequestCountTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final List<String> LIST_THREE_PAGES = List.of("ListAliases", "ListAliases", "ListAliases");

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeAll
    static void fillAccount() {
        // with the alias of the workbench's key, these are 250 aliases
        List<String> aliases =
                IntStream.range(1, 250).mapToObj(i -> "alias/other-" + i).toList();
        BENCH.emulator().createAliases(aliases, BENCH.emulator().createKey("ECC_NIST_P256"));
    }

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        place = BENCH.workplace(folder, KEY);
        Files.writeString(
                place.path("chain.pem"),
                TestCa.pem(BENCH.certificate(KEY)) + TestCa.pem(BENCH.ca().certificate()));
    }

    private void sign(Workplace where, String keystore, String alias) {
        where.jarsigner("-keystore " + keystore + " -storetype AWSKMS -protected in.jar " + alias)
                .requireSuccess();
        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(KEY)));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_file_makesOneRequest() {
        sign(place, "release.awskms", Workbench.ENTRY);

        assertEquals(List.of("Sign"), BENCH.requests());
    }

    @Test
    void jarsigner_file_loadsOnlyOneClassOfTheFlightRecorder() {
        String output = place.withVmOptions("-verbose:class")
                .jarsigner(Workbench.SIGN)
                .requireSuccess()
                .output();

        assertEquals(
                List.of("jdk.jfr.FlightRecorder"),
                output.lines()
                        .filter(line -> line.contains(" jdk.jfr."))
                        .map(line -> line.replaceFirst(".* (jdk\\.jfr\\.\\S+) .*", "$1"))
                        .toList());
    }

    @Test
    void jarsigner_discovery_listsPagesOnceAndRequestsOnePublicKey() {
        sign(place.withSettings("certificates=chain.pem"), "NONE", KEY.alias());

        assertEquals(List.of("ListAliases", "ListAliases", "ListAliases", "GetPublicKey", "Sign"), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_discoveryWithNamedKey_listsNothing() {
        sign(place.withSettings("certificates=chain.pem;key.release=" + KEY.alias()), "NONE", "release");

        assertEquals(List.of("GetPublicKey", "Sign"), BENCH.requests());
    }

    @Test
    void keytoolList_discovery_listsPagesOnce() {
        String output = list(place);

        assertTrue(output.contains("Your keystore contains 250 entries"), output);
        assertEquals(LIST_THREE_PAGES, BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void keytoolList_discoveryWithCertificates_listsPagesOnce() {
        list(place.withSettings("certificates=chain.pem"));

        assertEquals(LIST_THREE_PAGES, BENCH.requests());
    }

    private static String list(Workplace where) {
        return where.keytool("-list -keystore NONE -storetype AWSKMS -protected")
                .requireSuccess()
                .output();
    }

    @Test
    void keytoolList_file_doesNotLoadTheAwsSdk() {
        String output = place.withVmOptions("-verbose:class")
                .keytool("-list -keystore release.awskms -protected")
                .requireSuccess()
                .output();

        assertTrue(output.contains("io.github.kmsjca.KmsProvider "), "the output does not list the provider's class");
        assertFalse(output.contains("software.amazon"), "keytool loaded classes of the AWS SDK");
    }

    @Test
    void keytoolCertreq_discovery_requestsPublicKeyAndSignature() {
        place.withSettings("certificates=chain.pem")
                .keytool("-certreq -alias " + KEY.alias() + " -keystore NONE -storetype AWSKMS -storepass ''")
                .requireSuccess();

        assertEquals(List.of("GetPublicKey", "Sign"), BENCH.requests());
    }

    @Test
    void keytoolGenkeypair_creating_createsOneKeyThatJarsignerUses() throws IOException {
        place.withSettings("create=true")
                .keytool(Workbench.genkeypair("fresh", "EC", "release.awskms") + " -groupname secp384r1")
                .requireSuccess();
        assertEquals(List.of("CreateKey", "GetPublicKey", "Sign", "CreateAlias"), BENCH.requests());
        // another test expects 250 aliases
        BENCH.client().deleteAlias(request -> request.aliasName("alias/fresh"));

        place.jarsigner("-keystore release.awskms -storetype AWSKMS -protected in.jar fresh")
                .requireSuccess();

        String text = Files.readString(place.path("release.awskms"));
        String arn = text.replaceFirst("(?s).*\nalias: fresh\nkey: (\\S+)\n.*", "$1");
        assertTrue(SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(arn)));
    }
}
