package io.github.kmsjca.spring;

import io.github.kmsjca.key.SettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints a wrong setting as the reason why the application did not start, instead of a stack trace. The setting can be
 * a property or a line of a keystore file. The message says which, and what to do.
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
     * Returns the message of the exception closest to the cause that does not repeat the cause's message, or an empty
     * text. It can contain the name of the keystore file, which the provider does not know, because Spring Boot loads
     * the file from a stream.
     */
    private static String circumstance(Throwable failure, SettingsException cause) {
        String circumstance = "";
        for (Throwable outer = failure; outer != null && !outer.equals(cause); outer = outer.getCause()) {
            String text = outer.getMessage();
            if (text != null && !text.contains(String.valueOf(cause.getMessage()))) {
                circumstance = UrlText.withoutSecrets(text) + ": ";
            }
        }
        return circumstance;
    }
}
