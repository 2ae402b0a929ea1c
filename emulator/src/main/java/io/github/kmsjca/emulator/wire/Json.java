package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON. The reader refuses duplicate names and content after the value. */
public final class Json {
    // the reader and the writer are immutable, unlike the mapper that creates them
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private static final ObjectWriter WRITER = new JsonMapper().writer();

    private Json() {}

    /**
     * Parses a document.
     *
     * @throws IOException if the document is not JSON
     */
    public static JsonNode parse(byte[] document) throws IOException {
        return READER.readValue(document);
    }

    /** Returns a message of the parser without its remarks that it hides the document; lines and columns remain. */
    public static String withoutSource(@Nullable String message) {
        return String.valueOf(message).replaceAll("Source: REDACTED \\(.*?\\); ", "");
    }

    /** Returns a value as a JSON document. */
    public static byte[] write(JsonNode value) {
        try {
            return WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the error for a value of the wrong JSON type.
     *
     * @param path the place of the value; empty for the whole document
     */
    static ServiceException wrongKind(JsonNode node, String path, String wanted) {
        String place = path.isEmpty() ? "" : " at '" + path + "'";
        return ErrorType.SERIALIZATION.with(
                "A JSON " + node.getNodeType().name() + place + " can not be converted to " + wanted);
    }
}
