package io.github.kmsjca.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of days or hours, such as {@code 30d} or {@code 12h}. */
final class ValidityConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,5})([dh])");

    @Override
    public Duration convert(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a number of days or hours up to 99999, such as 30d or 12h");
        }
        long number = Long.parseLong(time.group(1));
        return time.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    }
}
