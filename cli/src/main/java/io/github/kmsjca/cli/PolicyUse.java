package io.github.kmsjca.cli;

import java.util.Arrays;
import java.util.List;

/** What callers do with keys, and the actions of IAM that each needs; {@code docs/iam.md} is compared with these rows. */
enum PolicyUse {
    SIGN("sign", "sign with a keystore file", List.of(), List.of("Sign")),
    NAME(
            "name",
            "first certificate; keys named by id, ARN or alias, in Java or with -keystore NONE",
            List.of(),
            List.of("GetPublicKey", "Sign")),
    LIST("list", "list what there is, with -keystore NONE", List.of("ListAliases"), List.of()),
    READ_TAGS(
            "read-tags",
            "use certificates in the tags of keys (certificate-tags=read)",
            List.of(),
            List.of("ListResourceTags")),
    WRITE_TAGS(
            "write-tags",
            "keep certificates there (certificate-tags=write)",
            List.of(),
            List.of("ListResourceTags", "TagResource", "UntagResource")),
    VERIFY("verify", "verify with verify=kms", List.of(), List.of("Verify")),
    DECRYPT("decrypt", "Cipher: decrypt and unwrap", List.of(), List.of("Decrypt", "GetPublicKey")),
    ENCRYPT("encrypt", "Cipher: encrypt and wrap with encrypt=kms", List.of(), List.of("Encrypt", "GetPublicKey")),
    AGREE("agree", "KeyAgreement", List.of(), List.of("DeriveSharedSecret", "GetPublicKey")),
    DECAPSULATE("decapsulate", "KEM: decapsulate", List.of(), List.of("Decapsulate", "GetPublicKey")),
    ENCAPSULATE("encapsulate", "KEM: encapsulate with encrypt=kms", List.of(), List.of("Encapsulate", "GetPublicKey")),
    MAC(
            "mac",
            "Mac, and verification by KmsSecretKey",
            List.of(),
            List.of("DescribeKey", "GenerateMac", "GetPublicKey", "VerifyMac")),
    CREATE(
            "create",
            "make keys with create=true or KmsKeyGenParameterSpec, and their aliases",
            List.of("CreateAlias", "CreateKey", "DescribeKey", "GetPublicKey", "ScheduleKeyDeletion", "TagResource"),
            List.of()),
    RANDOM("random", "random numbers of KMS in Java", List.of("GenerateRandom"), List.of()),
    CHECK(
            "check",
            "all that the command check asks of a key",
            List.of(),
            List.of("DescribeKey", "GetPublicKey", "Sign"));

    private final String text;
    private final String meaning;

    // made by List.of, which is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> ofAccount;

    // made by List.of, which is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> ofKey;

    PolicyUse(String text, String meaning, List<String> ofAccount, List<String> ofKey) {
        this.text = text;
        this.meaning = meaning;
        this.ofAccount = ofAccount;
        this.ofKey = ofKey;
    }

    static PolicyUse named(String text) {
        return Arrays.stream(values())
                .filter(use -> use.text.equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    /** Returns what users call it. */
    @Override
    public String toString() {
        return text;
    }

    /** Returns what the use is, in a few words. */
    String meaning() {
        return meaning;
    }

    /** Returns the actions for which there is no key to name, without {@code kms:}. */
    List<String> ofAccount() {
        return ofAccount;
    }

    /** Returns the actions on a key, without {@code kms:}. */
    List<String> ofKey() {
        return ofKey;
    }
}
