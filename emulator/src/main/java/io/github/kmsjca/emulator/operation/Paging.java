package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How an operation returns a list in pages.
 *
 * <p>A marker names the last entry of the previous page, so that paging stays correct when entries are added or
 * removed between pages.
 *
 * @param member the member of the answer that contains the list
 * @param defaultSize the number of entries in a page if the request has no {@code Limit}
 * @param maxSize the greatest {@code Limit} that the operation accepts
 */
record Paging(String member, int defaultSize, int maxSize) {
    private static final String MARKER_PREFIX = "kms-emulator:";

    /** Returns the page that the request asks for. */
    <V> Answer page(NavigableMap<String, V> all, Input input, Function<V, Answer> view) {
        return page(all, value -> true, input, view);
    }

    /** Returns the page that the request asks for, with only the entries that pass a filter. */
    <V> Answer page(NavigableMap<String, V> all, Predicate<V> filter, Input input, Function<V, Answer> view) {
        int limit = limit(input);
        NavigableMap<String, V> rest = input.find(Members.MARKER)
                .map(marker -> all.tailMap(lastName(marker), false))
                .orElse(all);
        List<Answer> page = new ArrayList<>();
        String lastName = "";
        for (Map.Entry<String, V> entry : rest.entrySet()) {
            if (!filter.test(entry.getValue())) {
                continue;
            }
            if (page.size() == limit) {
                return answer(page, true).text("NextMarker", marker(lastName));
            }
            page.add(view.apply(entry.getValue()));
            lastName = entry.getKey();
        }
        return answer(page, false);
    }

    private Answer answer(List<Answer> page, boolean truncated) {
        return new Answer().structures(member, page).flag("Truncated", truncated);
    }

    /**
     * Returns the page size. Refuses a size above {@code maxSize}: the KMS API model allows 1000 entries for every
     * operation, but the documentation of some operations allows fewer.
     */
    private int limit(Input input) {
        int limit = input.find(Members.LIMIT).orElse(defaultSize);
        if (limit > maxSize) {
            throw ErrorType.VALIDATION.with("1 validation error detected: Value '" + limit
                    + "' at 'limit' failed to satisfy constraint: Member must have value less than or equal to "
                    + maxSize);
        }
        return limit;
    }

    private String marker(String lastName) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((MARKER_PREFIX + member + ":" + lastName).getBytes(StandardCharsets.UTF_8));
    }

    private String lastName(String marker) {
        String prefix = MARKER_PREFIX + member + ":";
        String text = decode(marker);
        if (!text.startsWith(prefix)) {
            throw invalidMarker();
        }
        return text.substring(prefix.length());
    }

    private static String decode(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidMarker();
        }
    }

    private static RuntimeException invalidMarker() {
        return ErrorType.INVALID_MARKER.with("This operation did not return this marker.");
    }
}
