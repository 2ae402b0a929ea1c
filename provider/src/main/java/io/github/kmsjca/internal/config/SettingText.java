package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a settings file or of a provider argument.
 *
 * @param lines the settings, unchecked
 * @param folder the folder where relative paths start
 */
record SettingText(List<SettingLine> lines, Path folder) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The optional prefix of a file name in an argument, as in the JDK tools. */
    private static final String FILE_MARK = "@";

    /**
     * Reads an argument. A text that contains {@code =} is a file name only after {@code @}, so nobody can replace the
     * settings in an argument with a file of that name.
     *
     * @param source what error texts call the argument, such as {@code provider argument}
     */
    static SettingText argument(String source, String text) {
        if (text.startsWith(FILE_MARK)) {
            return file(path(source, text, text.substring(FILE_MARK.length())));
        }
        if (text.indexOf('=') < 0) {
            return file(path(source, text, text));
        }
        List<SettingLine> lines = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            addLine(lines, source, 0, part);
        }
        return new SettingText(lines, Path.of(""));
    }

    /** Reads a settings file. Ignores blank lines and lines that begin with {@code #}. */
    static SettingText file(Path file) {
        String source = "settings file " + file;
        String content = read(file, source);
        String text = content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
        List<SettingLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.strip().startsWith("#")) {
                addLine(lines, source, number, line);
            }
        }
        return new SettingText(lines, file.toAbsolutePath().resolveSibling(""));
    }

    /** Returns the file that an argument names. Fails if there is no such file. */
    private static Path path(String source, String argument, String name) {
        try {
            Path path = Path.of(name);
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException notAPath) {
            // refused below, like the name of a file that does not exist
        }
        // a text with a colon or an equals sign may be meant as a setting, and its value may be secret
        boolean isLikeSetting = name.indexOf(':') >= 0 || name.indexOf('=') >= 0;
        String shown = isLikeSetting ? "" : " '" + argument + "'";
        throw new SettingsException(source + shown
                + " is neither an existing settings file nor a list such as region=eu-west-1;attempts=2");
    }

    private static String read(Path file, String source) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException notUtf8) {
            throw new SettingsException(source + ": is not UTF-8 text; save it as UTF-8", notUtf8);
        } catch (IOException unreadable) {
            throw new SettingsException(
                    source + ": cannot be read (" + unreadable
                            + "); check that the file exists and that this user may read it",
                    unreadable);
        }
    }

    /**
     * Adds the setting of a line or, if the number is 0, of an item of an argument. The error text does not repeat the
     * content, because it may contain a secret.
     */
    private static void addLine(List<SettingLine> lines, String source, int number, String content) {
        if (content.isBlank()) {
            return;
        }
        String place = new SettingLine(source, number, "", "").place();
        String problem = number == 0
                ? "an item of the list is not a setting; write name=value;name=value"
                : "this line is not a setting; write name=value";
        lines.add(SettingLine.parse(source, number, content)
                .orElseThrow(() -> new SettingsException(place + ": " + problem)));
    }
}
