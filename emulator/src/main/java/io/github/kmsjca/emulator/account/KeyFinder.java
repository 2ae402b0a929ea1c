package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds keys of one account in one Region. A key identifier has four forms: key id, key ARN, alias name and alias ARN.
 *
 * <p>Identifiers are compared exactly as sent: upper and lower case differ, and blanks are not removed.
 */
public final class KeyFinder {
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");
    private static final String ALIAS_PREFIX = "alias/";
    private static final String KEY_PREFIX = "key/";

    private final Account account;

    /** Creates a finder for an account. */
    public KeyFinder(Account account) {
        this.account = account;
    }

    /**
     * Returns the key for an identifier in any form.
     *
     * @param action the operation, which the message of AccessDeniedException names
     * @throws io.github.kmsjca.emulator.wire.ServiceException NotFoundException, if there is no such key, the key id is
     *     malformed, or the ARN is of another Region; InvalidArnException, if the ARN is malformed or of another
     *     partition or service; AccessDeniedException, if the ARN is of another account
     */
    public KmsKey find(String identifier, String action) {
        String resource = resource(identifier, action);
        return resource.startsWith(ALIAS_PREFIX) ? key(account.alias(resource).targetKeyId()) : key(resource);
    }

    /**
     * Returns the key for a key id or key ARN. Use it for operations that do not accept aliases.
     *
     * @param action the operation, which the message of AccessDeniedException names
     * @throws io.github.kmsjca.emulator.wire.ServiceException as {@link #find}, and InvalidArnException for aliases
     */
    public KmsKey findWithoutAlias(String identifier, String action) {
        String resource = resource(identifier, action);
        if (resource.startsWith(ALIAS_PREFIX)) {
            throw ErrorType.INVALID_ARN.with("Key Aliases are not supported for this operation.");
        }
        return key(resource);
    }

    /** Returns whether an identifier is an alias name or an alias ARN. */
    public static boolean isAlias(String identifier) {
        return identifier.startsWith(ALIAS_PREFIX)
                || (identifier.startsWith("arn:") && identifier.contains(":" + ALIAS_PREFIX));
    }

    private KmsKey key(String keyId) {
        if (!KEY_ID.matcher(keyId).matches()) {
            throw ErrorType.NOT_FOUND.with("Invalid keyId '" + keyId + "'");
        }
        return account.key(keyId);
    }

    /**
     * Returns the alias name or key id in an ARN of this account and Region. Returns an identifier unchanged if it is
     * not an ARN.
     */
    private String resource(String identifier, String action) {
        if (!identifier.startsWith("arn:")) {
            return identifier;
        }
        String[] parts = identifier.split(":", 6);
        if (parts.length < 6 || !parts[2].equals("kms")) {
            throw invalidArn(identifier);
        }
        Location here = account.location();
        if (!parts[3].equals(here.region())) {
            throw ErrorType.NOT_FOUND.with("Invalid arn " + parts[3]);
        }
        if (!parts[1].equals(here.partition())) {
            throw invalidArn(identifier);
        }
        if (!parts[4].equals(here.account())) {
            throw otherAccount(action);
        }
        return aliasNameOrKeyId(parts[5]).orElseThrow(() -> invalidArn(identifier));
    }

    private static Optional<String> aliasNameOrKeyId(String resource) {
        if (resource.startsWith(ALIAS_PREFIX)) {
            return Optional.of(resource);
        }
        return resource.startsWith(KEY_PREFIX)
                ? Optional.of(resource.substring(KEY_PREFIX.length()))
                : Optional.empty();
    }

    private static RuntimeException invalidArn(String identifier) {
        return ErrorType.INVALID_ARN.with("Invalid arn '" + identifier + "'");
    }

    private RuntimeException otherAccount(String action) {
        return ErrorType.ACCESS_DENIED.with("User: arn:" + account.location().partition() + ":iam::"
                + account.location().account() + ":user/test is not authorized to perform: kms:" + action
                + " on this resource because the resource does not exist in this Region, no resource-based policies"
                + " allow access, or a resource-based policy explicitly denies access");
    }
}
