package io.github.kmsjca.config;

import java.util.Locale;

/** Which services a provider offers. */
public enum Services {
    /** All that it has. */
    ALL,
    /**
     * Those of {@code java.security}: signatures, KeyStore, key pairs and random numbers. The others are of
     * {@code javax.crypto}, for which Oracle's JDK demands that a provider be signed by a certificate of Oracle's.
     */
    SIGNATURES;

    /** Returns what the system property or else the environment says; what is wrong there is told with the settings. */
    public static Services preset() {
        String property = System.getProperty(SettingSource.PROPERTY_PREFIX + Setting.SERVICES.text());
        String text = property == null ? System.getenv(Setting.SERVICES.variable()) : property;
        return SIGNATURES.name().toLowerCase(Locale.ROOT).equals(text) ? SIGNATURES : ALL;
    }
}
