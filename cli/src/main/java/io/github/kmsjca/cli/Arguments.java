package io.github.kmsjca.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The arguments of the program. Java replaces characters that the locale's encoding cannot represent. In the locale
 * {@code C}, which many build servers use, these are all non-ASCII characters. A certificate request must not contain
 * replacement characters, so this class restores the original ones.
 */
final class Arguments {
    /** The bytes of all arguments of the process, each with a zero byte at its end (Linux, proc(5)). */
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    /** What Java writes for bytes that it cannot decode with the locale's encoding. */
    private static final String REPLACEMENT = "\uFFFD";

    private final List<byte[]> original;
    private final Map<String, String> environment;

    /**
     * Creates an instance.
     *
     * @param commandLine the content of {@link #COMMAND_LINE}; empty if the operating system has no such file
     */
    Arguments(byte[] commandLine, Map<String, String> environment) {
        this.original = split(commandLine);
        this.environment = environment;
    }

    /** Returns the arguments of this process. */
    static Arguments ofProcess() {
        byte[] commandLine;
        try {
            commandLine = Files.readAllBytes(COMMAND_LINE);
        } catch (IOException otherSystem) {
            commandLine = new byte[0];
        }
        return new Arguments(commandLine, System.getenv());
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return words;
    }

    /**
     * Returns the arguments with their original characters, which are read as UTF-8.
     *
     * @param given the arguments that Java passes to the program
     * @throws IllegalArgumentException if the original bytes of an argument cannot be found or are not UTF-8; the
     *     message names the number of the argument and the locale
     */
    String[] restore(String... given) {
        String[] restored = given.clone();
        for (int i = 0; i < given.length; i++) {
            if (given[i].contains(REPLACEMENT)) {
                String argument = given[i];
                int number = i + 1;
                restored[i] = original(given.length - i)
                        // with "java @file", the command line lacks the arguments from the file, so what was found can
                        // be another argument
                        .filter(found -> asciiPart(found).equals(asciiPart(argument)))
                        .orElseThrow(() -> new IllegalArgumentException("argument " + number
                                + " contains characters that the locale cannot represent (" + locale()
                                + "); set LC_ALL to a UTF-8 locale, such as C.UTF-8, and write the argument in UTF-8"));
            }
        }
        return restored;
    }

    /**
     * Returns the original of an argument; empty if it is not known or not UTF-8. Counts from the end, because the
     * command line begins with words for the Java launcher.
     *
     * @param fromEnd 1 for the last argument
     */
    private Optional<String> original(int fromEnd) {
        if (fromEnd > original.size()) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(original.get(original.size() - fromEnd));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
    }

    private static String asciiPart(String text) {
        return text.replaceAll("[^\\p{ASCII}]", "");
    }

    /** Returns a text that names the variable that determines the locale, and its value (POSIX.1-2017 §8.2). */
    private String locale() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .map(name -> name + "=" + environment.get(name))
                .orElse("LC_ALL, LC_CTYPE and LANG are not set");
    }
}
