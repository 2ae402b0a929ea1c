package io.github.kmsjca.spring;

import io.github.kmsjca.internal.config.Setting;
import io.github.kmsjca.internal.config.SettingLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties {@code awskms.*} of a Spring environment, in the order of its sources: the first source that has a
 * property wins.
 */
final class EnvironmentSettings {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("awskms");

    /** The properties other than {@code awskms.key.<alias>}, with the names of their settings. */
    private static final Map<ConfigurationPropertyName, String> NAMES =
            Setting.fixedNames().stream().collect(Collectors.toUnmodifiableMap(ROOT::append, name -> name));

    private final ConfigurableEnvironment environment;

    EnvironmentSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Returns the settings, unchecked. They include unknown names, so that a later check can report them. */
    List<SettingLine> lines() {
        Map<ConfigurationPropertyName, SettingLine> lines = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            for (ConfigurationPropertyName name : namesIn(source)) {
                find(source, name).ifPresent(line -> lines.putIfAbsent(name, line));
            }
        }
        return List.copyOf(lines.values());
    }

    /**
     * Returns the names to look up in a source: those below {@code awskms} that it lists, or else the names of all
     * settings. The list of environment variables does not help, because their names do not say where a {@code -}
     * belongs. The provider itself reports unknown variables.
     */
    private static Set<ConfigurationPropertyName> namesIn(ConfigurationPropertySource source) {
        if (source instanceof IterableConfigurationPropertySource list && !hasVariables(source)) {
            return list.stream().filter(ROOT::isAncestorOf).collect(Collectors.toSet());
        }
        return NAMES.keySet();
    }

    private static boolean hasVariables(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    private Optional<SettingLine> find(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property == null || property.getValue() == null) {
            return Optional.empty();
        }
        String value = environment
                .resolveRequiredPlaceholders(property.getValue().toString())
                .strip();
        // an empty environment variable counts as not set, as in other programs
        boolean isUnset = value.isEmpty() && hasVariables(source);
        return isUnset ? Optional.empty() : Optional.of(new SettingLine(place(property), 0, settingName(name), value));
    }

    private static String place(ConfigurationProperty property) {
        return property.getOrigin() == null
                ? "property " + property.getName()
                : "property " + property.getName() + " from " + property.getOrigin();
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
