package io.github.kmsjca.testing;

import java.lang.System.Logger;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A logger that adds each message to the list. Does not insert arguments into a message. */
public record LoggedTexts(List<String> texts) implements Logger {
    @Override
    public String getName() {
        return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
        texts.add(text);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String format, Object... arguments) {
        texts.add(format);
    }
}
