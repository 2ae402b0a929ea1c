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
 * Settings from one place, each checked by itself.
 *
 * <p>{@link KmsSettings#from} puts sources together. Immutable.
 */
public final class SettingSource {
    static final String PROPERTY_PREFIX = "awskms.";
    static final String VARIABLE_PREFIX = "AWSKMS_";

    private static final String FAMILY_VARIABLE = VARIABLE_PREFIX + "KEY_";
    private static final int LONGEST_ECHO = 100;

    /** What may be repeated in an error: a mistyped name is, a line of somebody's private key is not. */
    private static final Pattern NAME_LIKE = Pattern.compile("[a-zA-Z0-9._<>-]{1,40}");

    private final List<SettingValue> values;
    private final boolean trusted;

    private SettingSource(Collection<SettingValue> values, boolean trusted) {
        this.values = List.copyOf(values);
        this.trusted = trusted;
    }

    /**
     * Returns the settings of a provider argument: those of a file for {@code @FILE} or a plain name without {@code =},
     * else those that it holds itself as {@code name=value;name=value}.
     *
     * @throws SettingsException if it is neither, or a setting is unknown, wrong or given twice
     */
    public static SettingSource argument(String text) {
        return of(SettingText.argument(text));
    }

    /** Returns whether it says something of a setting. */
    boolean has(Setting setting) {
        return values.stream().anyMatch(value -> value.setting() == setting);
    }

    /**
     * Returns the settings of a file; a relative path in it starts at the file's folder.
     *
     * @throws SettingsException if the file cannot be read, or a setting is unknown, wrong or given twice
     */
    public static SettingSource file(Path file) {
        return of(SettingText.file(file));
    }

    /**
     * Returns the settings among the system properties: those that begin with {@code awskms.}.
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
     * Returns the settings of the system properties and of the environment as they are at this moment, in this order.
     *
     * @throws SettingsException if a system property {@code awskms.*} or a variable {@code AWSKMS_*} is unknown or wrong
     */
    static List<SettingSource> ofProcess() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(text -> properties.put(name, text));
        }
        return List.of(systemProperties(properties), environment(System.getenv()));
    }

    /**
     * Returns the settings that a program gives when it builds a provider.
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
     * Fails if a source has a setting that does nothing for clients of a program's own.
     *
     * @throws SettingsException that names it
     */
    void requireNoneOfClients() {
        for (SettingValue value : values) {
            if (Setting.OF_CLIENTS.contains(value.setting())) {
                throw new SettingsException(
                        value.line().place() + ": setting '" + value.line().name()
                                + "' has no effect, since the program has given KMS clients of its own; set it on these");
            }
        }
    }

    /**
     * Returns the settings among the environment variables: those that begin with {@code AWSKMS_}. A variable with an
     * empty text counts as not set, since many shells and build servers cannot unset one.
     *
     * @throws SettingsException if a setting is unknown or wrong, or belongs to the family {@code key.<alias>}
     */
    public static SettingSource environment(Map<String, String> variables) {
        List<SettingLine> lines = new ArrayList<>();
        new TreeMap<>(variables).forEach((variable, text) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && !text.isBlank()) {
                String name = variable.substring(VARIABLE_PREFIX.length());
                lines.add(new SettingLine(source(variable), 0, settingName(name), text.strip()));
            }
        });
        return of(lines, SettingScope.PROVIDER);
    }

    private static String source(String variable) {
        String source = "environment variable " + variable;
        if (variable.startsWith(FAMILY_VARIABLE)) {
            throw new SettingsException(source + ": key.<alias> cannot come from the environment, which loses the"
                    + " spelling of the alias; use a settings file or the system property awskms.key.<alias>");
        }
        return source;
    }

    private static String settingName(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the settings of a load parameter.
     *
     * @throws SettingsException if a setting is unknown or wrong, or has no effect on a KeyStore of this kind
     */
    public static SettingSource parameter(KmsLoadStoreParameter parameter) {
        List<SettingLine> lines = parameter.settings().entrySet().stream()
                .map(setting -> new SettingLine("load parameter", 0, setting.getKey(), setting.getValue()))
                .toList();
        return of(lines, parameter.file().isEmpty() ? SettingScope.DISCOVERY : SettingScope.STORE);
    }

    /**
     * Returns the settings of a keystore file, which is input from anybody.
     *
     * @param folder the folder of the file, where relative paths start and which they do not leave
     * @throws SettingsException if a setting is unknown, wrong, given twice, or not for keystore files
     */
    public static SettingSource keystoreFile(Collection<SettingLine> lines, Path folder) {
        lines.forEach(line -> requireScope(line, SettingScope.STRICTER_IN_FILE));
        return new SettingSource(values(lines, line -> fileValue(line, folder)), false);
    }

    /** Returns the settings that the lines hold; a relative path starts at the working directory. */
    static SettingSource of(Collection<SettingLine> lines, SettingScope scope) {
        lines.forEach(line -> requireScope(line, scope));
        return of(lines, Path.of(""));
    }

    private static void requireScope(SettingLine line, SettingScope scope) {
        Optional<Setting> refused = Setting.named(line.name()).filter(it -> !scope.admits(it.scope()));
        if (refused.isPresent()) {
            Setting setting = refused.get();
            throw new SettingsException(line.place() + ": setting '" + ForeignText.of(line.name()) + "' "
                    + (setting.scope() == SettingScope.STORE
                            ? "cannot stand in a keystore file, which may come from anybody; set it as provider argument,"
                                    + " load parameter, system property " + PROPERTY_PREFIX + setting.text()
                                    + " or environment variable " + setting.variable()
                            : "has no effect here; it can stand in "
                                    + setting.scope().text()));
        }
    }

    private static SettingSource of(SettingText text) {
        return of(text.lines(), text.folder());
    }

    private static SettingSource of(Collection<SettingLine> lines, Path folder) {
        return new SettingSource(values(lines, line -> value(line, folder)), true);
    }

    private static Collection<SettingValue> values(
            Collection<SettingLine> lines, Function<SettingLine, SettingValue> reading) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        for (SettingLine line : lines) {
            SettingValue value = reading.apply(line);
            SettingValue first = values.putIfAbsent(line.name(), value);
            requireFirst(line, first);
        }
        return values.values();
    }

    private static void requireFirst(SettingLine line, @Nullable SettingValue first) {
        if (first != null) {
            String where =
                    line.line() == 0 ? "" : ", first in line " + first.line().line();
            throw new SettingsException(
                    line.place() + ": setting '" + ForeignText.of(line.name()) + "' is given twice" + where);
        }
    }

    private static SettingValue value(SettingLine line, Path folder) {
        Setting setting = Setting.named(line.name()).orElseThrow(() -> unknown(line));
        Object value = parse(line, setting.type());
        return new SettingValue(line, setting, value instanceof CertificatePath path ? path.from(folder) : value);
    }

    private static SettingValue fileValue(SettingLine line, Path folder) {
        Setting setting = Setting.named(line.name()).orElseThrow(() -> unknown(line));
        Object value = parse(line, setting.type().inFile());
        return new SettingValue(line, setting, value instanceof CertificatePath path ? path.fromFileIn(folder) : value);
    }

    private static Object parse(SettingLine line, SettingType type) {
        Optional<? extends Object> value = type.parse(line.text());
        if (value.isEmpty()) {
            boolean echoed = type.isEchoed() && line.text().length() <= LONGEST_ECHO;
            String given = echoed ? line.name() + "=" + line.text() : line.name();
            throw new SettingsException(line.place() + ": " + given + " is not " + type.demand());
        }
        return value.get();
    }

    private static SettingsException unknown(SettingLine line) {
        boolean shown = NAME_LIKE.matcher(line.name()).matches();
        Optional<String> nearest = shown ? NearestName.of(line.name(), Setting.names()) : Optional.empty();
        String remedy = nearest.map(name -> "did you mean '" + name + "'?")
                .orElseGet(() -> "the settings are " + String.join(", ", Setting.names()));
        String name = shown ? " '" + line.name() + "'" : "";
        return new SettingsException(line.place() + ": unknown setting" + name + "; " + remedy);
    }

    /** Returns whether these settings are the operator's word, and not those of a keystore file. */
    boolean isTrusted() {
        return trusted;
    }

    /** Returns the settings in their order. */
    List<SettingValue> values() {
        return values;
    }
}
