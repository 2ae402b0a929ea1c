package io.github.kmsjca.internal.client.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy, and where it is configured. This class finds the proxy itself, because the AWS SDK would use the proxy
 * from {@code HTTP_PROXY} for https endpoints, and ignore {@code HTTPS_PROXY}.
 *
 * @param host the host name or address; an IPv6 address is in brackets
 * @param port the port
 * @param login the login; empty if there is none
 * @param source where the proxy is configured
 */
public record HttpProxy(String host, int port, Optional<Login> login, Source source) {
    /**
     * The login at a proxy.
     *
     * @param user the user name
     * @param password the password, or an empty text
     */
    record Login(String user, String password) {
        private static Optional<Login> of(@Nullable String user, @Nullable String password) {
            return Optional.ofNullable(user).map(name -> new Login(name, Objects.requireNonNullElse(password, "")));
        }

        /** Returns a text without the login. */
        @Override
        public String toString() {
            return "(login)";
        }
    }

    /**
     * Where a proxy is configured.
     *
     * @param proxy the name of the setting, such as {@code environment variable HTTPS_PROXY}
     * @param login the name of the setting with user and password
     */
    public record Source(String proxy, String login) {}

    /** The port of http. Also the default port of a proxy in a variable, as in Go and Python. */
    private static final int HTTP_PORT = 80;

    private static final int HTTPS_PORT = 443;
    private static final int LARGEST_PORT = 65_535;

    /** A host name or an address. {@link URI} does not accept underscores, which names in container networks have. */
    private static final String HOST = "[\\p{Alnum}._-]+|\\[[\\p{XDigit}:.]+]";

    /** A user name or password in a URL, where special characters are encoded (RFC 3986 §3.2.1). */
    private static final String LOGIN = "(?:[^:@/?#%\\s\\[\\]]++|%\\p{XDigit}{2})*+";

    private static final Pattern URL = Pattern.compile("(?:(?i:http)://)?(?:(?<user>" + LOGIN + ")(?::(?<password>(?:"
            + LOGIN + ":)*+" + LOGIN + "))?@)?(?<host>" + HOST + ")(?::(?<port>[0-9]{1,5}))?/?");

    /**
     * Returns the proxy for an endpoint, from the system properties {@code https.proxyHost} and so on, or else from the
     * environment variables {@code HTTPS_PROXY} and {@code NO_PROXY}, in upper or lower case. For an http endpoint, the
     * names begin with {@code http} instead of {@code https}. Returns an empty result if requests go directly to the
     * endpoint. Requests to this machine always go directly, unless {@code http.nonProxyHosts} is set to an empty text.
     *
     * @throws BadProxyException if a variable or property is not valid
     */
    static Optional<HttpProxy> of(URI endpoint) {
        return of(endpoint, System::getProperty, System::getenv);
    }

    static Optional<HttpProxy> of(
            URI endpoint, Function<String, @Nullable String> property, Function<String, @Nullable String> variable) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        String direct = property.apply("http.nonProxyHosts");
        // without the property, requests to this machine go directly, but not if the property is set to an empty text
        if (DirectHosts.isInProperty(host, direct == null ? "localhost" : direct)) {
            return Optional.empty();
        }
        Optional<HttpProxy> ofProperties = ofProperties(scheme, property);
        return ofProperties.isPresent()
                ? ofProperties
                : ofVariables(scheme, variable, list -> DirectHosts.isInVariable(host, portOf(endpoint), list));
    }

    private static int portOf(URI endpoint) {
        return endpoint.getPort() < 0 ? standardPort(endpoint.getScheme()) : endpoint.getPort();
    }

    private static int standardPort(String scheme) {
        return "https".equalsIgnoreCase(scheme) ? HTTPS_PORT : HTTP_PORT;
    }

    private static Optional<HttpProxy> ofProperties(String scheme, Function<String, @Nullable String> property) {
        String hostName = scheme + ".proxyHost";
        String host = property.apply(hostName);
        if (host == null || host.isEmpty()) {
            return Optional.empty();
        }
        String portText = property.apply(scheme + ".proxyPort");
        return Optional.of(new HttpProxy(
                requireHost(host, scheme),
                portText == null || portText.isEmpty()
                        ? standardPort(scheme)
                        : requirePort(portText, scheme + ".proxyPort"),
                Login.of(property.apply(scheme + ".proxyUser"), property.apply(scheme + ".proxyPassword")),
                new Source(
                        "system property " + hostName,
                        "system properties " + scheme + ".proxyUser and " + scheme + ".proxyPassword")));
    }

    private static String requireHost(String text, String scheme) {
        boolean isIpv6 = text.contains(":") && !text.startsWith("[");
        String host = isIpv6 ? "[" + text + "]" : text;
        if (!host.matches(HOST)) {
            throw new BadProxyException("the system property " + scheme
                    + ".proxyHost is not a host name; write the port into " + scheme + ".proxyPort, and the login into "
                    + scheme + ".proxyUser and " + scheme + ".proxyPassword");
        }
        return host;
    }

    private static int requirePort(String text, String property) {
        return parsePort(text)
                .orElseThrow(() -> new BadProxyException("the system property " + property
                        + " is not a port number; write a number from 1 to " + LARGEST_PORT));
    }

    private static Optional<HttpProxy> ofVariables(
            String scheme, Function<String, @Nullable String> variable, Predicate<String> isDirect) {
        Optional<Variable> proxy = Variable.find(scheme + "_proxy", variable);
        Optional<Variable> direct = Variable.find("no_proxy", variable);
        return direct.isPresent() && isDirect.test(direct.get().value)
                ? Optional.empty()
                : proxy.map(Variable::toProxy);
    }

    /** An environment variable that is not empty. */
    private record Variable(String name, String value) {
        /**
         * Returns the variable with the given name. If that variable is not set or empty, returns the variable with the
         * name in upper case, as curl does.
         */
        static Optional<Variable> find(String name, Function<String, @Nullable String> variable) {
            return exactly(name, variable).or(() -> exactly(name.toUpperCase(Locale.ROOT), variable));
        }

        private static Optional<Variable> exactly(String name, Function<String, @Nullable String> variable) {
            return Optional.ofNullable(variable.apply(name))
                    .filter(value -> !value.isEmpty())
                    .map(value -> new Variable(name, value));
        }

        /** Returns the proxy. The value of the variable may have no scheme, as in {@code HOST:PORT}. */
        HttpProxy toProxy() {
            return parse().orElseThrow(() -> new BadProxyException("the environment variable " + name
                    + " is not the URL of an HTTP proxy such as http://proxy.example:3128; in a login, encode special"
                    + " characters, such as @ as %40"));
        }

        private Optional<HttpProxy> parse() {
            Matcher url = URL.matcher(value);
            if (!url.matches()) {
                return Optional.empty();
            }
            String source = "environment variable " + name;
            return parsePort(Objects.requireNonNullElse(url.group("port"), String.valueOf(HTTP_PORT)))
                    .map(port -> new HttpProxy(
                            url.group("host"),
                            port,
                            Login.of(decode(url.group("user")), decode(url.group("password"))),
                            new Source(source, source)));
        }

        /**
         * Decodes a user name or password from a URL; null for null. In this part of a URL, a plus sign is not a space.
         */
        private static @Nullable String decode(@Nullable String text) {
            return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }

    private static Optional<Integer> parsePort(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port > 0 && port <= LARGEST_PORT);
    }

    /** Returns the host and port, and where they are configured. */
    public String describe() {
        return this + " of the " + source.proxy;
    }

    /** Returns the host and port, without user and password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
