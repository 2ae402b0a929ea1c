package io.github.kmsjca.emulator;

import java.util.regex.Pattern;

/** The rule for the names of aliases that {@link KmsEmulator} and the option {@code --key} create. */
final class AliasName {
    static final String RULE = "NAME has 1 to 250 letters, digits, '/', '_' and '-', and does not begin with aws/";

    // the KMS API model also allows colons and the prefix alias/aws/, but KMS refuses both
    private static final Pattern VALID = Pattern.compile("alias/(?!aws/)[a-zA-Z0-9/_-]{1,250}");

    private AliasName() {}

    static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    /**
     * Checks the name of an alias.
     *
     * @throws IllegalArgumentException if KMS would refuse the name
     */
    static void require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("'" + name + "' is not alias/NAME; " + RULE);
        }
    }
}
