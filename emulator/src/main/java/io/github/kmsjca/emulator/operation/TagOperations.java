package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.Input;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** KMS API {@code TagResource}, {@code UntagResource} and {@code ListResourceTags}. */
final class TagOperations {
    private static final Paging PAGING = new Paging("Tags", 50, 50);

    private final Account account;
    private final KeyFinder finder;

    TagOperations(Account account, KeyFinder finder) {
        this.account = account;
        this.finder = finder;
    }

    void add(Input input) {
        List<Input> added = input.get(Members.TAGS);
        changeTags(find(input, "TagResource"), tags -> TagRules.merge(tags, added));
    }

    void remove(Input input) {
        List<String> removed = input.get(Members.TAG_KEYS);
        removed.forEach(TagRules::requireNotReserved);
        changeTags(find(input, "UntagResource"), tags -> {
            NavigableMap<String, String> remaining = new TreeMap<>(tags);
            removed.forEach(remaining::remove);
            return remaining;
        });
    }

    Answer list(Input input) {
        NavigableMap<String, Map.Entry<String, String>> tags = new TreeMap<>();
        for (Map.Entry<String, String> tag :
                find(input, "ListResourceTags").details().labels().tags().entrySet()) {
            tags.put(tag.getKey(), tag);
        }
        return PAGING.page(tags, input, TagOperations::view);
    }

    static Answer view(Map.Entry<String, String> tag) {
        return new Answer().text("TagKey", tag.getKey()).text("TagValue", tag.getValue());
    }

    private KmsKey find(Input input, String operation) {
        return finder.findWithoutAlias(input.get(Members.KEY_ID), operation);
    }

    private void changeTags(KmsKey key, UnaryOperator<NavigableMap<String, String>> change) {
        account.updateKey(key.id(), current -> {
            current.requireNotPendingDeletion();
            return current.withTags(change.apply(current.details().labels().tags()));
        });
    }
}
