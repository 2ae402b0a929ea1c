package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.NearestName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** The values from which the user chooses, for an option or parameter with a fixed set of values. */
final class Choices {
    private Choices() {}

    /** Returns the possible values of an option or parameter; empty if any value is possible. */
    static List<String> of(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .toList();
    }

    /**
     * Returns the value that the user names.
     *
     * @param kind what the values are, for the error text: "unknown purpose …"
     * @param text the name of the value, as {@link Object#toString} returns it
     * @throws TypeConversionException if there is no such value; the text lists all values
     */
    static <T> T named(String kind, String text, T[] values) {
        List<String> names = Arrays.stream(values).map(Object::toString).toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new TypeConversionException(
                    "unknown " + kind + " '" + text + "'" + nearest(text, names) + "; " + chooseFrom(names));
        }
        return values[index];
    }

    /** Returns the part of an error text that lists the possible values. */
    static String chooseFrom(List<String> names) {
        return "choose from " + String.join(", ", names);
    }

    /** Returns the part of an error text that suggests the most similar name; empty if none is similar. */
    static String nearest(String word, Collection<String> names) {
        return NearestName.of(word, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }
}
