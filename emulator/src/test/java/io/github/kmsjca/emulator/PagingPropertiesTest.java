package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;

/** Tests the pages of ListAliases with random names and limits. */
class PagingPropertiesTest {

    @Property(tries = 40)
    void listAliases_anyNamesAndLimit_returnsAllNamesSortedInFullPages(
            @ForAll("names") Set<String> names, @ForAll @IntRange(min = 1, max = 100) int limit) {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            emulator.createAliases(names, emulator.createKey("ECC_NIST_P256"));
            List<String> listed = new ArrayList<>();
            for (ListAliasesResponse page : kms.listAliasesPaginator(request -> request.limit(limit))) {
                page.aliases().stream().map(AliasListEntry::aliasName).forEach(listed::add);
                assertTrue(page.aliases().size() == limit || !page.truncated());
            }
            assertEquals(new ArrayList<>(new TreeSet<>(names)), listed);
            int expectedPages = Math.max(1, (names.size() + limit - 1) / limit);
            assertEquals(expectedPages, emulator.requests().of("ListAliases").size());
        }
    }

    @Provide
    Arbitrary<Set<String>> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("AZ09/_-")
                .ofMinLength(1)
                .ofMaxLength(12)
                // reserved for AWS
                .filter(name -> !name.startsWith("aws/"))
                .map("alias/"::concat)
                .set()
                .ofMaxSize(250);
    }
}
