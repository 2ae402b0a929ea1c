package io.github.kmsjca.internal.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings, one row each. A test compares {@code docs/settings.md} with these rows. */
public enum Setting {
    REGION(
            "region",
            SettingScope.FILE,
            SettingType.REGION,
            "",
            "Region of the KMS calls; if not set, the SDK's default chain determines it"),
    PROFILE(
            "profile",
            SettingScope.STORE,
            SettingType.TEXT,
            "",
            "profile of the AWS configuration files, as in the SDK"),
    ENDPOINT(
            "endpoint",
            SettingScope.STORE,
            SettingType.URL,
            "",
            "URL of KMS; if not set, the SDK's default chain determines it"),
    KEYS(
            "keys",
            SettingScope.DISCOVERY,
            SettingType.KEYS,
            "",
            "keys that discovery lists; if neither this nor `key.<alias>` is set, all aliases except those of AWS"
                    + " services"),
    KEY(
            Setting.KEY_PREFIX + "<alias>",
            SettingScope.DISCOVERY,
            SettingType.KEY,
            "",
            "your own name for a key; you can set any number of them"),
    CERTIFICATES(
            "certificates",
            SettingScope.FILE,
            SettingType.CERTIFICATES,
            "",
            "file (PEM, DER, PKCS #7, PKCS #12, JKS), or folder of such files, with certificates for keys that have"
                    + " none in a keystore file"),
    CERTIFICATE_TAGS(
            "certificate-tags",
            SettingScope.FILE,
            SettingType.choice(CertificateTagMode.class)
                    .withFileType(SettingType.choice(List.of(CertificateTagMode.IGNORE, CertificateTagMode.READ))),
            "ignore",
            "certificates in the tags of the KMS key: `read` uses them; `write` also saves certificate changes in"
                    + " the tags if the KeyStore has no file. A keystore file cannot contain `write`"),
    VERIFY(
            "verify",
            SettingScope.STORE,
            SettingType.choice(VerifyMode.class),
            "local",
            "where signatures are verified: `local` means in this JVM, with the public key and without a call; `kms`"
                    + " means with KMS Verify, which leaves an audit event"),
    ENCRYPT(
            "encrypt",
            SettingScope.STORE,
            SettingType.choice(EncryptMode.class),
            "local",
            "where public keys encrypt: `local` means in this JVM, without a call; `kms` means with KMS Encrypt or"
                    + " Encapsulate, which leaves an audit event"),
    MESSAGE(
            "message",
            SettingScope.FILE,
            SettingType.choice(MessageMode.class),
            "digest",
            "what KMS gets to sign: `digest` means the digest of the message; `raw` means the message itself, which"
                    + " must not be longer than 4,096 bytes, for policies that require `kms:MessageType` RAW"),
    ECDSA(
            "ecdsa",
            SettingScope.FILE,
            SettingType.choice(EcdsaMode.class),
            "fit",
            "digests for ECDSA: `fit` allows any digest with any curve; `strict` allows only the digest that KMS pairs"
                    + " with the curve"),
    VERIFY_AFTER_SIGN(
            "verify-after-sign",
            SettingScope.STRICTER_IN_FILE,
            SettingType.choice(VerifyAfterSign.class),
            "always",
            "which signatures are verified locally before they are returned: every one, the first of each key handle,"
                    + " algorithm and message type, or none"),
    REGIONS(
            "regions",
            SettingScope.FILE,
            SettingType.REGIONS,
            "",
            "Regions to use for `mrk-` keys, in order of preference; name all of them, also the one in the key's ARN"),
    ACCOUNTS(
            "accounts",
            SettingScope.STORE,
            SettingType.ACCOUNTS,
            "",
            "the only accounts that ARNs in keystore files may name; if not set, any account"),
    ALLOWED_REGIONS(
            "allowed-regions",
            SettingScope.STORE,
            SettingType.REGIONS,
            "",
            "the only Regions that keystore files may name, in settings and in ARNs; if not set, any Region"),
    CALL_TIMEOUT(
            "call-timeout",
            SettingScope.STRICTER_IN_FILE,
            SettingType.TIME_SPAN,
            "15s",
            "time limit of one operation with all its attempts"),
    ATTEMPT_TIMEOUT(
            "attempt-timeout",
            SettingScope.STRICTER_IN_FILE,
            SettingType.TIME_SPAN,
            "5s",
            "time limit of one attempt; must not be longer than `call-timeout`. If you do not set it, it is 5s or"
                    + " `call-timeout`, whichever is shorter"),
    ATTEMPTS(
            "attempts",
            SettingScope.STRICTER_IN_FILE,
            SettingType.COUNT,
            "4",
            "number of attempts of one operation, including the first"),
    SPREAD(
            "spread",
            SettingScope.STORE,
            SettingType.SWITCH,
            "false",
            "whether requests for `mrk-` keys are shared among `regions`, which multiplies the request quota"),
    MAX_CONNECTIONS(
            "max-connections",
            SettingScope.STORE,
            SettingType.CONNECTIONS,
            "256",
            "maximum number of connections to each Region. The wait for a connection is not part of an attempt"),
    ADOPT(
            "adopt",
            SettingScope.PROVIDER,
            SettingType.KEY,
            "",
            "existing KMS key that a KeyPairGenerator returns instead of creating one"),
    CREATE(
            "create",
            SettingScope.PROVIDER,
            SettingType.SWITCH,
            "false",
            "whether key generators may create KMS keys for programs that pass no `KmsKeyGenParameterSpec`"),
    SERVICES(
            "services",
            SettingScope.PROVIDER,
            SettingType.choice(Services.class),
            "all",
            "services of the provider: `signatures` leaves out those that Oracle's JDK accepts only from signed"
                    + " providers (Cipher, KeyAgreement, KeyGenerator, KEM, Mac)"),
    GRANT_TOKENS(
            "grant-tokens",
            SettingScope.STORE,
            SettingType.TOKENS,
            "",
            "grant tokens, sent with every operation that accepts them");

