package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force for a KeyStore or an engine, complete and checked.
 *
 * <p>Immutable, and equal if every setting is equal, so it can be the key of a cache.
 */
public final class KmsSettings {
    private final Map<Setting, Object> values;
    private final Map<String, KeyId> names;

    private KmsSettings(Map<Setting, Object> values, Map<String, KeyId> names) {
        this.values = values;
        this.names = Collections.unmodifiableMap(names);
    }

    /**
     * Combines sources. The value of a setting comes from the first of the operator's sources that contains the
     * setting, or else from the keystore file, or else from the default. For a setting that a keystore file may make
     * stricter, the value in the file replaces the operator's value.
     *
     * @throws SettingsException if the settings contradict each other, or the keystore file contains a setting or value
     *     that it may not contain
     */
    public static KmsSettings from(List<SettingSource> sources) {
        return from(sources, true);
    }

    /**
     * Combines some of the sources, like {@link #from}. If these sources do not set the call timeout, they may set an
     * attempt timeout that is longer than the default call timeout, because another source may set a longer call
     * timeout.
     */
    static KmsSettings fromSome(List<SettingSource> sources) {
        return from(sources, sources.stream().anyMatch(source -> source.has(Setting.CALL_TIMEOUT)));
    }

    /**
     * Checks settings that an operator has written in another place, for example in a file of a framework, together
     * with the current settings of the system properties and of the environment.
     *
     * @throws SettingsException if a setting is unknown or wrong, or if the settings contradict each other; the message
     *     begins with the place of the line
     */
    public static void requireValid(Collection<SettingLine> lines) {
        List<SettingSource> sources = new ArrayList<>();
        sources.add(SettingSource.of(lines, SettingScope.PROVIDER));
        sources.addAll(SettingSource.ofProcess());
        from(sources);
    }

    /**
     * Returns whether a provider without argument finds a setting, with the same value, in the system properties or in
     * the environment.
     *
     * @throws SettingsException if a system property or a variable is unknown or wrong
     */
    public static boolean isFoundWithoutArgument(SettingLine line) {
        SettingValue found =
                firstOfEach(SettingSource.ofProcess(), SettingSource::isTrusted).get(line.name());
        return found != null && found.line().value().equals(line.value());
    }

    private static KmsSettings from(List<SettingSource> sources, boolean isCallTimeoutKnown) {
        Map<String, SettingValue> operator = firstOfEach(sources, SettingSource::isTrusted);
        Map<Setting, Object> values = bySetting(operator.values());
        addDefaults(values);
        if (isCallTimeoutKnown) {
            limitAttemptTimeout(values, operator.get(Setting.ATTEMPT_TIMEOUT.settingName()));
        }
        Map<String, SettingValue> file = firstOfEach(sources, source -> !source.isTrusted());
        new FileSettings(file.values()).addTo(values, operator.keySet());
        limitAttemptTimeout(values, file.get(Setting.ATTEMPT_TIMEOUT.settingName()));
        Map<String, KeyId> names = new LinkedHashMap<>();
        operator.forEach((name, value) -> {
            if (value.value() instanceof KeyId key && value.setting() == Setting.KEY) {
                names.put(name.substring(Setting.KEY_PREFIX.length()), key);
            }
        });
        return new KmsSettings(values, names);
    }

    /** Returns the first value of each setting, by name, in those sources that fulfill a condition. */
    private static Map<String, SettingValue> firstOfEach(
            List<SettingSource> sources, Predicate<SettingSource> condition) {
        Map<String, SettingValue> first = new LinkedHashMap<>();
        sources.stream()
                .filter(condition)
                .flatMap(source -> source.values().stream())
                .forEach(value -> first.putIfAbsent(value.line().name(), value));
        return first;
    }

    /** Returns the values by setting, without {@link Setting#KEY}, which can have several values. */
    private static Map<Setting, Object> bySetting(Collection<SettingValue> values) {
        Map<Setting, Object> bySetting = new EnumMap<>(Setting.class);
        values.stream()
                .filter(value -> value.setting() != Setting.KEY)
                .forEach(value -> bySetting.put(value.setting(), value.value()));
        return bySetting;
    }

    private static void addDefaults(Map<Setting, Object> values) {
        for (Setting setting : Setting.values()) {
            if (!setting.defaultText().isEmpty()) {
                setting.type().parse(setting.defaultText()).ifPresent(value -> values.putIfAbsent(setting, value));
            }
        }
    }

    /**
     * If the attempt timeout is longer than the call timeout, lowers it to the call timeout. But if the attempt timeout
     * comes from the sources that were added last, throws an exception instead, because a value that is too long from
     * the beginning is a mistake.
     *
     * @param addedLast the setting {@code attempt-timeout} from the sources that were added last; null if they do not
     *     set it
     * @throws SettingsException if {@code addedLast} is not null, and the attempt timeout is longer than the call
     *     timeout
     */
    private static void limitAttemptTimeout(Map<Setting, Object> values, @Nullable SettingValue addedLast) {
        Duration call = get(values, Setting.CALL_TIMEOUT, Duration.class);
        Duration attempt = get(values, Setting.ATTEMPT_TIMEOUT, Duration.class);
        if (attempt.compareTo(call) <= 0) {
            return;
        }
        if (addedLast != null) {
            throw new SettingsException(addedLast.line().place() + ": attempt-timeout="
                    + addedLast.line().value() + " is longer than call-timeout (" + SettingType.describe(call)
                    + "); increase call-timeout or decrease attempt-timeout");
        }
        values.put(Setting.ATTEMPT_TIMEOUT, call);
    }

