package io.github.kmsjca.spring;

import io.github.kmsjca.key.SettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints a wrong setting as the reason why the application did not start, instead of a stack trace. The setting can be a
 * property or a line of a keystore file. The message says which, and what to do.
 */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
    private static final String SETTINGS = "https://github.com/kmsjca/kms-jca/blob/main/docs/settings.md";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
        return new FailureAnalysis(
                circumstance(rootFailure, cause) + cause.getMessage(),
                "Do what the description says. " + SETTINGS + " lists all settings, and where each of them is allowed.",
                cause);
    }

    /**
     * Returns what the exception around the cause says, for example the name of the keystore file: the provider does not
     * know the name, because Spring Boot loads the file from a stream.
     */
    private static String circumstance(Throwable failure, Throwable cause) {
        Throwable inner = failure.getCause();
        if (inner == null) {
            return "";
        }
        return inner.equals(cause) ? failure.getMessage() + ": " : circumstance(inner, cause);
    }
}
