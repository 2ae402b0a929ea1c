package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a member of a structure. Reads and checks the values of the member.
 *
 * @param <T> the Java type of the values
 */
public sealed interface Type<T>
        permits BlobType, ChoiceType, FlagType, ListType, MapType, NumberType, Shape, TextType, TimeType {

    /**
     * Reads a value and reports the constraints that the value breaks.
     *
     * @param node the JSON value; {@code null} in JSON has the wrong JSON type for each member
     * @param path the place of the value, as KMS writes it in error messages
     * @param violations receives one text for each broken constraint
     * @return the value; if it breaks a constraint, the result has no meaning and can be null
     * @throws ServiceException of type {@code SerializationException} if the value has the wrong JSON type, is not
     *     base64 although the member needs it, or has an unknown member
     */
    @Nullable
    T read(JsonNode node, String path, Violations violations);

    /** Returns the type of strings of {@code min} to {@code max} characters. */
    static Type<String> text(int min, int max) {
        return new TextType(min, max, null);
    }

    /** Returns the type of strings of {@code min} to {@code max} characters that match a pattern. */
    static Type<String> text(int min, int max, String pattern) {
        return new TextType(min, max, Pattern.compile(pattern));
    }

    /** Returns the type of byte strings of {@code min} to {@code max} bytes, written as base64 in JSON. */
    static Type<byte[]> blob(int min, int max) {
        return new BlobType(min, max);
    }

    /** Returns the type of whole numbers in a range. */
    static Type<Integer> number(int min, int max) {
        return new NumberType(min, max);
    }

    /** Returns the type of Booleans. */
    static Type<Boolean> flag() {
        return new FlagType();
    }

    /** Returns the type of points in time: seconds since 1970, with an optional fraction. */
    static Type<Instant> time() {
        return new TimeType();
    }

    /** Returns the type whose values are the constants of an enum, spelled as in Java. */
    static <E extends Enum<E>> Type<E> choice(Class<E> values) {
        return ChoiceType.of(List.of(values.getEnumConstants()));
    }

    /** Returns the type whose values are some constants of an enum, spelled as in Java. */
    static <E extends Enum<E>> Type<E> choice(Set<E> values) {
        return ChoiceType.of(values);
    }

    /** Returns the type of maps from text to text, sorted by key. */
    static Type<SortedMap<String, String>> map() {
        return new MapType();
    }

    /** Returns the type of lists with a maximum number of elements. */
    static <E> Type<List<E>> listOf(Type<E> element, int max) {
        return new ListType<>(element, max);
    }
}
