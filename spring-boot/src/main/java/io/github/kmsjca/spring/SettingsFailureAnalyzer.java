package io.github.kmsjca.spring;

import io.github.kmsjca.key.SettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints a wrong setting as the reason why the application did not start, instead of a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
    private static final String SETTINGS = "https://github.com/kmsjca/kms-jca/blob/main/docs/settings.md";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Correct the setting. " + SETTINGS + " lists all settings.", cause);
    }
}
