package io.github.kmsjca.internal.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings, one row each; {@code docs/settings.md} is compared with these rows by a test. */
public enum Setting {
    REGION(
            "region",
            SettingScope.FILE,
            SettingType.REGION,
            "",
            "Region of the calls; without it the SDK's own chain decides"),
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
            "URL of the service; without it the SDK's own chain decides"),
    KEYS(
            "keys",
            SettingScope.DISCOVERY,
            SettingType.KEYS,
            "",
            "keys that discovery offers; without it all aliases of the customer"),
    KEY(
            Setting.FAMILY + "<alias>",
            SettingScope.DISCOVERY,
            SettingType.KEY,
            "",
            "a name of one's own for a key; any number of them"),
    CERTIFICATES(
            "certificates",
            SettingScope.FILE,
            SettingType.CERTIFICATES,
            "",
            "file (PEM, DER, PKCS#7, PKCS#12) or folder of them with the chains of keys that have none in a keystore file"),
    CERTIFICATE_TAGS(
            "certificate-tags",
            SettingScope.FILE,
            SettingType.choice(CertificateTagMode.class)
                    .inFile(SettingType.choice(List.of(CertificateTagMode.IGNORE, CertificateTagMode.READ))),
            "ignore",
            "certificates kept with the key itself, in its tags: `read` uses them, `write` also keeps there what is"
                    + " changed in a KeyStore without file (not in a keystore file)"),
    VERIFY(
            "verify",
            SettingScope.STORE,
            SettingType.choice(VerifyMode.class),
            "local",
            "`local`: with the public key, no call; `kms`: by KMS Verify, which leaves an audit event"),
    ENCRYPT(
            "encrypt",
            SettingScope.STORE,
            SettingType.choice(EncryptMode.class),
            "local",
            "`local`: with the public key, no call; `kms`: by KMS Encrypt and Encapsulate, which leave an audit event"),
    MESSAGE(
            "message",
            SettingScope.FILE,
            SettingType.choice(MessageMode.class),
            "digest",
            "`raw` sends messages of up to 4,096 bytes whole, for policies that demand `kms:MessageType` RAW"),
    ECDSA(
            "ecdsa",
            SettingScope.FILE,
            SettingType.choice(EcdsaMode.class),
            "fit",
            "`fit`: any digest on any curve; `strict`: only the pairs of KMS"),
    VERIFY_AFTER_SIGN(
            "verify-after-sign",
            SettingScope.STRICTER_IN_FILE,
            SettingType.choice(VerifyAfterSign.class),
            "first",
            "which signatures of a key handle are checked locally before they are returned"),
    REGIONS(
            "regions",
            SettingScope.FILE,
            SettingType.REGIONS,
            "",
            "replica Regions for `mrk-` keys, in order of preference"),
    ACCOUNTS(
            "accounts",
            SettingScope.STORE,
            SettingType.ACCOUNTS,
            "",
            "the only accounts that key ARNs in keystore files may name; without it any"),
    ALLOWED_REGIONS(
            "allowed-regions",
            SettingScope.STORE,
            SettingType.REGIONS,
            "",
            "the only Regions that keystore files may name, in settings and in key ARNs; without it any"),
    CALL_TIMEOUT(
            "call-timeout",
            SettingScope.STRICTER_IN_FILE,
            SettingType.TIME_SPAN,
            "15s",
            "limit of one operation with all its attempts"),
    ATTEMPT_TIMEOUT(
            "attempt-timeout",
            SettingScope.STRICTER_IN_FILE,
            SettingType.TIME_SPAN,
            "5s",
            "limit of one attempt; not longer than `call-timeout`, which cuts the default"),
    ATTEMPTS(
            "attempts",
            SettingScope.STRICTER_IN_FILE,
            SettingType.COUNT,
            "4",
            "attempts of one operation, the first included"),
    ADOPT(
            "adopt",
            SettingScope.PROVIDER,
            SettingType.KEY,
            "",
            "existing KMS key that a KeyPairGenerator hands out instead of creating one"),
    CREATE(
            "create",
            SettingScope.PROVIDER,
            SettingType.SWITCH,
            "false",
            "whether key generators may create keys in KMS"),
    SERVICES(
            "services",
            SettingScope.PROVIDER,
            SettingType.choice(Services.class),
            "all",
            "`signatures` leaves out the services that Oracle's JDK takes from signed providers only: Cipher, KeyAgreement,"
                    + " KeyGenerator, KEM, Mac"),
    GRANT_TOKENS(
            "grant-tokens",
            SettingScope.STORE,
            SettingType.TOKENS,
            "",
            "grant tokens, sent with every call that takes them");

    /** What the names of the one family begin with. */
    static final String FAMILY = "key.";

    /** Those that say how clients of the SDK are built, and do nothing for clients that a program has built itself. */
    static final Set<Setting> OF_CLIENTS = Set.of(PROFILE, ENDPOINT, CALL_TIMEOUT, ATTEMPT_TIMEOUT, ATTEMPTS);

    private static final Map<String, Setting> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Setting::text, Function.identity()));

    private final String text;
    private final SettingScope scope;

    // the functions inside a type are stateless, which Error Prone cannot see
    @SuppressWarnings("ImmutableEnumChecker")
    private final SettingType type;

    private final String defaultText;
    private final String meaning;

    Setting(String text, SettingScope scope, SettingType type, String defaultText, String meaning) {
        this.text = text;
        this.scope = scope;
        this.type = type;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** Returns the setting of that name, the family for {@code key.<alias>}; empty for an unknown name. */
    static Optional<Setting> named(String name) {
        boolean member = name.startsWith(FAMILY) && name.length() > FAMILY.length();
        return member ? Optional.of(KEY) : Optional.ofNullable(BY_NAME.get(name));
    }

    /** Returns all names, in the order of the rows. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Setting::text).toList();
    }

    /** Returns the name as users write it. */
    String text() {
        return text;
    }

    SettingScope scope() {
        return scope;
    }

    SettingType type() {
        return type;
    }

    /** Returns the text of the default; empty if there is none. */
    String defaultText() {
        return defaultText;
    }

    /** Returns what the setting does, in Markdown. */
    String meaning() {
        return meaning;
    }

    /** Returns the name of the environment variable. */
    String variable() {
        return SettingSource.VARIABLE_PREFIX + text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
