package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import java.util.Arrays;
import java.util.Comparator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A key to create at the start, as in {@code --key alias/release=RSA_4096} or
 * {@code alias/box=RSA_2048:ENCRYPT_DECRYPT}.
 */
record KeyOption(String alias, KeySpec spec, KeyUsage usage) {

    void createIn(KmsEmulator emulator) {
        emulator.createKey(spec.name(), usage.name(), alias);
    }

    /** Reads the option. */
    static final class Converter implements ITypeConverter<KeyOption> {
        // the pattern of the KMS API model, without the colon and the reserved prefix, which KMS refuses
        private static final String ALIAS = "alias/(?!aws/)[a-zA-Z0-9/_-]{1,250}";

        @Override
        public KeyOption convert(String value) {
            String[] parts = value.split("=", 2);
            if (parts.length < 2 || !parts[0].matches(ALIAS)) {
                throw new TypeConversionException("'" + value + "' is not alias/NAME=KEY_SPEC[:KEY_USAGE]");
            }
            String[] purpose = parts[1].split(":", 2);
            KeySpec spec = spec(purpose[0]);
            return new KeyOption(parts[0], spec, purpose.length == 1 ? spec.defaultUsage() : usage(spec, purpose[1]));
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
         * Returns how many letters must be added or removed to turn one text into the other. People leave out parts of
         * a name more often than they mistype them.
         */
        private static int distance(String one, String other) {
            int[] above = new int[other.length() + 1];
            Arrays.setAll(above, column -> column);
            for (int row = 1; row <= one.length(); row++) {
                int[] line = new int[above.length];
                line[0] = row;
                for (int column = 1; column < line.length; column++) {
                    boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                    line[column] = same ? above[column - 1] : 1 + Math.min(above[column], line[column - 1]);
                }
                above = line;
            }
            return above[other.length()];
        }
    }
}
