package io.github.kmsjca.internal.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTagsTest {
    private static final Party CA = Party.ec("ca");
    private static final Party LEAF = Party.ec("leaf");
    private static final X509Certificate CA_CERTIFICATE = TestCertificates.issue(CA, CA);
    private static final X509Certificate LEAF_CERTIFICATE = TestCertificates.issue(LEAF, CA);
    private static final List<X509Certificate> CHAIN = List.of(LEAF_CERTIFICATE, CA_CERTIFICATE);
    private static final String WRONG_CHECKSUM =
            "the tags kms-jca:cert/* do not match the checksum in kms-jca:cert/0; write the certificates to the tags"
                    + " again";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 20})
    void read_tagsOfChain_returnsTheChain(int length) throws Exception {
        List<X509Certificate> chain = Stream.generate(() -> TestCertificates.issue(LEAF, CA))
                .limit(length)
                .toList();
        Map<String, String> tags = CertificateTags.of(chain);
        assertEquals(chain, CertificateTags.read(tags, "key"));
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            assertTrue(tag.getKey().matches("kms-jca:cert/[0-9]{1,2}"), tag.getKey());
            assertTrue(tag.getValue().matches("[A-Za-z0-9+/=.]{1,256}"), tag.getValue());
        }
    }

    /** Some locales format numbers with other digits, which must not appear in the tags. */
    @Test
    void of_underLocaleWithArabicDigits_returnsTheSameTags() throws Exception {
        Map<String, String> tags = CertificateTags.of(CHAIN);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertEquals(tags, CertificateTags.of(CHAIN));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void of_noCertificates_returnsNoTags() throws Exception {
        assertEquals(Map.of(), CertificateTags.of(List.of()));
    }

    @Test
    void read_onlyOtherTags_returnsNoCertificates() throws Exception {
        assertEquals(List.of(), CertificateTags.read(Map.of("owner", "team a"), "key"));
    }

    @Test
    void read_leftoverPiecesAndOtherTags_areIgnored() throws Exception {
        Map<String, String> tags = new HashMap<>(CertificateTags.of(CHAIN));
        int pieces = tags.size();
        tags.put("kms-jca:cert/" + pieces, "leftover");
        tags.put("kms-jca:cert/49", "leftover");
        tags.put("owner", "team a");
        assertEquals(CHAIN, CertificateTags.read(tags, "key"));
    }

    @Test
    void names_amongOtherTags_returnsOnlyCertificateTags() {
        assertEquals(
                Set.of("kms-jca:cert/0", "kms-jca:cert/x"),
                CertificateTags.names(Map.of("kms-jca:cert/0", "", "kms-jca:cert/x", "", "kms-jca:other", "")));
    }

    @Test
    void read_missingPiece_errorNamesTheTag() throws Exception {
        Map<String, String> tags = new LinkedHashMap<>(CertificateTags.of(CHAIN));
        tags.remove("kms-jca:cert/1");
        assertRefused(
                "tag kms-jca:cert/1 with a part of the certificates is missing; write the certificates to the tags"
                        + " again",
                tags);
    }

    @Test
    void read_piecesOfTwoWrites_failsTheChecksum() throws Exception {
        Map<String, String> tags = new LinkedHashMap<>(CertificateTags.of(CHAIN));
        tags.putAll(CertificateTags.of(List.of(CA_CERTIFICATE, LEAF_CERTIFICATE)));
        tags.put("kms-jca:cert/1", String.valueOf(CertificateTags.of(CHAIN).get("kms-jca:cert/1")));
        assertRefused(WRONG_CHECKSUM, tags);
    }

    @Test
    void read_malformedFirstPiece_errorSaysWhatIsWrong() {
        assertRefused(
                "tag kms-jca:cert/0 has a format that this version of kms-jca does not know; use a newer version, or"
                        + " write the certificates to the tags again",
                Map.of("kms-jca:cert/0", "2.01.x"));
        assertRefused(
                "the tags kms-jca:cert/* are not Base64; write the certificates to the tags again",
                Map.of("kms-jca:cert/0", "1.01.0123456789abcdef.-"));
        assertRefused(WRONG_CHECKSUM, Map.of("kms-jca:cert/0", "1.01.0123456789abcdef."));
    }

    @Test
    void read_tooManyCertificatesOrBytes_errorNamesTheLimit() throws Exception {
        assertRefused(
                "the tags kms-jca:cert/* contain more than 20 certificates; write only the chain of the key",
                CertificateTags.of(Collections.nCopies(21, LEAF_CERTIFICATE)));
        int moreThanOneMebibyte = (1 << 20) / LEAF_CERTIFICATE.getEncoded().length + 1;
        assertRefused(
                "the tags kms-jca:cert/* contain more than 1 MiB of certificates; write only the chain of the key",
                CertificateTags.of(Collections.nCopies(moreThanOneMebibyte, LEAF_CERTIFICATE)));
    }

    @Test
    void requireFreeTags_withOtherTags_countsAllTags() throws Exception {
        Map<String, String> tags = CertificateTags.of(CHAIN);
        CertificateTags.requireFreeTags("key", tags, 50 - tags.size());
        assertEquals(
                "key: the certificates need " + tags.size() + " tags, but KMS allows 50 tags for each key, and this key"
                        + " has " + (51 - tags.size())
                        + " others; leave out the root certificate, or keep the certificates in a keystore file",
                assertThrows(IOException.class, () -> CertificateTags.requireFreeTags("key", tags, 51 - tags.size()))
                        .getMessage());
    }

    private static void assertRefused(String text, Map<String, String> tags) {
        assertEquals(
                "key: " + text,
                assertThrows(FileFormatException.class, () -> CertificateTags.read(tags, "key"))
                        .getMessage());
    }
}
