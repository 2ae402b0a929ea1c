package io.github.kmsjca.internal.client.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy. The AWS SDK would use the proxy of {@code HTTP_PROXY} for https endpoints, and ignore {@code
 * HTTPS_PROXY}.
 *
 * @param host the host name or address; an IPv6 address is in brackets
 * @param port the port
 * @param user the user name; null if there is none
 * @param password the password; null if there is none
 * @param source where it is configured
 */
public record HttpProxy(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        Source source) {
    /**
     * Where a proxy is configured.
     *
     * @param proxy the name of the setting, such as {@code environment variable HTTPS_PROXY}
     * @param login the name of the setting with user and password
     */
    public record Source(String proxy, String login) {}

    /** The default port of a proxy in a variable, as in Go and Python. */
    private static final int HTTP_PORT = 80;

    private static final int HTTPS_PORT = 443;
    private static final int LARGEST_PORT = 65_535;

    /**
     * Returns the proxy for an endpoint, from the system properties {@code https.proxyHost} and so on, or else from the
     * environment variables {@code HTTPS_PROXY} and {@code NO_PROXY}, in either spelling. For an http endpoint, the
     * names begin with {@code http} instead. Returns an empty result if requests go directly to the endpoint. All
     * requests to this machine do, unless {@code http.nonProxyHosts} is set to an empty text.
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
        if (DirectHosts.isInProperty(host, direct == null ? "localhost" : direct)) {
            return Optional.empty();
        }
        Optional<HttpProxy> ofProperties = ofProperties(scheme, property);
        return ofProperties.isPresent()
                ? ofProperties
                : ofVariables(scheme, variable, list -> DirectHosts.isInVariable(host, portOf(endpoint), list));
    }

    private static int portOf(URI url) {
        return url.getPort() < 0 ? standardPort(url.getScheme()) : url.getPort();
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
                requireHost(host, hostName),
                portText == null || portText.isEmpty()
                        ? standardPort(scheme)
                        : requirePort(portText, scheme + ".proxyPort"),
                property.apply(scheme + ".proxyUser"),
                property.apply(scheme + ".proxyPassword"),
                new Source(
                        "system property " + hostName,
                        "system properties " + scheme + ".proxyUser and " + scheme + ".proxyPassword")));
    }

    private static String requireHost(String text, String property) {
        boolean isIpv6 = text.contains(":") && !text.startsWith("[");
        return parse("http://" + (isIpv6 ? "[" + text + "]" : text))
                .filter(url -> url.getRawUserInfo() == null && url.getPort() < 0)
                .orElseThrow(() -> new BadProxyException("the system property " + property
                        + " is not a host name; write port and login into other properties"))
                .getHost();
    }

    private static int requirePort(String text, String property) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port > 0 && port <= LARGEST_PORT)
                .orElseThrow(() -> new BadProxyException("the system property " + property + " is not a port number"));
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
        /** Returns a variable, in lower case if possible, as curl does. */
        static Optional<Variable> find(String name, Function<String, @Nullable String> variable) {
            return find(variable, name).or(() -> find(variable, name.toUpperCase(Locale.ROOT)));
        }

        private static Optional<Variable> find(Function<String, @Nullable String> variable, String name) {
            return Optional.ofNullable(variable.apply(name))
                    .filter(value -> !value.isEmpty())
                    .map(value -> new Variable(name, value));
        }

        /** Returns the proxy, which may be written without scheme, as {@code HOST:PORT}. */
        HttpProxy toProxy() {
            URI url = parse(value.contains("://") ? value : "http://" + value)
                    .orElseThrow(() -> new BadProxyException("the environment variable " + name
                            + " is not the URL of an HTTP proxy such as http://proxy.example:3128; in a login, encode"
                            + " special characters, such as @ as %40"));
            String source = "environment variable " + name;
            String login = url.getRawUserInfo();
            int colon = login == null ? -1 : login.indexOf(':');
            return new HttpProxy(
                    url.getHost(),
                    portOf(url),
                    login == null ? null : decode(colon < 0 ? login : login.substring(0, colon)),
                    login == null || colon < 0 ? null : decode(login.substring(colon + 1)),
                    new Source(source, source));
        }

        /** A plus sign means itself in this part of a URL. */
        private static String decode(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }

    /** Returns the URL of an HTTP proxy; empty if the text is not such a URL. */
    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(url -> "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null)
                    // an unencoded slash, question mark or number sign in a password ends the host too early
                    .filter(url -> url.getRawPath().matches("/?"))
                    .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null)
                    .filter(url -> url.getPort() != 0 && url.getPort() <= LARGEST_PORT);
        } catch (URISyntaxException e) {
            // its message repeats the text, which may contain a password
            return Optional.empty();
        }
    }

    /** Returns the password, or an empty text if there is none. */
    String passwordText() {
        return password == null ? "" : password;
    }

    /** Returns the URL of the proxy, without user and password. */
    URI url() {
        return URI.create("http://" + this);
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
