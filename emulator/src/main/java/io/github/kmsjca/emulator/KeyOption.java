package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import java.util.Arrays;
import java.util.Comparator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A key that the program creates when it starts, unless its alias exists, as in {@code --key alias/release=RSA_4096} or
 * {@code --key alias/box=RSA_2048:ENCRYPT_DECRYPT}.
 */
record KeyOption(String alias, KeySpec spec, KeyUsage usage) {

    void createIn(KmsEmulator emulator) {
        emulator.createKey(spec.name(), usage.name(), alias);
    }

    /** Converts the text of the option to a key. */
    static final class Converter implements ITypeConverter<KeyOption> {
        @Override
        public KeyOption convert(String value) {
            String[] parts = value.split("=", 2);
            if (parts.length < 2 || !AliasName.isValid(parts[0])) {
                throw new TypeConversionException(
                        "'" + value + "' is not alias/NAME=KEY_SPEC[:KEY_USAGE]; " + AliasName.RULE);
            }
            String[] specAndUsage = parts[1].split(":", 2);
            KeySpec spec = spec(specAndUsage[0]);
            KeyUsage usage = specAndUsage.length == 1 ? spec.defaultUsage() : usage(spec, specAndUsage[1]);
            return new KeyOption(parts[0], spec, usage);
        }

        private static KeyUsage usage(KeySpec spec, String name) {
            return spec.usages().stream()
                    .filter(usage -> usage.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("a key of spec " + spec + " cannot have usage '"
                            + name + "'; possible usages: " + spec.usages()));
        }

        private static KeySpec spec(String name) {
            return Arrays.stream(KeySpec.values())
                    .filter(spec -> spec.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("unknown key spec '" + name + "'; did you mean "
                            + nearest(name) + "? Known key specs: " + Arrays.toString(KeySpec.values())));
        }

        private static KeySpec nearest(String name) {
            return Arrays.stream(KeySpec.values())
                    .min(Comparator.comparingInt(spec -> distance(spec.name(), name)))
                    .orElseThrow();
        }

        /**
         * Returns how many characters must be removed or added to turn {@code from} into {@code to}. A wrong character
         * counts twice, because people leave out a part of a name more often than they mistype a character.
         */
        private static int distance(String from, String to) {
            int[] previous = new int[to.length() + 1];
            Arrays.setAll(previous, column -> column);
            for (int row = 1; row <= from.length(); row++) {
                int[] current = new int[previous.length];
                current[0] = row;
                for (int column = 1; column < current.length; column++) {
                    boolean sameCharacter = from.charAt(row - 1) == to.charAt(column - 1);
                    current[column] =
                            sameCharacter ? previous[column - 1] : 1 + Math.min(previous[column], current[column - 1]);
                }
                previous = current;
            }
            return previous[to.length()];
        }
    }
}
