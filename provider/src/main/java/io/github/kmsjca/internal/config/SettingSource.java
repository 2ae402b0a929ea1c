package io.github.kmsjca.internal.config;

import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.NearestName;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings from one source, each checked by itself.
 *
 * <p>{@link KmsSettings#from} combines sources, and checks whether settings contradict each other. Immutable.
 */
public final class SettingSource {
    static final String PROPERTY_PREFIX = "awskms.";
    static final String VARIABLE_PREFIX = "AWSKMS_";

    /** What error texts call the argument of a provider. */
    static final String PROVIDER_ARGUMENT = "provider argument";

    /** How error texts introduce the name of an environment variable. */
    private static final String VARIABLE = "environment variable ";

    /** The last scope whose settings a keystore file may contain. */
    private static final SettingScope KEYSTORE_FILE = SettingScope.STRICTER_IN_FILE;

    /** The maximum length of a value that an error text repeats. */
    private static final int MAX_ECHO = 100;

    /**
     * Names that an error text may repeat, such as mistyped names. A line of a private key does not match, except a
     * short last line.
     */
    private static final Pattern NAME_LIKE = Pattern.compile("[a-zA-Z0-9._<>-]{1,40}");

    private final List<SettingValue> values;
    private final boolean trusted;

    private SettingSource(Collection<SettingValue> values, boolean trusted) {
        this.values = List.copyOf(values);
        this.trusted = trusted;
    }

    /**
     * Returns the settings of a provider argument. {@code @FILE} or a text without {@code =} names a settings file. Any
     * other text contains the settings itself, as {@code name=value;name=value}.
     *
     * @throws SettingsException if the text contains no setting and names no file, or a setting is unknown, wrong or
     *     duplicate
     */
    public static SettingSource argument(String text) {
        return argument(PROVIDER_ARGUMENT, text);
    }

    /**
     * Returns the settings of a text that is like a provider argument, see {@link #argument(String)}.
     *
     * @param source what error texts call the text, such as the option of a program
     */
    static SettingSource argument(String source, String text) {
        return of(SettingText.argument(source, text));
    }

    /**
     * Returns the settings of a file. Relative paths in it start at the file's folder.
     *
     * @throws SettingsException if the file cannot be read, or a setting is unknown, wrong or duplicate
     */
    public static SettingSource file(Path file) {
        return of(SettingText.file(file));
    }

    /**
     * Returns the settings from the system properties whose names begin with {@code awskms.}.
     *
     * @throws SettingsException if a setting is unknown or wrong
     */
    public static SettingSource systemProperties(Map<String, String> properties) {
        List<SettingLine> lines = new ArrayList<>();
        new TreeMap<>(properties).forEach((property, text) -> {
            if (property.startsWith(PROPERTY_PREFIX)) {
                String name = property.substring(PROPERTY_PREFIX.length());
                lines.add(new SettingLine("system property " + property, 0, name, text.strip()));
            }
        });
        return of(lines, SettingScope.PROVIDER);
    }

    /**
     * Returns the current settings of the system properties and of the environment, in this order.
     *
     * @throws SettingsException if a system property {@code awskms.*} or a variable {@code AWSKMS_*} is unknown or
     *     wrong
     */
    static List<SettingSource> ofProcess() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(text -> properties.put(name, text));
        }
        return List.of(systemProperties(properties), environment(System.getenv()));
    }

    /**
     * Returns the settings of a provider builder.
     *
     * @throws SettingsException if a setting is unknown or wrong
     */
    static SettingSource builder(Map<String, String> settings) {
        List<SettingLine> lines = settings.entrySet().stream()
                .map(setting -> new SettingLine("provider builder", 0, setting.getKey(), setting.getValue()))
                .toList();
        return of(lines, SettingScope.PROVIDER);
    }

    /**
     * Returns the settings from the environment variables whose names begin with {@code AWSKMS_}. An empty or blank
     * variable counts as not set, because some build servers can only empty a variable, not unset it.
     *
     * @throws SettingsException if a setting is unknown or wrong, or is a setting {@code key.<alias>}
     */
    public static SettingSource environment(Map<String, String> variables) {
        List<SettingLine> lines = new ArrayList<>();
        new TreeMap<>(variables).forEach((variable, text) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && !text.isBlank()) {
                String name = settingName(variable.substring(VARIABLE_PREFIX.length()));
                requireNoKey(variable, name);
                lines.add(new SettingLine(VARIABLE + variable, 0, name, text.strip()));
            }
        });
        return of(lines, SettingScope.PROVIDER);
    }

    private static void requireNoKey(String variable, String name) {
        // some programs, such as env and container runtimes, can set variables with a dot
        if (name.startsWith("key-") || name.startsWith(Setting.KEY_PREFIX)) {
            throw new SettingsException(
                    VARIABLE + variable + ": key.<alias> cannot come from the environment, because the name of a"
                            + " variable cannot contain all characters of an alias; use a settings file or the system property"
                            + " awskms.key.<alias>");
        }
    }

    private static String settingName(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the settings of a load parameter.
     *
     * @throws SettingsException if a setting is unknown or wrong, or has no effect: one of
     *     {@link SettingScope#PROVIDER} or, if the parameter names a keystore file, of {@link SettingScope#DISCOVERY}
     */
    public static SettingSource parameter(KmsLoadStoreParameter parameter) {
        List<SettingLine> lines = parameter.settings().entrySet().stream()
                .map(setting -> new SettingLine("load parameter", 0, setting.getKey(), setting.getValue()))
                .toList();
        return of(lines, parameter.file().isEmpty() ? SettingScope.DISCOVERY : SettingScope.STORE);
    }

    /**
     * Returns the settings of a keystore file, which may come from anybody.
     *
     * @param folder the folder of the file; relative paths start there and must not leave it
     * @throws SettingsException if a setting is unknown, wrong, duplicate or not allowed in keystore files
     */
    public static SettingSource keystoreFile(Collection<SettingLine> lines, Path folder) {
        lines.forEach(line -> requireScope(line, KEYSTORE_FILE));
        return new SettingSource(values(lines, line -> fileValue(line, folder)), false);
    }

    /** Returns the settings of some lines from a trusted source. Relative paths start at the working directory. */
    static SettingSource of(Collection<SettingLine> lines, SettingScope scope) {
        lines.forEach(line -> requireScope(line, scope));
        return of(lines, Path.of(""));
    }

    private static void requireScope(SettingLine line, SettingScope scope) {
        Optional<Setting> refused = Setting.named(line.name()).filter(setting -> !scope.admits(setting.scope()));
        if (refused.isPresent()) {
            Setting setting = refused.get();
            String reason = scope == KEYSTORE_FILE
                    ? "is not allowed in a keystore file, which may come from anybody; " + remedyInFile(line, setting)
                    : "has no effect on a KeyStore"
                            + (setting.scope() == SettingScope.PROVIDER
                                    ? "; set it as "
                                    : " with a file; remove it, or set it for other KeyStores, as ")
                            + setting.sources();
            throw new SettingsException(line.place() + ": setting '" + ForeignText.of(line.name()) + "' " + reason);
        }
    }

    /** Returns what to do about a line that a keystore file may not contain, for the end of an error text. */
    static String remedyInFile(SettingLine line, Setting setting) {
        String parameter = SettingScope.STORE.admits(setting.scope()) ? "load parameter, " : "";
        String property = "system property " + PROPERTY_PREFIX + ForeignText.of(line.name());
        String places = setting == Setting.KEY
                ? "or " + property
                : parameter + property + " or environment variable " + setting.variable();
        return "remove the line, or set it as provider argument, " + places;
    }

    private static SettingSource of(SettingText text) {
        return of(text.lines(), text.folder());
    }

    private static SettingSource of(Collection<SettingLine> lines, Path folder) {
        return new SettingSource(values(lines, line -> value(line, folder)), true);
    }

    private static Collection<SettingValue> values(
            Collection<SettingLine> lines, Function<SettingLine, SettingValue> parser) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        for (SettingLine line : lines) {
            SettingValue value = parser.apply(line);
            SettingValue first = values.putIfAbsent(line.name(), value);
            requireNoDuplicate(line, first);
        }
        return values.values();
    }

    private static void requireNoDuplicate(SettingLine line, @Nullable SettingValue first) {
        if (first != null) {
            String where =
                    line.line() == 0 ? "" : ", first in line " + first.line().line();
            throw new SettingsException(
                    line.place() + ": setting '" + ForeignText.of(line.name()) + "' is given twice" + where);
        }
    }

    private static SettingValue value(SettingLine line, Path folder) {
        Setting setting = Setting.named(line.name()).orElseThrow(() -> unknown(line));
        Object value = parse(line, setting.type(), "");
        return new SettingValue(line, setting, value instanceof CertificatePath path ? path.startingAt(folder) : value);
    }

    private static SettingValue fileValue(SettingLine line, Path folder) {
        Setting setting = Setting.named(line.name()).orElseThrow(() -> unknown(line));
        boolean isAllowedElsewhere = setting.type().parse(line.value()).isPresent();
        String remedy = isAllowedElsewhere ? "; " + remedyInFile(line, setting) : "";
        Object value = parse(line, setting.type().fileType(), remedy);
        return new SettingValue(line, setting, value instanceof CertificatePath path ? path.insideOf(folder) : value);
    }

    private static Object parse(SettingLine line, SettingType type, String remedy) {
        Optional<? extends Object> value = type.parse(line.value());
        if (value.isEmpty()) {
            boolean showValue = type.isEchoed() && line.value().length() <= MAX_ECHO;
            String setting = showValue ? line.name() + "=" + line.value() : line.name();
            throw new SettingsException(line.place() + ": " + setting + " is not " + type.requirement() + remedy);
        }
        return value.get();
    }

    private static SettingsException unknown(SettingLine line) {
        boolean showName = NAME_LIKE.matcher(line.name()).matches();
        Optional<String> nearest = showName ? NearestName.of(line.name(), Setting.names()) : Optional.empty();
        String remedy = nearest.map(name -> "did you mean '" + name + "'?")
                .orElseGet(() -> "the settings are " + String.join(", ", Setting.names()));
        String name = showName ? " '" + line.name() + "'" : "";
        return new SettingsException(line.place() + ": unknown setting" + name + "; " + remedy);
    }

    /**
     * Fails if this source contains a setting that has no effect on the program's own clients.
     *
     * @throws SettingsException if it contains one; the message names the setting
     */
    void requireNoClientSetting() {
        for (SettingValue value : values) {
            if (Setting.FOR_CLIENTS.contains(value.setting())) {
                throw new SettingsException(
                        value.line().place() + ": setting '" + value.line().name()
                                + "' has no effect, because the program uses its own KMS clients; remove it, and"
                                + " configure the clients instead");
            }
        }
    }

    /** Returns whether this source contains a setting. */
    boolean has(Setting setting) {
        return values.stream().anyMatch(value -> value.setting() == setting);
    }

    /** Returns whether these settings come from the operator, not from a keystore file. */
    boolean isTrusted() {
        return trusted;
    }

    /** Returns the settings in the order of the source. */
    List<SettingValue> values() {
        return values;
    }
}
