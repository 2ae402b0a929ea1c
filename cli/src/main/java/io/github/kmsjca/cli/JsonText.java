package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.thirdparty.jackson.core.util.DefaultPrettyPrinter;

/** Results of commands as JSON (RFC 8259). */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Writes the content of a document. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes a member if it has a value. */
    static void writeOptional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    /** Returns a document for a command that failed before it had a result. */
    static String ofError(String text) {
        try {
            return of(json -> {
                json.writeStartObject();
                json.writeStringField("error", text);
                json.writeEndObject();
            });
        } catch (IOException e) {
            // a StringWriter does not fail
            throw new ProviderBug(String.valueOf(e.getMessage()));
        }
    }

    /** Returns a document with a line break at its end. */
    static String of(Content content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            content.write(json);
        }
        return text + System.lineSeparator();
    }
}
