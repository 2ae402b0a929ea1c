package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.wire.ErrorType;

/** The rules for alias names that the pattern in the KMS API model does not contain. */
final class AliasRules {
    private static final String PREFIX = "alias/";

    private AliasRules() {}

    /**
     * Checks an alias name and returns it.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException ValidationException, if the name is malformed;
     *     NotAuthorizedException, if the name is reserved for AWS
     */
    static String requireUsable(String name) {
        if (!name.startsWith(PREFIX)) {
            throw ErrorType.VALIDATION.with("Alias must start with the prefix \"alias/\". Please see"
                    + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        }
        if (name.equals(PREFIX)) {
            throw ErrorType.VALIDATION.with("Invalid identifier");
        }
        if (name.startsWith(PREFIX + "aws/")) {
            throw ErrorType.NOT_AUTHORIZED.withoutMessage();
        }
        if (name.contains(":")) {
            throw ErrorType.VALIDATION.with(name + " contains invalid characters for an alias");
        }
        return name;
    }
}
