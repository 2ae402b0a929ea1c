package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a keystore file.
 *
 * @param values the values from the file; they belong to settings that a keystore file may contain
 */
record FileSettings(Collection<SettingValue> values) {

    /**
     * Adds the settings of the file to the settings that apply without the file.
     *
     * @param inForce the operator's settings and the defaults; this method changes the map
     * @param operatorNames the names of the operator's settings
     * @throws SettingsException if the file makes a limit or check less strict, or names a Region that the operator
     *     does not allow
     */
    void addTo(Map<Setting, Object> inForce, Set<String> operatorNames) {
        FileLimits limits = new FileLimits(List.of(), texts(inForce.get(Setting.ALLOWED_REGIONS)));
        for (SettingValue value : values) {
            requireAllowed(limits, value);
            if (value.setting().scope() == SettingScope.STRICTER_IN_FILE) {
                requireAtLeastAsStrict(value, inForce.get(value.setting()));
                inForce.put(value.setting(), value.value());
            } else if (!operatorNames.contains(value.setting().settingName())) {
                inForce.put(value.setting(), value.value());
            }
        }
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof SettingType.Items items ? items.texts() : List.of();
    }

    private static void requireAllowed(FileLimits limits, SettingValue value) {
        String place = value.line().place();
        if (value.setting() == Setting.REGION) {
            limits.requireRegion(place, (String) value.value());
        } else if (value.setting() == Setting.REGIONS) {
            texts(value.value()).forEach(region -> limits.requireRegion(place, region));
        }
    }

    /**
     * Fails if a value is larger than the present value. For these settings, a smaller value is stricter: a smaller
     * number, a shorter time, or an earlier enum constant.
     */
    @SuppressWarnings("unchecked") // both values have the same type, because they belong to the same setting
    private static void requireAtLeastAsStrict(SettingValue value, @Nullable Object present) {
        if (present != null && ((Comparable<Object>) value.value()).compareTo(present) > 0) {
            SettingLine line = value.line();
            throw new SettingsException(line.place() + ": " + line.name() + "=" + line.value()
                    + " is less strict than " + SettingType.describe(present)
                    + ", the value without this line; a keystore file can only make limits and checks stricter; "
                    + SettingSource.remedyInFile(line, value.setting()));
        }
    }
}
