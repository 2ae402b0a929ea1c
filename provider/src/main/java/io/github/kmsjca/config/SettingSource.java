package io.github.kmsjca.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private SettingSource(Collection<SettingValue> values) {
        this.values = List.copyOf(values);
    }

    /**
     * Returns the settings of a provider argument: those of a file if the text names one, else those that it holds
     * itself as {@code name=value;name=value}.
     *
     * @throws SettingsException if it is neither, or a setting is unknown, wrong or given twice
     */
    public static SettingSource argument(String text) {
        return SettingText.argument(text);
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
        return SettingText.file(file);
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
        return of(lines, Reach.PROVIDER);
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
        return of(lines, Reach.PROVIDER);
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
     * Returns the settings of a keystore file; a relative path starts at the working directory.
     *
     * @throws SettingsException if a setting is unknown, wrong, given twice, or does nothing in a keystore file
     */
    public static SettingSource keystoreFile(Collection<SettingLine> lines) {
        return of(lines, Reach.STORE);
    }

    /** Returns the settings that the lines hold; a relative path starts at the working directory. */
    static SettingSource of(Collection<SettingLine> lines, Reach reach) {
        lines.forEach(line -> requireReach(line, reach));
        return of(lines, Path.of(""));
    }

    private static void requireReach(SettingLine line, Reach reach) {
        Optional<Reach> setting = Setting.named(line.name()).map(Setting::reach);
        if (setting.filter(it -> !reach.admits(it)).isPresent()) {
            throw new SettingsException(line.place() + ": setting '" + line.name()
                    + "' has no effect here; it can stand in " + setting.get().text());
        }
    }

    static SettingSource of(Collection<SettingLine> lines, Path folder) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        for (SettingLine line : lines) {
            SettingValue value = value(line, folder);
            SettingValue first = values.putIfAbsent(line.name(), value);
            requireFirst(line, first);
        }
        return new SettingSource(values.values());
    }

    private static void requireFirst(SettingLine line, @Nullable SettingValue first) {
        if (first != null) {
            String where =
                    line.line() == 0 ? "" : ", first in line " + first.line().line();
            throw new SettingsException(line.place() + ": setting '" + line.name() + "' is given twice" + where);
        }
    }

    private static SettingValue value(SettingLine line, Path folder) {
        Setting setting = Setting.named(line.name()).orElseThrow(() -> unknown(line));
        Object value = setting.type().parse(line.text()).orElseThrow(() -> wrong(setting, line));
        return new SettingValue(line, setting, value instanceof Path path ? folder.resolve(path) : value);
    }

    private static SettingsException wrong(Setting setting, SettingLine line) {
        boolean echoed = setting.type().isEchoed() && line.text().length() <= LONGEST_ECHO;
        String given = echoed ? line.name() + "=" + line.text() : line.name();
        return new SettingsException(
                line.place() + ": " + given + " is not " + setting.type().demand());
    }

    private static SettingsException unknown(SettingLine line) {
        boolean shown = NAME_LIKE.matcher(line.name()).matches();
        Optional<String> nearest = shown ? NearestName.of(line.name(), Setting.names()) : Optional.empty();
        String remedy = nearest.map(name -> "did you mean '" + name + "'?")
                .orElseGet(() -> "the settings are " + String.join(", ", Setting.names()));
        String name = shown ? " '" + line.name() + "'" : "";
        return new SettingsException(line.place() + ": unknown setting" + name + "; " + remedy);
    }

    /** Returns the settings in their order. */
    List<SettingValue> values() {
        return values;
    }
}
