package io.github.kmsjca.key;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What key is made in KMS, for {@code KeyPairGenerator.initialize} and {@code KeyGenerator.init}. Given this, a
 * generator makes the key whatever the setting {@code create} says. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html">KMS API CreateKey</a>
 */
public final class KmsKeyGenParameterSpec implements AlgorithmParameterSpec {
    private static final int SHORTEST_WINDOW = 7;
    private static final int LONGEST_WINDOW = 30;

    private final String keySpec;
    private final Details details;

    private KmsKeyGenParameterSpec(String keySpec, Details details) {
        this.keySpec = keySpec;
        this.details = details;
    }

    /** What need not be said. */
    private static final class Details {
        private Optional<String> keyUsage = Optional.empty();
        private Optional<String> alias = Optional.empty();
        private Optional<String> description = Optional.empty();
        private Optional<String> policy = Optional.empty();
        private Map<String, String> tags = Map.of();
        private boolean multiRegion;
        private OptionalInt deletionWindow = OptionalInt.empty();

        Details copy() {
            Details copy = new Details();
            copy.keyUsage = keyUsage;
            copy.alias = alias;
            copy.description = description;
            copy.policy = policy;
            copy.tags = tags;
            copy.multiRegion = multiRegion;
            copy.deletionWindow = deletionWindow;
            return copy;
        }
    }

    /**
     * Returns parameters that say only what the key is made of.
     *
     * @param keySpec as KMS spells it, such as {@code ECC_NIST_P256}
     */
    public static KmsKeyGenParameterSpec of(String keySpec) {
        return new KmsKeyGenParameterSpec(keySpec, new Details());
    }

    private KmsKeyGenParameterSpec with(Consumer<Details> change) {
        Details changed = details.copy();
        change.accept(changed);
        return new KmsKeyGenParameterSpec(keySpec, changed);
    }

    /** Returns these parameters with a key usage as KMS spells it; without one, keys that can sign are for that. */
    public KmsKeyGenParameterSpec withUsage(String keyUsage) {
        return with(changed -> changed.keyUsage = Optional.of(keyUsage));
    }

    /** Returns these parameters with an alias for the key, such as {@code alias/release}; the generator checks it. */
    public KmsKeyGenParameterSpec withAlias(String alias) {
        return with(changed -> changed.alias = Optional.of(alias));
    }

    /** Returns these parameters with a description, which CloudTrail shows to whoever reads it. */
    public KmsKeyGenParameterSpec withDescription(String description) {
        return with(changed -> changed.description = Optional.of(description));
    }

    /** Returns these parameters with a key policy in JSON; without one, the IAM policies of the account decide. */
    public KmsKeyGenParameterSpec withPolicy(String policy) {
        return with(changed -> changed.policy = Optional.of(policy));
    }

    /** Returns these parameters with one more tag, which whoever reads CloudTrail sees. */
    public KmsKeyGenParameterSpec withTag(String name, String value) {
        Map<String, String> tags = new LinkedHashMap<>(details.tags);
        tags.put(name, value);
        return with(changed -> changed.tags = Collections.unmodifiableMap(tags));
    }

    /** Returns these parameters for a multi-Region primary key. */
    public KmsKeyGenParameterSpec withMultiRegion() {
        return with(changed -> changed.multiRegion = true);
    }

    /**
     * Returns these parameters with what is done about a key that has been made when the rest fails, such as its alias:
     * its deletion after so many days. Without this the key stays, and the exception names it.
     *
     * @throws IllegalArgumentException if it is not 7 to 30 days
     */
    public KmsKeyGenParameterSpec withDeletionWindow(int days) {
        if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
            throw new IllegalArgumentException(
                    "KMS deletes keys after " + SHORTEST_WINDOW + " to " + LONGEST_WINDOW + " days, not after " + days);
        }
        return with(changed -> changed.deletionWindow = OptionalInt.of(days));
    }

    /** Returns the key spec as KMS spells it. */
    public String keySpec() {
        return keySpec;
    }

    /** Returns the key usage as KMS spells it, empty for what such keys are usually for. */
    public Optional<String> keyUsage() {
        return details.keyUsage;
    }

    /** Returns the name of the alias. */
    public Optional<String> alias() {
        return details.alias;
    }

    /** Returns the description. */
    public Optional<String> description() {
        return details.description;
    }

    /** Returns the key policy. */
    public Optional<String> policy() {
        return details.policy;
    }

    /** Returns the tags. */
    public Map<String, String> tags() {
        return details.tags;
    }

    /** Returns whether a multi-Region primary key is made. */
    public boolean isMultiRegion() {
        return details.multiRegion;
    }

    /** Returns after how many days a key is deleted if the rest fails. */
    public OptionalInt deletionWindow() {
        return details.deletionWindow;
    }

    /** Returns key spec and alias. */
    @Override
    public String toString() {
        return "KMS key of spec " + keySpec
                + details.alias.map(alias -> " with " + alias).orElse("");
    }
}
