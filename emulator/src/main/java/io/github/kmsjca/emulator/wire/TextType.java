package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strings of {@code min} to {@code max} characters. If {@code pattern} is not null, each string must match it. */
record TextType(int min, int max, @Nullable Pattern pattern) implements Type<String> {

    @Override
    public String read(JsonNode node, String path, Violations violations) {
        if (!node.isTextual()) {
            throw Json.wrongKind(node, path, "a string");
        }
        String text = node.textValue();
        if (text.length() < min) {
            violations.add(text, path, "have length greater than or equal to " + min);
        }
        if (text.length() > max) {
            violations.add(text, path, "have length less than or equal to " + max);
        }
        if (pattern != null && !pattern.matcher(text).matches()) {
            violations.add(text, path, "satisfy regular expression pattern: " + pattern);
        }
        return text;
    }
}
