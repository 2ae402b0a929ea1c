package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** Byte strings of {@code min} to {@code max} bytes, written as base64. */
record BlobType(int min, int max) implements Type<byte[]> {

    @Override
    public byte[] read(JsonNode node, String path, Violations violations) {
        if (!node.isTextual()) {
            throw Json.wrongKind(node, path, "a base64 string");
        }
        byte[] bytes = decode(node.textValue(), path);
        if (bytes.length < min) {
            violations.addWithoutValue(path, "have length greater than or equal to " + min);
        }
        if (bytes.length > max) {
            violations.addWithoutValue(path, "have length less than or equal to " + max);
        }
        return bytes;
    }

    private static byte[] decode(String text, String path) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw ErrorType.SERIALIZATION.with("The value at '" + path + "' is not base64: " + e.getMessage());
        }
    }
}
