package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.util.List;

/**
 * The accounts and Regions that the operator allows in keystore files.
 *
 * @param accounts account ids; an empty list allows any account
 * @param regions names of Regions; an empty list allows any Region
 */
record FileLimits(List<String> accounts, List<String> regions) {

    /**
     * Checks the account and the Region of a key that a keystore file names by a key ARN or alias ARN. Key ids and
     * alias names contain neither, so they pass. The place begins the error text.
     */
    void requireAllowed(String place, KeyId key) {
        key.account()
                .ifPresent(account -> requireListed(place, "account " + account, account, Setting.ACCOUNTS, accounts));
        key.region().ifPresent(region -> requireRegion(place, region));
    }

    /** Checks a Region that a keystore file names. The place begins the error text. */
    void requireRegion(String place, String region) {
        requireListed(place, "Region " + region, region, Setting.ALLOWED_REGIONS, regions);
    }

    private static void requireListed(String place, String what, String name, Setting setting, List<String> allowed) {
        if (!allowed.isEmpty() && !allowed.contains(name)) {
            String other = setting == Setting.ACCOUNTS ? "another key" : "another key or Region";
            throw new SettingsException(place + ": the setting " + setting.settingName() + "="
                    + String.join(",", allowed) + " does not allow " + what + " in keystore files; name " + other
                    + ", or add " + name + " to the setting");
        }
    }
}
