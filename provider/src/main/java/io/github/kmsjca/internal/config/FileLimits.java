package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.util.List;

/**
 * What the operator lets keystore files name.
 *
 * @param accounts account ids; empty for any
 * @param regions names of Regions; empty for any
 */
record FileLimits(List<String> accounts, List<String> regions) {

    /** Checks the account and the Region of an ARN; other identifiers name neither. */
    void require(String place, KeyId key) {
        key.account().ifPresent(account -> require(place, "account " + account, account, Setting.ACCOUNTS, accounts));
        key.region().ifPresent(region -> requireRegion(place, region));
    }

    void requireRegion(String place, String region) {
        require(place, "Region " + region, region, Setting.ALLOWED_REGIONS, regions);
    }

    private static void require(String place, String what, String name, Setting setting, List<String> allowed) {
        if (!allowed.isEmpty() && !allowed.contains(name)) {
            throw new SettingsException(place + ": " + what + " is not allowed in keystore files by the setting "
                    + setting.text() + "=" + String.join(",", allowed));
        }
    }
}
