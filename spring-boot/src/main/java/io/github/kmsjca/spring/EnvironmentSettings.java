package io.github.kmsjca.spring;

import io.github.kmsjca.internal.config.Setting;
import io.github.kmsjca.internal.config.SettingLine;
import io.github.kmsjca.key.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties {@code awskms.*} of a Spring environment, in the order of its sources: the first source that has a
 * property wins.
 */
final class EnvironmentSettings {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("awskms");

    /** The beginning of the names of variables, in lower case and with {@code -} instead of {@code _}. */
    private static final String VARIABLE_PREFIX = "awskms-";

    /** The properties other than {@code awskms.key.<alias>}, with the names of their settings. */
    private static final Map<ConfigurationPropertyName, String> NAMES =
            Setting.fixedNames().stream().collect(Collectors.toUnmodifiableMap(ROOT::append, name -> name));

    private final ConfigurableEnvironment environment;

    EnvironmentSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Returns the settings, unchecked. They include unknown names, so that a later check can report them. For unknown
     * names of environment variables, see {@link #names}.
     *
     * @throws SettingsException if a placeholder in a value cannot be resolved
     */
    List<SettingLine> lines() {
        Map<ConfigurationPropertyName, SettingLine> lines = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            for (ConfigurationPropertyName name : names(source)) {
                find(source, name).ifPresent(line -> lines.putIfAbsent(name, line));
            }
        }
        return List.copyOf(lines.values());
    }

    /**
     * Returns the names to look up in a source: the names below {@code awskms} that the source lists. If the source
     * cannot list its names, or contains environment variables, returns {@link #NAMES}: the name of a variable does not
     * say where a {@code -} belongs. {@code KmsSettings} reads the variables itself, and reports unknown ones.
     */
    private static Set<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        if (source instanceof IterableConfigurationPropertySource list && !hasVariables(source)) {
            return list.stream()
                    .filter(ROOT::isAncestorOf)
                    .map(name -> wholeName(source, name))
                    .collect(Collectors.toSet());
        }
        return NAMES.keySet();
    }

    private static boolean hasVariables(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    /**
     * Returns {@code awskms.accounts} for the item {@code awskms.accounts[0]} of a YAML list, and any other name
     * unchanged.
     */
    private static ConfigurationPropertyName wholeName(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationPropertyName list = name.getParent();
        boolean isItem = NAMES.containsKey(list)
                && items(source, list).stream().anyMatch(item -> item.getName().equals(name));
        return isItem ? list : name;
    }

    /** Returns the items of a list, up to the first index that is missing. */
    private static List<ConfigurationProperty> items(
            ConfigurationPropertySource source, ConfigurationPropertyName list) {
        List<ConfigurationProperty> items = new ArrayList<>();
        ConfigurationProperty item = item(source, list, 0);
        while (item != null) {
            items.add(item);
            item = item(source, list, items.size());
        }
        return items;
    }

    private static @Nullable ConfigurationProperty item(
            ConfigurationPropertySource source, ConfigurationPropertyName list, int index) {
        return source.getConfigurationProperty(list.append("[" + index + "]"));
    }

    /** Returns the setting in a source: one value, or the items of a list, joined with commas. */
    private Optional<SettingLine> find(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty whole = source.getConfigurationProperty(name);
        List<ConfigurationProperty> parts = whole == null ? items(source, name) : List.of(whole);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String value = parts.stream().map(this::value).collect(Collectors.joining(","));
        if (!hasVariables(source)) {
            return Optional.of(new SettingLine(place(parts.get(0)), 0, settingName(name), value));
        }
        // an empty environment variable counts as not set, as in other programs
        return value.isEmpty() ? Optional.empty() : Optional.of(variable(parts.get(0), settingName(name), value));
    }

    /**
     * Returns the setting of an environment variable. If Spring accepts the name of the variable, but the provider does
     * not, such as {@code AWSKMS_CALLTIMEOUT}, the result has the unknown name {@code calltimeout}, so that a later
     * check reports the name and not the value.
     */
    private static SettingLine variable(ConfigurationProperty property, String setting, String value) {
        if (property.getOrigin() instanceof PropertySourceOrigin origin) {
            String written = writtenName(origin.getPropertyName());
            if (!written.equals(setting)) {
                String place = UrlText.withoutSecrets("environment variable " + origin.getPropertyName());
                return new SettingLine(place, 0, written, value);
            }
        }
        return new SettingLine(place(property), 0, setting, value);
    }

    /** Returns the name of the setting in a variable, as the provider reads it: each {@code _} is a {@code -}. */
    private static String writtenName(String variable) {
        String name = variable.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
        return name.substring(name.lastIndexOf(VARIABLE_PREFIX) + VARIABLE_PREFIX.length());
    }

    private String value(ConfigurationProperty property) {
        try {
            return environment
                    .resolveRequiredPlaceholders(String.valueOf(property.getValue()))
                    .strip();
        } catch (IllegalArgumentException unresolved) {
            // without the cause, because its message repeats the value, which may be secret
            throw new SettingsException(place(property)
                    + ": a placeholder ${...} in the value cannot be resolved; define the property that it names");
        }
    }

    private static String place(ConfigurationProperty property) {
        String name = "property " + property.getName();
        Origin origin = property.getOrigin();
        return origin == null ? name : name + " from " + UrlText.withoutSecrets(origin.toString());
    }

    private static String settingName(ConfigurationPropertyName name) {
        String known = NAMES.get(name);
        return known != null ? known : originalName(name);
    }

    /** Returns the name below the root as it was written, because aliases are case-sensitive. */
    private static String originalName(ConfigurationPropertyName name) {
        return IntStream.range(1, name.getNumberOfElements())
                .mapToObj(element -> name.getElement(element, Form.ORIGINAL))
                .collect(Collectors.joining("."));
    }
}
