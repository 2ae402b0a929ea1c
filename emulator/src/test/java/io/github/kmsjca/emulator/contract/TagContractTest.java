package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/** KMS API {@code TagResource}, {@code UntagResource}, {@code ListResourceTags}, and the tags of {@code CreateKey}. */
class TagContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();

    @Test
    void tagResource_oldAndNewTagKeys_replacesAndAdds() {
        String key = createKey();
        addTags(key, tag("a", "1"), tag("b", "2"));
        addTags(key, tag("b", "3"), tag("B", ""));
        assertEquals(Map.of("a", "1", "b", "3", "B", ""), tags(key));
    }

    @Test
    void createKey_tags_areListed() {
        KeyMetadata key = KMS.createKey(request -> request.tags(tag("a", "1"))).keyMetadata();
        SERVICE.removeAtEnd(key);
        assertEquals(Map.of("a", "1"), tags(key.arn()));
    }

    @Test
    void untagResource_unknownTagKey_isIgnored() {
        String key = createKey();
        addTags(key, tag("a", "1"), tag("b", "2"));
        KMS.untagResource(request -> request.keyId(key).tagKeys("a", "never"));
        assertEquals(Map.of("b", "2"), tags(key));
    }

    @Test
    void listResourceTags_severalPages_haveEachTagOnce() {
        String key = createKey();
        addTags(key, IntStream.range(0, 7).mapToObj(i -> tag("k" + i, "v" + i)).toArray(Tag[]::new));
        ListResourceTagsResponse first =
                KMS.listResourceTags(request -> request.keyId(key).limit(5));
        assertEquals(5, first.tags().size());
        assertTrue(first.truncated());
        ListResourceTagsResponse second =
                KMS.listResourceTags(request -> request.keyId(key).limit(5).marker(first.nextMarker()));
        assertEquals(2, second.tags().size());
        Set<Tag> listed = new HashSet<>(first.tags());
        listed.addAll(second.tags());
        assertEquals(7, listed.size());
    }

    @Test
    void listResourceTags_limitOver50_isValidationException() {
        String key = createKey();
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 50",
                () -> KMS.listResourceTags(request -> request.keyId(key).limit(51)));
    }

    @Test
    void tagResource_51stTag_isTagException() {
        String key = createKey();
        addTags(key, IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new));
        assertRefused("TagException", "Too many tags", () -> addTags(key, tag("one more", "v")));
        assertEquals(50, tags(key).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:a", "AWS:a", "Aws:"})
    void tagResource_reservedTagKey_isTagException(String name) {
        String key = createKey();
        assertRefused("TagException", "Tags beginning with aws: are reserved", () -> addTags(key, tag(name, "v")));
    }

    @Test
    void tagResource_sameTagKeyTwice_isTagException() {
        String key = createKey();
        assertRefused("TagException", "Duplicate tag keys", () -> addTags(key, tag("a", "1"), tag("a", "2")));
    }

    @Test
    void createKey_sameTagKeyTwice_isTagException() {
        assertRefused(
                "TagException",
                "Duplicate tag keys",
                () -> KMS.createKey(request -> request.tags(tag("a", "1"), tag("a", "2"))));
    }

    @Test
    void tagResource_tagKeyOf129Characters_isValidationExceptionThatNamesThePlace() {
        String key = createKey();
        String name = "k".repeat(129);
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + name + "' at 'tags.2.member.tagKey' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 128",
                () -> addTags(key, tag("a", "1"), tag(name, "2")));
    }

    @Test
    void tagResource_tagValueOf257Characters_isValidationExceptionThatNamesThePlace() {
        String key = createKey();
        String value = "v".repeat(257);
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + value + "' at 'tags.1.member.tagValue' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 256",
                () -> addTags(key, tag("a", value)));
    }

    @Test
    void tagResource_longestTagKeyAndValue_areKept() {
        String key = createKey();
        addTags(key, tag("k".repeat(128), "v".repeat(256)));
        assertEquals(Map.of("k".repeat(128), "v".repeat(256)), tags(key));
    }

    private static String createKey() {
        return SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().tagKey(key).tagValue(value).build();
    }

    private static void addTags(String keyId, Tag... tags) {
        KMS.tagResource(request -> request.keyId(keyId).tags(tags));
    }

    private static Map<String, String> tags(String keyId) {
        List<Tag> tags = KMS.listResourceTagsPaginator(request -> request.keyId(keyId)).tags().stream()
                .toList();
        return tags.stream().collect(Collectors.toMap(Tag::tagKey, Tag::tagValue));
    }
}
