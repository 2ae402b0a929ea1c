package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;

/** KMS API {@code CreateAlias}, {@code UpdateAlias}, {@code DeleteAlias} and {@code ListAliases}. */
class AliasContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final int ALIASES_PER_KEY = 50;

    @Test
    void createAlias_newName_isListedForItsKey() {
        String key = signingKey();
        String name = SERVICE.createAlias(key);

        List<AliasListEntry> aliases =
                KMS.listAliases(request -> request.keyId(key)).aliases();
        assertEquals(1, aliases.size());
        AliasListEntry alias = aliases.get(0);
        assertEquals(name, alias.aliasName());
        assertEquals(ServiceUnderTest.aliasArn(key, name), alias.aliasArn());
        assertEquals(ServiceUnderTest.keyId(key), alias.targetKeyId());
        assertEquals(alias.creationDate(), alias.lastUpdatedDate());
    }

    @Test
    void createAlias_nameInUse_isAlreadyExistsException() {
        String key = signingKey();
        String name = SERVICE.createAlias(key);
        assertRefused(
                "AlreadyExistsException",
                "An alias with the name " + ServiceUnderTest.aliasArn(key, name) + " already exists",
                () -> KMS.createAlias(request -> request.aliasName(name).targetKeyId(key)));
    }

    @Test
    void createAlias_nameWithoutPrefix_isValidationException() {
        assertRefused(
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see"
                        + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
                () -> KMS.createAlias(request -> request.aliasName("release").targetKeyId(signingKey())));
    }

    @Test
    void createAlias_colon_isValidationException() {
        assertRefused(
                "ValidationException",
                "alias/a:b contains invalid characters for an alias",
                () -> KMS.createAlias(request -> request.aliasName("alias/a:b").targetKeyId(signingKey())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias/a b", "alias/ä", "alias/a.b"})
    void createAlias_characterOutsideThePattern_isValidationException(String name) {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + name + "' at 'aliasName' failed to satisfy constraint:"
                        + " Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
                () -> KMS.createAlias(request -> request.aliasName(name).targetKeyId(signingKey())));
    }

    @Test
    void createAlias_257Characters_isValidationException() {
        String name = "alias/" + "a".repeat(251);
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + name + "' at 'aliasName' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 256",
                () -> KMS.createAlias(request -> request.aliasName(name).targetKeyId(signingKey())));
    }

    @Test
    void createAlias_onlyThePrefix_isValidationException() {
        assertRefused(
                "ValidationException",
                "Invalid identifier",
                () -> KMS.createAlias(request -> request.aliasName("alias/").targetKeyId(signingKey())));
    }

    @Test
    void createAlias_reservedName_isNotAuthorizedException() {
        assertRefused(
                "NotAuthorizedException",
                () -> KMS.createAlias(
                        request -> request.aliasName("alias/aws/mine").targetKeyId(signingKey())));
    }

    @Test
    void createAlias_aliasAsTarget_isValidationException() {
        String alias = SERVICE.createAlias(signingKey());
        assertRefused(
                "ValidationException",
                "Aliases must refer to keys. Not aliases",
                () -> KMS.createAlias(request -> request.aliasName("alias/kms-jca-contract-never-created")
                        .targetKeyId(alias)));
    }

    @Test
    void createAlias_51stForOneKey_isLimitExceededException() {
        String key = signingKey();
        for (int i = 0; i < ALIASES_PER_KEY; i++) {
            SERVICE.createAlias(key);
        }
        assertRefused("LimitExceededException", () -> SERVICE.createAlias(key));
    }

    @Test
    void updateAlias_keyOfOtherSpecAndSameUsage_movesTheAlias() {
        String before = signingKey();
        String after = SERVICE.createKey("RSA_2048", "SIGN_VERIFY");
        String name = SERVICE.createAlias(before);
        AliasListEntry old =
                KMS.listAliases(request -> request.keyId(before)).aliases().get(0);

        KMS.updateAlias(request -> request.aliasName(name).targetKeyId(after));

        assertEquals(
                after,
                KMS.describeKey(request -> request.keyId(name)).keyMetadata().arn());
        assertTrue(KMS.listAliases(request -> request.keyId(before)).aliases().isEmpty());
        AliasListEntry moved =
                KMS.listAliases(request -> request.keyId(after)).aliases().get(0);
        assertEquals(old.creationDate(), moved.creationDate());
        assertFalse(moved.lastUpdatedDate().isBefore(old.lastUpdatedDate()));
    }

    @Test
    void updateAlias_keyOfAnotherUsageOrType_isValidationException() {
        String name = SERVICE.createAlias(SERVICE.createKey("RSA_2048", "ENCRYPT_DECRYPT"));
        String otherUsage = signingKey();
        String otherType = SERVICE.createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        assertRefused(
                "ValidationException",
                () -> KMS.updateAlias(request -> request.aliasName(name).targetKeyId(otherUsage)));
        assertRefused(
                "ValidationException",
                () -> KMS.updateAlias(request -> request.aliasName(name).targetKeyId(otherType)));
    }

    @Test
    void updateAlias_unknownName_isNotFoundException() {
        String key = signingKey();
        String name = SERVICE.newAliasName();
        assertRefused(
                "NotFoundException",
                "Alias " + ServiceUnderTest.aliasArn(key, name) + " is not found.",
                () -> KMS.updateAlias(request -> request.aliasName(name).targetKeyId(key)));
    }

    @Test
    void deleteAlias_existing_isGoneAndCanBeCreatedAgain() {
        String key = signingKey();
        String name = SERVICE.createAlias(key);
        KMS.deleteAlias(request -> request.aliasName(name));
        String message = "Alias " + ServiceUnderTest.aliasArn(key, name) + " is not found.";
        assertRefused("NotFoundException", message, () -> KMS.describeKey(request -> request.keyId(name)));
        assertRefused("NotFoundException", message, () -> KMS.deleteAlias(request -> request.aliasName(name)));
        KMS.createAlias(request -> request.aliasName(name).targetKeyId(key));
        assertEquals(
                key,
                KMS.describeKey(request -> request.keyId(name)).keyMetadata().arn());
    }

    @Test
    void listAliases_moreThanTwoPages_haveEachAliasOnceSortedByName() {
        // a page has 50 aliases, and a key can have only 50, so several keys are necessary
        Set<String> created = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            String key = signingKey();
            for (int j = 0; j < 40; j++) {
                created.add(SERVICE.createAlias(key));
            }
        }
        List<String> listed = KMS.listAliasesPaginator().aliases().stream()
                .map(AliasListEntry::aliasName)
                .toList();
        assertEquals(listed.size(), new HashSet<>(listed).size());
        assertTrue(listed.containsAll(created));
        assertEquals(listed.stream().sorted(Comparator.naturalOrder()).toList(), listed);
    }

    @Test
    void listAliases_withoutLimit_hasPagesOf50() {
        for (int i = 0; i < 2; i++) {
            String key = signingKey();
            for (int j = 0; j < 30; j++) {
                SERVICE.createAlias(key);
            }
        }
        ListAliasesResponse page = KMS.listAliases();
        assertEquals(50, page.aliases().size());
        assertTrue(page.truncated());
    }

    @Test
    void listAliases_aliasDeletedBetweenPages_returnsAllOthers() {
        String key = signingKey();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            names.add(SERVICE.createAlias(key));
        }
        names.sort(Comparator.naturalOrder());
        ListAliasesResponse first =
                KMS.listAliases(request -> request.keyId(key).limit(1));
        KMS.deleteAlias(request -> request.aliasName(names.get(0)));
        ListAliasesResponse rest =
                KMS.listAliases(request -> request.keyId(key).limit(2).marker(first.nextMarker()));
        assertEquals(
                names.subList(1, 3),
                rest.aliases().stream().map(AliasListEntry::aliasName).toList());
    }

    @Test
    void listAliases_limitOver100_isValidationException() {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 100",
                () -> KMS.listAliases(request -> request.limit(101)));
    }

    @Test
    void listAliases_markerOfListKeys_isInvalidMarkerException() {
        signingKey();
        signingKey();
        String marker = KMS.listKeys(request -> request.limit(1)).nextMarker();
        assertRefused("InvalidMarkerException", () -> KMS.listAliases(request -> request.marker(marker)));
    }

    private static String signingKey() {
        return SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
    }
}
