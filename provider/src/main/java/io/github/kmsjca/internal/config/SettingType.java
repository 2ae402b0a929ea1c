package io.github.kmsjca.internal.config;

import io.github.kmsjca.internal.text.ForeignText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The type of a setting: it checks the text that the user wrote, and turns it into a value. */
final class SettingType {
    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_CONNECTIONS = 9999;
    private static final Duration MAX_TIME = Duration.ofHours(1);
    private static final Pattern REGION_NAME = Pattern.compile("[a-z]+(?:-[a-z]+)+-[0-9]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern ALIAS_PATTERN = Pattern.compile("alias/[a-zA-Z0-9:/_*-]{1,250}");

    /** The beginning of a path that is absolute on some operating system. */
    private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\]|[a-zA-Z]:");

    /** At most four digits, which is enough for each maximum. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private static final Pattern TIME = Pattern.compile("([0-9]{1,7})(ms|s|m)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES);

    private static final Map<String, Boolean> SWITCHES = Map.of("true", true, "false", false);

    static final SettingType TEXT = new SettingType(
            "a text of at least one character", true, text -> Optional.of(text).filter(Predicate.not(String::isEmpty)));
    static final SettingType REGION = new SettingType(
            "a Region such as eu-west-1", true, text -> Optional.of(text).filter(SettingType::isRegion));
    static final SettingType REGIONS =
            list("a comma-separated list of Regions such as eu-west-1", SettingType::isRegion);
    static final SettingType ACCOUNTS = list(
            "a comma-separated list of account ids of 12 digits",
            text -> ACCOUNT.matcher(text).matches());
    static final SettingType KEYS = list(
            "a comma-separated list of key ids, ARNs and alias names (alias/NAME, with * for any characters)",
            SettingType::isKeyOrPattern);
    static final SettingType KEY =
            new SettingType("a key id, key ARN, alias name (alias/NAME) or alias ARN", true, KeyId::find);

    /** Error texts never repeat a URL, because it may contain a password by mistake. */
    static final SettingType URL = new SettingType(
            "an http or https URL with a host, without user, query and fragment", false, SettingType::url);

    static final SettingType CERTIFICATES = new SettingType("the path of a file or folder", true, SettingType::path)
            .withFileType(new SettingType(
                    "a relative path inside the folder of the keystore file", true, SettingType::pathInside));
    static final SettingType TIME_SPAN =
            new SettingType("a time from 1ms to 60m such as 500ms, 15s or 2m", true, SettingType::time);
    static final SettingType COUNT =
            new SettingType("a whole number from 1 to " + MAX_ATTEMPTS, true, text -> count(text, MAX_ATTEMPTS));
    static final SettingType CONNECTIONS =
            new SettingType("a whole number from 1 to " + MAX_CONNECTIONS, true, text -> count(text, MAX_CONNECTIONS));
    static final SettingType SWITCH =
            new SettingType("true or false", true, text -> Optional.ofNullable(SWITCHES.get(text)));
    static final SettingType TOKENS = new SettingType(
            "a comma-separated list of tokens without blanks",
            false,
            text -> items(text, item -> item.chars().noneMatch(Character::isWhitespace))
                    .map(GrantTokens::new));

    private final String requirement;
    private final boolean isEchoed;
    private final Function<String, Optional<? extends Object>> parser;
    private final @Nullable SettingType fileType;

    /**
     * Creates a type that is the same in keystore files.
     *
     * @param requirement what the text must be, as a noun for error texts and documents
     * @param isEchoed whether an error text may repeat a refused text
     * @param parser returns the value; empty if the text is not valid
     */
    private SettingType(String requirement, boolean isEchoed, Function<String, Optional<? extends Object>> parser) {
        this(requirement, isEchoed, parser, null);
    }

    private SettingType(
            String requirement,
            boolean isEchoed,
            Function<String, Optional<? extends Object>> parser,
            @Nullable SettingType fileType) {
        this.requirement = requirement;
        this.isEchoed = isEchoed;
        this.parser = parser;
        this.fileType = fileType;
    }

