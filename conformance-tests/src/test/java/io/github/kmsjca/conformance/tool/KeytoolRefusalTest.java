package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.control.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what {@code keytool} prints if it fails: one line with the problem. The keystore file does not change. */
class KeytoolRefusalTest {
    private static final String IN_MEMORY = "keytool error: java.security.KeyStoreException: the key for entry 'new' is"
            + " not in KMS, and this store keeps no keys; with keytool -genkeypair, use -providername AWSKMS, the"
            + " setting adopt or create=true, and a -keyalg that KMS has, such as RSA or EC; if java.security lists"
            + " AWSKMS before the JDK's providers, put it last";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(SigningKey.RSA_2048, SigningKey.ECC_NIST_P256);

    private Workplace place;
    private String before = "";

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder);
        write(BENCH.keystore(SigningKey.RSA_2048));
    }

    private void write(KeystoreText keystore) {
        keystore.writeTo(place.path("release.awskms"));
        before = keystore.text();
    }

    @AfterEach
    void keystoreFileIsUnchanged() throws IOException {
        assertEquals(before, Files.readString(place.path("release.awskms")));
        assertFalse(Files.exists(place.path("new.awskms")));
    }

    private static String genkeypair(String keystore, String algorithm) {
        return Workbench.genkeypair("new", algorithm, keystore);
    }

    /** Returns a command with the options for the existing keystore file. */
    private static String onFile(String command) {
        return command + " -keystore release.awskms -storepass ''";
    }

    /** Returns the error of keytool without its request id, if it has one. */
    private static String error(Workplace where, String command) {
        return where.keytool(command).requireOneError().replaceFirst(" \\[request id [0-9a-f-]+]$", "");
    }

    @Test
    void genkeypair_withoutProvidername_softwareKeyIsRefused() {
        Workplace adopting = place.withSettings("adopt=alias/ECC_NIST_P256");
        assertEquals(IN_MEMORY, error(adopting, genkeypairWithoutProvidername("release.awskms")));
        assertEquals(IN_MEMORY, error(adopting, genkeypairWithoutProvidername("new.awskms")));
        assertEquals(List.of(), BENCH.requests());
    }

    private static String genkeypairWithoutProvidername(String keystore) {
        return genkeypair(keystore, "EC").replace(" -providername AWSKMS", "");
    }

    /**
     * If our provider is first in the list, it offers no generators. keytool then uses a generator of another provider,
     * although the command names ours.
     */
    @Test
    void genkeypair_providerIsFirstInTheList_softwareKeyIsRefused() throws IOException {
        StringBuilder list = new StringBuilder("security.provider.1=AWSKMS adopt=alias/ECC_NIST_P256\n");
        Provider[] providers = Security.getProviders();
        for (int index = 0; index < providers.length; index++) {
            list.append("security.provider.")
                    .append(index + 2)
                    .append('=')
                    .append(providers[index].getName())
                    .append('\n');
        }
        Files.writeString(place.path("java.security"), list);
        Workplace registered =
                place.withOptions(place.vmOptions()).withVmOptions("-Djava.security.properties=java.security");
        assertEquals(IN_MEMORY, error(registered, genkeypair("new.awskms", "EC")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_withoutAdoptAndCreate_namesBothSettings() {
        assertEquals(
                "keytool error: java.lang.IllegalArgumentException: name an existing KMS key with the setting adopt,"
                        + " such as adopt=alias/release, or set create=true to create KMS keys",
                error(place, genkeypair("new.awskms", "RSA")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void genkeypair_adoptedKeyOfAnotherAlgorithm_namesTheOption() {
        String rsa = BENCH.arn(SigningKey.RSA_2048);
        String ec = BENCH.arn(SigningKey.ECC_NIST_P256);

        assertEquals(
                "keytool error: java.security.ProviderException: the setting adopt names KMS key " + rsa
                        + " (RSA_2048), which is not a key for EC; with keytool, use -keyalg RSA",
                error(place.withSettings("adopt=alias/RSA_2048"), genkeypair("new.awskms", "EC")));
        assertEquals(
                "keytool error: java.security.ProviderException: the setting adopt names KMS key " + ec
                        + " (ECC_NIST_P256), which is not a key for RSA; with keytool, use -keyalg EC",
                error(place.withSettings("adopt=alias/ECC_NIST_P256"), genkeypair("new.awskms", "RSA")));
    }

    @Test
    void genkeypair_algorithmThatKmsLacks_softwareKeyIsRefused() {
        assertEquals(IN_MEMORY, error(place.withSettings("adopt=alias/RSA_2048"), genkeypair("new.awskms", "DSA")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_adoptedKeyUnknown_saysToCheckTheIdentifier() {
        assertEquals(
                "keytool error: io.github.kmsjca.key.KmsException: KMS GetPublicKey for key alias/nosuch failed:"
                        + " NotFoundException (Alias arn:aws:kms:us-east-1:111122223333:alias/nosuch is not found);"
                        + " check the key identifier, the account and the Region",
                error(place.withSettings("adopt=alias/nosuch"), genkeypair("new.awskms", "RSA")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_adoptedKeyForEncryption_asksForASigningKey() {
        String arn = BENCH.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");

        assertEquals(
                "keytool error: java.security.InvalidKeyException: KMS key " + arn
                        + " (RSA_2048 for ENCRYPT_DECRYPT) has key usage ENCRYPT_DECRYPT, so it cannot be used with"
                        + " SHA256withRSA; name a key whose key usage is SIGN_VERIFY",
                error(place.withSettings("adopt=" + arn), genkeypair("new.awskms", "RSA") + " -sigalg SHA256withRSA"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_adoptedKeyDisabled_namesTheCommandToEnableIt() {
        String arn = BENCH.emulator().createKey("ECC_NIST_P256");
        BENCH.client().disableKey(request -> request.keyId(arn));

        assertEquals(
                "keytool error: java.security.SignatureException: KMS Sign for key " + arn + " failed:"
                        + " DisabledException (" + arn + " is disabled); enable the key with 'aws kms enable-key'",
                error(place.withSettings("adopt=" + arn), genkeypair("new.awskms", "EC")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_discovery_asksForAFileOrTags() {
        assertEquals(
                "keytool error: java.io.IOException: without a keystore file, entry 'new' of key "
                        + BENCH.arn(SigningKey.RSA_2048)
                        + " cannot be saved; use -keystore FILE instead of NONE (in a program, pass a stream to store),"
                        + " or set certificate-tags=write to keep certificates in the tags of the keys",
                error(place.withSettings("adopt=alias/RSA_2048"), genkeypair("NONE", "RSA")));
    }

    @Test
    void genkeypair_aliasThatExists_isRefusedByTheToolItself() {
        write(KeystoreText.empty().trusted("new", BENCH.ca().certificate()));

        assertEquals(
                "keytool error: java.lang.Exception: Key pair not generated, alias <new> already exists",
                error(place.withSettings("create=true"), genkeypair("release.awskms", "RSA")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void genkeypair_creatingSizeThatKmsLacks_namesTheKeySpecs() {
        assertEquals(
                "keytool error: java.lang.IllegalArgumentException: KMS does not support RSA keys of 1024 bits; it"
                        + " supports RSA_2048, RSA_3072, RSA_4096",
                error(place.withSettings("create=true"), genkeypair("new.awskms", "RSA -keysize 1024")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_creatingCurveThatKmsLacks_namesTheKeySpecs() {
        assertEquals(
                "keytool error: java.lang.IllegalArgumentException: KMS does not support EC keys on the curve"
                        + " secp224r1; it supports ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1",
                error(place.withSettings("create=true"), genkeypair("new.awskms", "EC -groupname secp224r1")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_aliasBeginsWithABlank_namesTheRule() {
        assertEquals(
                "keytool error: java.security.KeyStoreException: the alias ' new' is not allowed: an alias must not be"
                        + " empty, and must not begin or end with a blank",
                error(
                        place.withSettings("adopt=alias/RSA_2048"),
                        genkeypair("release.awskms", "RSA").replace("-alias new", "-alias ' new'")));
    }

    @Test
    void certreq_keyDisabled_namesTheCommandToEnableIt() {
        String arn = BENCH.emulator().createKey("ECC_NIST_P256");
        write(KeystoreText.empty().key(Workbench.ENTRY, arn, BENCH.certificate(arn)));
        BENCH.client().disableKey(request -> request.keyId(arn));

        assertEquals(
                "keytool error: java.security.SignatureException: KMS Sign for key " + arn + " failed:"
                        + " DisabledException (" + arn + " is disabled); enable the key with 'aws kms enable-key'",
                error(place, onFile("-certreq -alias " + Workbench.ENTRY)));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void certreq_algorithmThatKmsLacks_namesTheAlgorithmsOfTheKey() {
        assertEquals(
                "keytool error: java.security.InvalidKeyException: KMS key " + BENCH.arn(SigningKey.RSA_2048)
                        + " (RSA_2048) cannot be used with SHA1withRSA; possible algorithms: SHA256withRSA,"
                        + " SHA384withRSA, SHA512withRSA, NONEwithRSA, RSASSA-PSS, NONEwithRSASSA-PSS, SHA256withRSA/PSS,"
                        + " SHA384withRSA/PSS, SHA512withRSA/PSS (option -sigalg of jarsigner and keytool)",
                error(place, onFile("-certreq -alias " + Workbench.ENTRY + " -sigalg SHA1withRSA")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void certreq_aliasUnknownInAccount_isRefusedByTheToolItself() {
        assertEquals(
                "keytool error: java.lang.Exception: Alias <alias/nosuch> does not exist",
                error(place, "-certreq -alias alias/nosuch -keystore NONE -storetype AWSKMS -storepass ''"));
    }

    @Test
    void certreq_keyWithoutCertificateInAccount_isRefusedByTheToolItself() {
        assertEquals(
                "keytool error: java.lang.Exception: alias/RSA_2048 has no public key (certificate)",
                error(place, "-certreq -alias alias/RSA_2048 -keystore NONE -storetype AWSKMS -storepass ''"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void list_aliasUnknown_isRefusedByTheToolItself() {
        assertEquals(
                "keytool error: java.lang.Exception: Alias <nosuch> does not exist",
                error(place, onFile("-list -alias nosuch")));
    }

    @Test
    void list_discoveryDenied_namesThePermission() {
        BENCH.emulator().faults().add(Fault.on("ListAliases").always().accessDenied());

        assertEquals(
                "keytool error: io.github.kmsjca.key.KmsException: KMS ListAliases for the account failed:"
                        + " AccessDeniedException (User: arn:aws:iam::111122223333:user/test is not authorized to"
                        + " perform: kms:ListAliases on resource: * because no identity-based policy allows the"
                        + " kms:ListAliases action); allow kms:ListAliases in the caller's IAM"
                        + " policy, or name the keys with the setting keys",
                error(place, "-list -keystore NONE -storetype AWSKMS -protected"));
    }

    @Test
    void list_discoveryWithoutRegion_saysWhatToSet() {
        assertEquals(
                "keytool error: io.github.kmsjca.key.KmsException: no AWS Region is known; set AWS_REGION or the"
                        + " setting region; a key that is named by its ARN needs neither",
                error(place.without("AWS_REGION"), "-list -keystore NONE -storetype AWSKMS -protected"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void list_discoveryWithoutSecretAccessKey_saysWhatToSet() {
        assertEquals(
                "keytool error: io.github.kmsjca.key.KmsException: KMS ListAliases for the account failed: no AWS"
                        + " credentials were found; set AWS_PROFILE, the setting profile, or both AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY; if your login has expired, renew it",
                error(place.without("AWS_SECRET_ACCESS_KEY"), "-list -keystore NONE -storetype AWSKMS -protected"));
    }

    @Test
    void setting_unknown_suggestsTheNearest() {
        String unknown = "keytool error: io.github.kmsjca.key.SettingsException: provider argument: unknown setting"
                + " 'adpot'; did you mean 'adopt'?";

        assertEquals(unknown, error(place.withSettings("adpot=alias/x"), genkeypair("new.awskms", "RSA")));
        assertEquals(
                unknown,
                error(
                        place.withOptions(
                                place.vmOptions(),
                                "-providerclass",
                                "io.github.kmsjca.KmsProvider",
                                "-providerarg",
                                "adpot=alias/x"),
                        genkeypair("new.awskms", "RSA")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void providerArgument_noFileWithThisName_saysWhatIsExpected() {
        assertEquals(
                "keytool error: io.github.kmsjca.key.SettingsException: provider argument 'nosuch.conf' is neither"
                        + " an existing settings file nor a list such as region=eu-west-1;attempts=2",
                error(place.withSettings("nosuch.conf"), onFile("-list")));
    }

    @Test
    void importcert_certificateOfAnotherKey_isRefusedByTheToolItself() throws IOException {
        String other = BENCH.emulator().createKey("RSA_2048");
        Files.writeString(place.path("reply.pem"), TestCa.pem(BENCH.certificate(other)));

        assertEquals(
                "keytool error: java.lang.Exception: Public keys in reply and keystore don't match",
                error(place, onFile("-importcert -noprompt -alias " + Workbench.ENTRY + " -file reply.pem")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void delete_discoveredKey_namesTheAwsCliCommand() {
        assertEquals(
                "keytool error: java.security.KeyStoreException: entry 'alias/RSA_2048' is a key in KMS, not an entry"
                        + " of a file; to hide it, use the setting keys; to delete its alias, use 'aws kms"
                        + " delete-alias'",
                error(place, "-delete -alias alias/RSA_2048 -keystore NONE -storetype AWSKMS -protected"));
    }

    @Test
    void keystoreFile_unknownName_listAndDeleteNameTheLine() {
        write(KeystoreText.empty().with("\nalias: release\nkei: x\n"));
        String unknownName = "keytool error: java.io.IOException: keystore file, line 4: unknown"
                + " name 'kei'; an entry has alias:, key:, names beginning with x-, and certificates; settings stand"
                + " above the first entry; other text needs #";

        assertEquals(unknownName, error(place, onFile("-list")));
        assertEquals(unknownName, error(place, onFile("-list -storetype AWSKMS")));
        assertEquals(unknownName, error(place, onFile("-delete -alias release")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void keystoreFile_certificateDamaged_namesTheLine() {
        write(KeystoreText.empty()
                .with("\nalias: ca\n-----BEGIN CERTIFICATE-----\nMIIBOjCB\n-----END CERTIFICATE-----\n"));

        String error = error(place, onFile("-list"));

        assertTrue(
                error.startsWith("keytool error: java.io.IOException: keystore file, line 4: damaged certificate: "),
                error);
    }

    /** keytool overwrites the file in place, so a full disk can truncate it. No provider can prevent that. */
    @Tag(SuiteExtent.WHOLE)
    @Test
    void keystoreFile_truncated_namesTheLine() {
        String whole = BENCH.keystore(SigningKey.RSA_2048).text();
        write(new KeystoreText(whole.substring(0, whole.length() / 2)));

        assertEquals(
                "keytool error: java.io.IOException: keystore file, line 5: this PEM block has no END line",
                error(place, onFile("-list")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void keystoreFile_wrongFirstLine_showsTheRightOne() {
        write(new KeystoreText("hello\n"));

        assertEquals(
                "keytool error: java.io.IOException: keystore file, line 1: not a keystore"
                        + " file; the first line must be '# AWSKMS keystore 1'",
                error(place, onFile("-list -storetype AWSKMS")));
    }
}
