package io.github.kmsjca.key;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes the KMS key that a generator creates. Pass these parameters to {@code KeyPairGenerator.initialize} or
 * {@code KeyGenerator.init}. The generator then creates the key even if the setting {@code create} is false.
 *
 * <pre>{@code
 * KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "AWSKMS");
 * generator.initialize(KmsKeyGenParameterSpec.of("ECC_NIST_P256").withAlias("alias/release"));
 * KeyPair pair = generator.generateKeyPair();
 * }</pre>
 *
 * <p>The generator checks key spec, usage and alias, and throws {@code InvalidAlgorithmParameterException} if one is
 * wrong. Immutable and thread-safe.
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

    /** The optional parameters. */
    private static final class Details {
        private @Nullable String keyUsage;
        private @Nullable String alias;
        private @Nullable String description;
        private @Nullable String policy;
        private Map<String, String> tags = Map.of();
        private boolean multiRegion;
        private @Nullable Integer deletionWindow;

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
     * Returns parameters with the given key spec and nothing else.
     *
     * @param keySpec the key spec as KMS spells it, such as {@code ECC_NIST_P256}
     * @return the parameters
     */
    public static KmsKeyGenParameterSpec of(String keySpec) {
        return new KmsKeyGenParameterSpec(keySpec, new Details());
    }

    private KmsKeyGenParameterSpec with(Consumer<Details> change) {
        Details changed = details.copy();
        change.accept(changed);
        return new KmsKeyGenParameterSpec(keySpec, changed);
    }

    /**
     * Returns a copy of these parameters with the given key usage. Without a usage, the generator chooses
     * {@code SIGN_VERIFY} if the key spec allows it, and otherwise the only usage that the key spec allows.
     *
     * @param keyUsage the key usage as KMS spells it, such as {@code KEY_AGREEMENT}
     * @return the new parameters
     */
    public KmsKeyGenParameterSpec withUsage(String keyUsage) {
        return with(changed -> changed.keyUsage = Objects.requireNonNull(keyUsage));
    }

    /**
     * Returns a copy of these parameters with the given alias for the key.
     *
     * @param alias the name of the alias, such as {@code alias/release}
     * @return the new parameters
     */
    public KmsKeyGenParameterSpec withAlias(String alias) {
        return with(changed -> changed.alias = Objects.requireNonNull(alias));
    }

    /**
     * Returns a copy of these parameters with the given description. Everyone who can read CloudTrail sees the
     * description.
     *
     * @param description the description
     * @return the new parameters
     */
    public KmsKeyGenParameterSpec withDescription(String description) {
        return with(changed -> changed.description = Objects.requireNonNull(description));
    }

    /**
     * Returns a copy of these parameters with the given key policy. Without a policy, KMS sets the default key policy,
     * with which the IAM policies of the account control access to the key.
     *
     * @param policy the key policy in JSON
     * @return the new parameters
     */
    public KmsKeyGenParameterSpec withPolicy(String policy) {
        return with(changed -> changed.policy = Objects.requireNonNull(policy));
    }

    /**
     * Returns a copy of these parameters with one more tag. Everyone who can read CloudTrail sees the tag.
     *
     * @param name the name of the tag; a second value for the same name replaces the first
     * @param value the value of the tag
     * @return the new parameters
     */
    public KmsKeyGenParameterSpec withTag(String name, String value) {
        Map<String, String> tags = new LinkedHashMap<>(details.tags);
        tags.put(name, value);
        return with(changed -> changed.tags = Collections.unmodifiableMap(tags));
    }

    /**
     * Returns a copy of these parameters for a multi-Region primary key.
     *
     * @return the new parameters
     */
    public KmsKeyGenParameterSpec withMultiRegion() {
        return with(changed -> changed.multiRegion = true);
    }

    /**
     * Returns a copy of these parameters with the given deletion window. The window applies if KMS creates the key but
     * a later step fails, such as creating the alias. KMS then deletes the key after this time. Without a window, the
     * key stays. With and without a window, the exception names the key.
     *
     * @param days the number of days, from 7 to 30
     * @return the new parameters
     * @throws IllegalArgumentException if {@code days} is not from 7 to 30
     */
    public KmsKeyGenParameterSpec withDeletionWindow(int days) {
        if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
            throw new IllegalArgumentException(
                    "KMS deletes keys after " + SHORTEST_WINDOW + " to " + LONGEST_WINDOW + " days, not after " + days);
        }
        return with(changed -> changed.deletionWindow = days);
    }

    /**
     * Returns the key spec.
     *
     * @return the key spec as KMS spells it
     */
    public String keySpec() {
        return keySpec;
    }

    /**
     * Returns the key usage.
     *
     * @return the key usage as KMS spells it; empty for the default, see {@link #withUsage}
     */
    public Optional<String> keyUsage() {
        return Optional.ofNullable(details.keyUsage);
    }

    /**
     * Returns the alias.
     *
     * @return the name of the alias; empty if there is none
     */
    public Optional<String> alias() {
        return Optional.ofNullable(details.alias);
    }

    /**
     * Returns the description.
     *
     * @return the description; empty if there is none
     */
    public Optional<String> description() {
        return Optional.ofNullable(details.description);
    }

    /**
     * Returns the key policy.
     *
     * @return the key policy in JSON; empty for the default key policy
     */
    public Optional<String> policy() {
        return Optional.ofNullable(details.policy);
    }

    /**
     * Returns the tags.
     *
     * @return the values by name, unmodifiable
     */
    public Map<String, String> tags() {
        return details.tags;
    }

    /**
     * Returns whether the generator creates a multi-Region primary key.
     *
     * @return true for a multi-Region key
     */
    public boolean isMultiRegion() {
        return details.multiRegion;
    }

    /**
     * Returns the deletion window, see {@link #withDeletionWindow}.
     *
     * @return the number of days; empty if the provider never schedules the deletion of the key
     */
    public OptionalInt deletionWindow() {
        return details.deletionWindow == null ? OptionalInt.empty() : OptionalInt.of(details.deletionWindow);
    }

    /**
     * Returns the key spec and the alias as text.
     *
     * @return a text for logs
     */
    @Override
    public String toString() {
        return "KMS key of spec " + keySpec + (details.alias == null ? "" : " with " + details.alias);
    }
}
