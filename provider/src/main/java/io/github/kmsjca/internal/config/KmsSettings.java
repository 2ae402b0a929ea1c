package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.net.URI;
import java.time.Duration;
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
 * The settings that hold for a key store or an engine, complete and checked.
 *
 * <p>Immutable, and equal where every setting is equal, so it serves as key of a cache.
 */
public final class KmsSettings {
    private final Map<Setting, Object> values;
    private final Map<String, KeyId> names;

    private KmsSettings(Map<Setting, Object> values, Map<String, KeyId> names) {
        this.values = values;
        this.names = Collections.unmodifiableMap(names);
    }

    /**
     * Returns the settings of the sources. For each setting the first of the operator's sources that has it counts,
     * then a keystore file, then the default. What a keystore file may only make stricter it does make stricter.
     *
     * @throws SettingsException if the settings do not fit together, or a keystore file asks for more than it may
     */
    public static KmsSettings from(List<SettingSource> sources) {
        Map<String, SettingValue> operator = first(sources, SettingSource::isTrusted);
        Map<Setting, Object> values = values(operator);
        addDefaults(values);
        fitAttemptTimeout(values, operator.get(Setting.ATTEMPT_TIMEOUT.text()));
        Map<String, SettingValue> file = first(sources, source -> !source.isTrusted());
        new FileSettings(file.values()).addTo(values, operator.keySet());
        fitAttemptTimeout(values, file.get(Setting.ATTEMPT_TIMEOUT.text()));
        Map<String, KeyId> names = new LinkedHashMap<>();
        operator.forEach((name, value) -> {
            if (value.value() instanceof KeyId key && value.setting() == Setting.KEY) {
                names.put(name.substring(Setting.FAMILY.length()), key);
            }
        });
        return new KmsSettings(values, names);
    }

    private static Map<String, SettingValue> first(List<SettingSource> sources, Predicate<SettingSource> wanted) {
        Map<String, SettingValue> first = new LinkedHashMap<>();
        sources.stream()
                .filter(wanted)
                .flatMap(source -> source.values().stream())
                .forEach(value -> first.putIfAbsent(value.line().name(), value));
        return first;
    }

    private static Map<Setting, Object> values(Map<String, SettingValue> first) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        first.values().stream()
                .filter(value -> value.setting() != Setting.KEY)
                .forEach(value -> values.put(value.setting(), value.value()));
        return values;
    }

    private static void addDefaults(Map<Setting, Object> values) {
        for (Setting setting : Setting.values()) {
            if (!setting.defaultText().isEmpty()) {
                setting.type().parse(setting.defaultText()).ifPresent(value -> values.putIfAbsent(setting, value));
            }
        }
    }

    /**
     * Cuts the time of an attempt to that of a shorter call; two settings of one source that contradict are an error.
     *
     * @param given the time of an attempt as the source of the call's time has it; null if it has none
     */
    private static void fitAttemptTimeout(Map<Setting, Object> values, @Nullable SettingValue given) {
        Duration call = get(values, Setting.CALL_TIMEOUT, Duration.class);
        Duration attempt = get(values, Setting.ATTEMPT_TIMEOUT, Duration.class);
        if (attempt.compareTo(call) <= 0) {
            return;
        }
        if (given != null) {
            throw new SettingsException(given.line().place() + ": attempt-timeout="
                    + given.line().text() + " is longer than call-timeout (" + call.toMillis()
                    + "ms); set call-timeout to at least that");
        }
        values.put(Setting.ATTEMPT_TIMEOUT, call);
    }

    /**
     * Checks that a key which a keystore file names is in an account and a Region that the operator allows there.
     *
     * @param place where the file names it, as an error begins
     * @throws SettingsException if it is not
     */
    public void requireAllowed(String place, KeyId key) {
        new FileLimits(list(Setting.ACCOUNTS), list(Setting.ALLOWED_REGIONS)).require(place, key);
    }

    /** Returns the Region of the calls; empty: as the SDK finds it. */
    public Optional<String> region() {
        return find(Setting.REGION, String.class);
    }

    /** Returns the profile of the AWS configuration files; empty: as the SDK finds it. */
    public Optional<String> profile() {
        return find(Setting.PROFILE, String.class);
    }

    /** Returns the URL of the service; empty: as the SDK finds it. */
    public Optional<URI> endpoint() {
        return find(Setting.ENDPOINT, URI.class);
    }

    /** Returns the key ids, ARNs and alias names, some with {@code *}, that discovery offers; empty: all aliases. */
    public List<String> keys() {
        return list(Setting.KEYS);
    }

    /** Returns the user's own names for keys, in the order in which they were given. */
    public Map<String, KeyId> names() {
        return names;
    }

    /** Returns the file or folder with the certificates of keys that have none in a keystore file. */
    public Optional<CertificatePath> certificates() {
        return find(Setting.CERTIFICATES, CertificatePath.class);
    }

    /** Returns what is done with certificates in the tags of a key. */
    public CertificateTagMode certificateTags() {
        return get(Setting.CERTIFICATE_TAGS, CertificateTagMode.class);
    }

    /** Returns how a signature is verified. */
    public VerifyMode verify() {
        return get(Setting.VERIFY, VerifyMode.class);
    }

    /** Returns where public keys encrypt and encapsulate. */
    public EncryptMode encrypt() {
        return get(Setting.ENCRYPT, EncryptMode.class);
    }

    /** Returns what a signature sends. */
    public MessageMode message() {
        return get(Setting.MESSAGE, MessageMode.class);
    }

    /** Returns which digests an ECDSA key takes. */
    public EcdsaMode ecdsa() {
        return get(Setting.ECDSA, EcdsaMode.class);
    }

    /** Returns which signatures are checked before they are returned. */
    public VerifyAfterSign verifyAfterSign() {
        return get(Setting.VERIFY_AFTER_SIGN, VerifyAfterSign.class);
    }

    /** Returns the replica Regions for multi-Region keys, in order of preference. */
    public List<String> regions() {
        return list(Setting.REGIONS);
    }

    /** Returns the limit of one operation with all its attempts. */
    public Duration callTimeout() {
        return get(Setting.CALL_TIMEOUT, Duration.class);
    }

    /** Returns the limit of one attempt, never longer than {@link #callTimeout}. */
    public Duration attemptTimeout() {
        return get(Setting.ATTEMPT_TIMEOUT, Duration.class);
    }

    /** Returns the number of attempts of one operation, the first included. */
    public int attempts() {
        return get(Setting.ATTEMPTS, Integer.class);
    }

    /** Returns the existing key that a KeyPairGenerator hands out instead of creating one. */
    public Optional<KeyId> adopt() {
        return find(Setting.ADOPT, KeyId.class);
    }

    /** Returns whether key generators may create keys in KMS. */
    public boolean create() {
        return get(Setting.CREATE, Boolean.class);
    }

    /** Returns which services the provider offers. */
    public Services services() {
        return get(Setting.SERVICES, Services.class);
    }

    /** Returns the grant tokens to send with every call that takes them. */
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
        return type.cast(Objects.requireNonNull(values.get(setting), setting.text()));
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

    /** Returns name and value of all settings except the grant tokens, of which it tells only how many there are. */
    @Override
    public String toString() {
        Stream<String> single =
                values.entrySet().stream().map(value -> value.getKey().text() + "=" + value.getValue());
        Stream<String> named =
                names.entrySet().stream().map(name -> Setting.FAMILY + name.getKey() + "=" + name.getValue());
        return Stream.concat(single, named).collect(Collectors.joining("; ", "KmsSettings[", "]"));
    }
}