    /**
     * Checks that a key in a keystore file is in an account and a Region that the operator allows. Only ARNs contain
     * them, so key ids and alias names pass.
     *
     * @param place where the key is, such as {@code release.awskms, line 3}; the error text starts with it
     * @throws SettingsException if the account or the Region is not allowed
     */
    public void requireAllowed(String place, KeyId key) {
        new FileLimits(list(Setting.ACCOUNTS), list(Setting.ALLOWED_REGIONS)).requireAllowed(place, key);
    }

    /** Returns the Region of calls that name the key without an ARN, or no key; empty if the SDK determines it. */
    public Optional<String> region() {
        return find(Setting.REGION, String.class);
    }

    /** Returns the profile of the AWS configuration files; empty if the SDK determines it. */
    public Optional<String> profile() {
        return find(Setting.PROFILE, String.class);
    }

    /** Returns the URL of KMS; empty if the SDK determines it. */
    public Optional<URI> endpoint() {
        return find(Setting.ENDPOINT, URI.class);
    }

    /** Returns the setting {@code keys}: key ids, ARNs and alias names, possibly with {@code *}; empty if not set. */
    public List<String> keys() {
        return list(Setting.KEYS);
    }

    /** Returns the keys of the settings {@code key.<alias>}, by alias, in the order of the settings. */
    public Map<String, KeyId> names() {
        return names;
    }

    /** Returns the file or folder with certificates for keys that have none in a keystore file. */
    public Optional<CertificatePath> certificates() {
        return find(Setting.CERTIFICATES, CertificatePath.class);
    }

    /** Returns how certificates in the tags of a key are used. */
    public CertificateTagMode certificateTags() {
        return get(Setting.CERTIFICATE_TAGS, CertificateTagMode.class);
    }

    /** Returns where signatures are verified. */
    public VerifyMode verify() {
        return get(Setting.VERIFY, VerifyMode.class);
    }

    /** Returns where public keys encrypt and encapsulate. */
    public EncryptMode encrypt() {
        return get(Setting.ENCRYPT, EncryptMode.class);
    }

    /** Returns what a Sign request sends. */
    public MessageMode message() {
        return get(Setting.MESSAGE, MessageMode.class);
    }

    /** Returns which digests an ECDSA key signs. */
    public EcdsaMode ecdsa() {
        return get(Setting.ECDSA, EcdsaMode.class);
    }

    /** Returns which signatures are checked before they are returned. */
    public VerifyAfterSign verifyAfterSign() {
        return get(Setting.VERIFY_AFTER_SIGN, VerifyAfterSign.class);
    }

    /** Returns the Regions to use for multi-Region keys, in order of preference; empty for the Region of each key. */
    public List<String> regions() {
        return list(Setting.REGIONS);
    }

    /** Returns the time limit of one operation with all its attempts. */
    public Duration callTimeout() {
        return get(Setting.CALL_TIMEOUT, Duration.class);
    }

    /** Returns the time limit of one attempt, never longer than {@link #callTimeout}. */
    public Duration attemptTimeout() {
        return get(Setting.ATTEMPT_TIMEOUT, Duration.class);
    }

    /** Returns the maximum number of attempts of one operation, including the first. */
    public int attempts() {
        return get(Setting.ATTEMPTS, Integer.class);
    }

    /** Returns whether requests for multi-Region keys are shared among {@link #regions}. */
    public boolean spread() {
        return get(Setting.SPREAD, Boolean.class);
    }

    /** Returns the maximum number of connections to each Region. */
    public int maxConnections() {
        return get(Setting.MAX_CONNECTIONS, Integer.class);
    }

    /** Returns the existing key that a KeyPairGenerator returns instead of creating one. */
    public Optional<KeyId> adopt() {
        return find(Setting.ADOPT, KeyId.class);
    }

    /** Returns whether key generators may create KMS keys for programs that pass no {@code KmsKeyGenParameterSpec}. */
    public boolean mayCreate() {
        return get(Setting.CREATE, Boolean.class);
    }

    /** Returns which services the provider offers. */
    public Services services() {
        return get(Setting.SERVICES, Services.class);
    }

    /** Returns the grant tokens, which are sent with every operation that accepts them. */
    public List<String> grantTokens() {
        return find(Setting.GRANT_TOKENS, SettingType.GrantTokens.class)
                .map(SettingType.GrantTokens::texts)
                .orElse(List.of());
    }

    private List<String> list(Setting setting) {
        return find(setting, SettingType.Items.class)
                .map(SettingType.Items::texts)
                .orElse(List.of());
    }

    private <T> T get(Setting setting, Class<T> type) {
        return get(values, setting, type);
    }

    /** Returns the value of a setting that has a default. */
    private static <T> T get(Map<Setting, Object> values, Setting setting, Class<T> type) {
        return type.cast(Objects.requireNonNull(values.get(setting), setting.settingName()));
    }

    private <T> Optional<T> find(Setting setting, Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(setting)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KmsSettings that && values.equals(that.values) && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + names.hashCode();
    }

    /** Returns the names and values of all settings, but only the number of grant tokens. */
    @Override
    public String toString() {
        Stream<String> single =
                values.entrySet().stream().map(entry -> entry.getKey().settingName() + "=" + entry.getValue());
        Stream<String> named =
                names.entrySet().stream().map(entry -> Setting.KEY_PREFIX + entry.getKey() + "=" + entry.getValue());
        return Stream.concat(single, named).collect(Collectors.joining("; ", "KmsSettings[", "]"));
    }
}