    /** Returns this type, but with a narrower type for keystore files. */
    SettingType withFileType(SettingType narrower) {
        return new SettingType(requirement, isEchoed, parser, narrower);
    }

    /** Returns the type of this setting in a keystore file. */
    SettingType fileType() {
        return fileType == null ? this : fileType;
    }

    /** Returns the type whose values are the constants of an enum, written in lower case. */
    static <E extends Enum<E>> SettingType choice(Class<E> values) {
        return choice(List.of(values.getEnumConstants()));
    }

    /** Returns the type whose values are some constants of an enum, written in lower case. */
    static <E extends Enum<E>> SettingType choice(List<E> constants) {
        String requirement = constants.stream().map(SettingType::word).collect(Collectors.joining(", ", "one of ", ""));
        return new SettingType(
                requirement,
                true,
                text -> constants.stream()
                        .filter(constant -> word(constant).equals(text))
                        .findFirst());
    }

    private static SettingType list(String requirement, Predicate<String> accepted) {
        return new SettingType(requirement, true, text -> items(text, accepted).map(Items::new));
    }

    /** Returns what the text must be, as a noun for error texts and documents. */
    String requirement() {
        return requirement;
    }

    /** Returns whether an error text may repeat a refused text. */
    boolean isEchoed() {
        return isEchoed;
    }

    /** Returns the value that a text stands for; empty if the text is not valid. */
    Optional<? extends Object> parse(String text) {
        return parser.apply(text);
    }

    /** Returns a value as users write it. Does not show grant tokens. */
    static String describe(Object value) {
        if (value instanceof Enum<?> constant) {
            return word(constant);
        }
        return value instanceof Duration time ? describe(time) : value.toString();
    }

    private static String describe(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the items of a list, without blanks around them. An empty text is a list without items. */
    private static Optional<List<String>> items(String text, Predicate<String> accepted) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return Optional.of(items)
                .filter(list -> list.stream().allMatch(item -> !item.isEmpty() && accepted.test(item)));
    }

    private static boolean isRegion(String text) {
        return REGION_NAME.matcher(text).matches();
    }

    private static boolean isKeyOrPattern(String text) {
        return ALIAS_PATTERN.matcher(text).matches() || KeyId.isIdentifier(text);
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean isBare = Stream.of(uri.getUserInfo(), uri.getQuery(), uri.getFragment())
                    .allMatch(part -> part == null);
            boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return Optional.of(uri).filter(url -> isBare && isWeb && url.getHost() != null);
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    private static Optional<CertificatePath> path(String text) {
        try {
            return Optional.of(Path.of(text)).filter(path -> !text.isEmpty()).map(CertificatePath::anywhere);
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    /**
     * Returns a relative path inside the folder of the keystore file. Refuses control characters and other text that
     * {@link ForeignText#of} would change. Also refuses paths that are absolute on any operating system, because the
     * file may be used later on another operating system.
     */
    private static Optional<CertificatePath> pathInside(String text) {
        return path(text)
                .filter(path -> ForeignText.of(text).equals(text)
                        && !ABSOLUTE.matcher(text).lookingAt()
                        && path.path().getRoot() == null
                        && !path.path().normalize().startsWith(".."));
    }

    private static Optional<Duration> time(String text) {
        Matcher match = TIME.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        Duration time = Duration.of(Long.parseLong(match.group(1)), UNITS.get(match.group(2)));
        return Optional.of(time).filter(span -> !span.isZero() && span.compareTo(MAX_TIME) <= 0);
    }

    private static Optional<Integer> count(String text, int max) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(Integer.parseInt(text)).filter(count -> count >= 1 && count <= max)
                : Optional.empty();
    }

    /** The items of a list setting. */
    record Items(List<String> texts) {
        @Override
        public String toString() {
            return String.join(",", texts);
        }
    }

    /** The grant tokens. They are secret, so the text form shows only their number. */
    record GrantTokens(List<String> texts) {
        @Override
        public String toString() {
            return "(" + texts.size() + " hidden)";
        }
    }
}
