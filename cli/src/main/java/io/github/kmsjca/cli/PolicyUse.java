package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import java.util.List;
import java.util.Optional;

/** The uses of KMS, and the IAM actions that each needs. A test compares {@code docs/iam.md} with these rows. */
enum PolicyUse {
    SIGN("sign", "sign with a keystore file", List.of(), List.of("Sign")),
    NAME(
            "name",
            "sign with keys named by id, ARN or alias, in Java or with -keystore NONE; create a first certificate",
            List.of(),
            List.of("GetPublicKey", "Sign")),
    LIST("list", "list all keys, with -keystore NONE", List.of("ListAliases"), List.of()),
    READ_TAGS(
            "read-tags",
            "read certificates from the tags of keys (certificate-tags=read)",
            List.of(),
            List.of("ListResourceTags")),
    WRITE_TAGS(
            "write-tags",
            "write certificates to the tags of keys (certificate-tags=write)",
            List.of(),
            List.of("ListResourceTags", "TagResource", "UntagResource")),
    VERIFY("verify", "verify with verify=kms", List.of(), List.of("GetPublicKey", "Verify")),
    DECRYPT("decrypt", "Cipher: decrypt and unwrap", List.of(), List.of("Decrypt", "GetPublicKey")),
    ENCRYPT("encrypt", "Cipher: encrypt and wrap with encrypt=kms", List.of(), List.of("Encrypt", "GetPublicKey")),
    AGREE("agree", "KeyAgreement", List.of(), List.of("DeriveSharedSecret", "GetPublicKey")),
    DECAPSULATE("decapsulate", "KEM: decapsulate", List.of(), List.of("Decapsulate", "GetPublicKey")),
    ENCAPSULATE("encapsulate", "KEM: encapsulate with encrypt=kms", List.of(), List.of("Encapsulate", "GetPublicKey")),
    // the provider calls GetPublicKey first, and learns from the failure that the key is not a key pair
    MAC(
            "mac",
            "Mac, and verification with KmsSecretKey",
            List.of(),
            List.of("DescribeKey", "GenerateMac", "GetPublicKey", "VerifyMac")),
    CREATE(
            "create",
            "create keys and their aliases, with create=true or KmsKeyGenParameterSpec",
            List.of("CreateAlias", "CreateKey", "DescribeKey", "GetPublicKey", "ScheduleKeyDeletion", "TagResource"),
            List.of()),
    RANDOM("random", "random numbers from KMS in Java", List.of("GenerateRandom"), List.of()),
    CHECK(
            "check",
            "the command check, for signing keys; for other keys add their use, as in --for check,decrypt",
            List.of(),
            List.of("DescribeKey", "GetPublicKey", "Sign"));

    private final String text;
    private final String meaning;

    // List.of creates it, so it is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> forAllResources;

    // List.of creates it, so it is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> forGivenKeys;

    PolicyUse(String text, String meaning, List<String> forAllResources, List<String> forGivenKeys) {
        this.text = text;
        this.meaning = meaning;
        this.forAllResources = forAllResources;
        this.forGivenKeys = forGivenKeys;
    }

    /** Returns the use that keys with the given usage are made for. */
    static PolicyUse of(KeyUsage usage) {
        return switch (usage) {
            case SIGN_VERIFY -> SIGN;
            case ENCRYPT_DECRYPT -> DECRYPT;
            case KEY_AGREEMENT -> AGREE;
            case ENCAPSULATE_DECAPSULATE -> DECAPSULATE;
            case GENERATE_VERIFY_MAC -> MAC;
        };
    }

    /** Returns the usage that keys must have for this use; empty if every usage fits, or the use needs no key. */
    Optional<KeyUsage> requiredUsage() {
        return switch (this) {
            case SIGN, NAME, VERIFY -> Optional.of(KeyUsage.SIGN_VERIFY);
            case DECRYPT, ENCRYPT -> Optional.of(KeyUsage.ENCRYPT_DECRYPT);
            case AGREE -> Optional.of(KeyUsage.KEY_AGREEMENT);
            case DECAPSULATE, ENCAPSULATE -> Optional.of(KeyUsage.ENCAPSULATE_DECAPSULATE);
            case MAC -> Optional.of(KeyUsage.GENERATE_VERIFY_MAC);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return text;
    }

    /** Returns a short description of the use. */
    String meaning() {
        return meaning;
    }

    /**
     * Returns the actions that the policy allows for all resources, because they concern no single key, or a key whose
     * ARN is not known yet. The names are without {@code kms:}.
     */
    List<String> forAllResources() {
        return forAllResources;
    }

    /** Returns the actions that the policy allows for the given keys. The names are without {@code kms:}. */
    List<String> forGivenKeys() {
        return forGivenKeys;
    }
}
