package io.github.kmsjca.internal.config;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.text.ForeignText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A KMS key identifier: a key id, a key ARN, an alias name or an alias ARN.
 *
 * <p>The text is checked, but never changed, so that requests can contain exactly the text that was given. Immutable.
 */
public final class KeyId {
    /** The prefix of every alias name. */
    public static final String ALIAS_PREFIX = "alias/";

    private final String text;
    private final boolean alias;
    private final boolean multiRegion;
    private final @Nullable String region;
    private final @Nullable String account;

    private KeyId(String text, Form form, Matcher match) {
        this.text = text;
        this.alias = form.alias;
        this.multiRegion = !form.alias && match.group("multi") != null;
        this.region = form.arn ? match.group("region") : null;
        this.account = form.arn ? match.group("account") : null;
    }

    /**
     * Returns the key identifier with the given text.
     *
     * @throws IllegalArgumentException if the text is not in one of the four forms
     */
    public static KeyId parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + ForeignText.of(text) + "' is not a key identifier; write a key id"
                                + " (lower-case UUID or mrk- and 32 hex digits), a key ARN, an alias name (alias/NAME)"
                                + " or an alias ARN"));
    }

    /** Returns whether {@link #parse} accepts the text. */
    public static boolean isIdentifier(String text) {
        return find(text).isPresent();
    }

    /** Returns the key identifier with the given text; empty if {@link #parse} does not accept it. */
    public static Optional<KeyId> find(String text) {
        for (Form form : Form.values()) {
            Matcher match = form.pattern.matcher(text);
            if (match.matches()) {
                return Optional.of(new KeyId(text, form, match));
            }
        }
        return Optional.empty();
    }

    /** Returns the text as it was given. */
    public String text() {
        return text;
    }

    /** Returns the key id or alias name, without the rest of an ARN. */
    public String name() {
        return alias ? text.substring(text.indexOf(ALIAS_PREFIX)) : text.substring(text.lastIndexOf('/') + 1);
    }

    /** Returns the Region of an ARN; empty for a key id or an alias name. */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** Returns the account id of an ARN; empty for a key id or an alias name. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** Returns whether this is an alias name or an alias ARN. */
    public boolean isAlias() {
        return alias;
    }

    /** Returns whether this is an alias name, without account and Region. */
    public boolean isAliasName() {
        return alias && region == null;
    }

    /** Returns whether this is a key ARN. */
    public boolean isKeyArn() {
        return !alias && region != null;
    }

    /**
     * Returns whether this and another key id or key ARN can name the same key. They must have the same key id, and two
     * ARNs must have the same account and Region. The Regions of a multi-Region key may differ, because its replicas
     * count as the same key.
     */
    public boolean isSameKey(KeyId other) {
        return name().equals(other.name())
                && agree(account, other.account)
                && (multiRegion || agree(region, other.region));
    }

    /**
     * Returns whether KMS may answer a request for this identifier with {@code key}. An alias ARN names a key in its
     * own account and Region, except that a multi-Region key may be in any Region.
     */
    public boolean mayName(KeyId key) {
        return alias ? agree(account, key.account) && (key.multiRegion || agree(region, key.region)) : isSameKey(key);
    }

    /** Returns whether two parts are equal, or one of the identifiers has no such part. */
    private static boolean agree(@Nullable String first, @Nullable String second) {
        return first == null || second == null || first.equals(second);
    }

    /**
     * Returns whether this contains the key id of a multi-Region key. Its replicas have the same key id in other
     * Regions. Always false for an alias, even if it points to such a key.
     */
    public boolean isMultiRegion() {
        return multiRegion;
    }

    /**
     * Returns the identifier of this multi-Region key's replica in another Region. A key id stays the same.
     *
     * @throws ProviderBug if this does not name a multi-Region key
     * @throws IllegalArgumentException if {@code other} cannot be the name of a Region
     */
    public KeyId inRegion(String other) {
        if (!multiRegion) {
            throw new ProviderBug(text + " does not name a multi-Region key, so it has no replicas");
        }
        return region == null ? this : parse(text.replace(":kms:" + region + ":", ":kms:" + other + ":"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** The four forms (KMS Developer Guide, "Key identifiers"; alias names as in the API model of CreateAlias). */
    private enum Form {
        KEY_ARN(true, false, Part.ARN + "key/" + Part.KEY),
        KEY(false, false, Part.KEY),
        ALIAS(false, true, Part.ALIAS),
        ALIAS_ARN(true, true, Part.ARN + Part.ALIAS);

        final boolean arn;
        final boolean alias;
        final Pattern pattern;

        Form(boolean arn, boolean alias, String pattern) {
            this.arn = arn;
            this.alias = alias;
            this.pattern = Pattern.compile(pattern);
        }
    }

    /** The parts of the patterns. */
    private static final class Part {
        static final String ARN = "arn:[a-z0-9-]{1,32}:kms:(?<region>[a-z0-9-]{1,32}):(?<account>[0-9]{12}):";
        static final String KEY =
                "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<multi>mrk-)[0-9a-f]{32})";
        static final String ALIAS = ALIAS_PREFIX + "[a-zA-Z0-9:/_-]{1,250}";

        private Part() {}
    }
}