    /** The prefix of the settings {@code key.<alias>}. */
    static final String KEY_PREFIX = "key.";

    /** The settings that have no effect if a program uses SDK clients that it has built itself. */
    static final Set<Setting> FOR_CLIENTS =
            Set.of(PROFILE, ENDPOINT, CALL_TIMEOUT, ATTEMPT_TIMEOUT, ATTEMPTS, MAX_CONNECTIONS);

    /** The sources of {@link #KEY}: those of {@link SettingScope#DISCOVERY} without the environment. */
    private static final String SOURCES_OF_KEY =
            "provider argument, system property, or the load parameter of a KeyStore without a file";

    private static final Map<String, Setting> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Setting::settingName, Function.identity()));

    private final String settingName;
    private final SettingScope scope;

    // the functions inside a type are stateless, which Error Prone cannot see
    @SuppressWarnings("ImmutableEnumChecker")
    private final SettingType type;

    private final String defaultText;
    private final String meaning;

    /**
     * Makes a row.
     *
     * @param defaultText the default as users write it; empty if there is none
     * @param meaning what the setting does, in Markdown, for {@code docs/settings.md}
     */
    Setting(String settingName, SettingScope scope, SettingType type, String defaultText, String meaning) {
        this.settingName = settingName;
        this.scope = scope;
        this.type = type;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /**
     * Returns the setting with the given name; empty for an unknown name. For {@code key.<alias>} with any alias, the
     * setting is {@link #KEY}.
     */
    static Optional<Setting> named(String name) {
        boolean isKey = name.startsWith(KEY_PREFIX) && name.length() > KEY_PREFIX.length();
        return isKey ? Optional.of(KEY) : Optional.ofNullable(BY_NAME.get(name));
    }

    /** Returns the names of all settings except {@code key.<alias>}, in the order of the rows. */
    public static List<String> fixedNames() {
        return names().stream().filter(name -> !name.startsWith(KEY_PREFIX)).toList();
    }

    /** Returns the names of all settings, including {@code key.<alias>}, in the order of the rows. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Setting::settingName).toList();
    }

    /** Returns the name as users write it. */
    String settingName() {
        return settingName;
    }

    SettingScope scope() {
        return scope;
    }

    /** Returns which sources may contain the setting, for documents and error texts. */
    String sources() {
        return this == KEY ? SOURCES_OF_KEY : scope.sources();
    }

    SettingType type() {
        return type;
    }

    /** Returns the default as users write it; empty if there is none. */
    String defaultText() {
        return defaultText;
    }

    /** Returns what the setting does, in Markdown. */
    String meaning() {
        return meaning;
    }

    /** Returns the name of the environment variable. Do not ask {@link #KEY}, which has none. */
    String variable() {
        return SettingSource.VARIABLE_PREFIX
                + settingName.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
