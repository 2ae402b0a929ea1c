package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which proxy an endpoint gets from system properties and environment variables. */
class HttpProxyTest {
    private static final String KMS = "https://kms.eu-west-1.amazonaws.com";
    private static final String PROXY = "http://proxy.example:3128";

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    private Optional<HttpProxy> find(String endpoint) {
        return HttpProxy.of(URI.create(endpoint), properties::get, variables::get);
    }

    /** Returns host and port of the proxy for an endpoint; "none" for a direct connection. */
    private String proxy(String endpoint) {
        return find(endpoint).map(HttpProxy::toString).orElse("none");
    }

    private String failure() {
        return String.valueOf(
                assertThrows(BadProxyException.class, () -> find(KMS)).getMessage());
    }

    @Test
    void nothingSet_isDirect() {
        assertEquals("none", proxy(KMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https_proxy", "HTTPS_PROXY"})
    void httpsVariable_isForHttpsOnly(String name) {
        variables.put(name, PROXY);
        assertEquals("proxy.example:3128", proxy(KMS));
        assertEquals("none", proxy("http://kms.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_proxy", "HTTP_PROXY"})
    void httpVariable_isForHttpOnly(String name) {
        variables.put(name, PROXY);
        assertEquals("none", proxy(KMS));
        assertEquals("proxy.example:3128", proxy("http://kms.example"));
    }

    @Test
    void bothSpellings_lowerCaseWinsUnlessItIsEmpty() {
        variables.put("https_proxy", "http://lower.example:1");
        variables.put("HTTPS_PROXY", "http://upper.example:2");
        assertEquals("lower.example:1", proxy(KMS));
        variables.put("https_proxy", "");
        assertEquals("upper.example:2", proxy(KMS));
    }

    @Test
    void schemeOfTheEndpoint_inUpperCase_isTheSame() {
        variables.put("https_proxy", PROXY);
        assertEquals("proxy.example:3128", proxy("HTTPS://kms.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, proxy.example:3128",
        "HTTP://proxy.example:3128/, proxy.example:3128",
        "proxy.example:3128, proxy.example:3128",
        "http://proxy.example, proxy.example:80",
        "proxy.example, proxy.example:80",
        "http://corporate_proxy:3128, corporate_proxy:3128",
        "10.0.0.1:8080, 10.0.0.1:8080",
        "http://[2001:db8::1]:8080, [2001:db8::1]:8080"
    })
    void variable_anyForm_isRead(String value, String expected) {
        variables.put("HTTPS_PROXY", value);
        assertEquals(expected, proxy(KMS));
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:word@proxy.example:3128, user, word",
        "user:word@proxy.example:3128, user, word",
        "http://user@proxy.example:3128, user, ''",
        "http://user:@proxy.example:3128, user, ''",
        "http://user:w:o:rd@proxy.example:3128, user, w:o:rd",
        "http://us%40er:w%3Ao%2Fr+d%25@proxy.example:3128, us@er, w:o/r+d%"
    })
    void variable_withLogin_isDecoded(String value, String user, String password) {
        variables.put("HTTPS_PROXY", value);
        HttpProxy proxy = find(KMS).orElseThrow();
        assertEquals("proxy.example:3128", proxy.toString());
        assertEquals(Optional.of(new HttpProxy.Login(user, password)), proxy.login());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@proxy.example:3128",
                "socks5://user:secret@proxy.example:1080",
                "http://user:sec/ret@proxy.example:3128",
                "http://user:12/secret@proxy.example:3128",
                "http://user:12?secret@proxy.example:3128",
                "http://user:12#secret@proxy.example:3128",
                "http://user:sec@ret@proxy.example:3128",
                "http://user:secret%zz@proxy.example:3128",
                "http://user:secret@proxy.example:99999",
                "http://user:secret@proxy.example:0",
                "http://user:secret@proxy.example:port",
                "http://user:secret@",
                "http://",
                " "
            })
    void variable_badValue_isRefusedWithoutRepeatingIt(String value) {
        variables.put("HTTPS_PROXY", value);
        assertEquals(
                "the environment variable HTTPS_PROXY is not the URL of an HTTP proxy such as"
                        + " http://proxy.example:3128; in a login, encode special characters, such as @ as %40",
                failure());
    }

    @Test
    void variable_badValueAndEndpointInNoProxy_isNotRead() {
        variables.put("HTTPS_PROXY", "socks5://proxy.example");
        variables.put("NO_PROXY", ".amazonaws.com");
        assertEquals("none", proxy(KMS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kms.eu-west-1.amazonaws.com",
                "KMS.EU-WEST-1.AMAZONAWS.COM",
                "amazonaws.com",
                ".amazonaws.com",
                "*.amazonaws.com",
                "*",
                "localhost, 127.0.0.1 ,amazonaws.com",
                "localhost amazonaws.com",
                "kms.eu-west-1.amazonaws.com:443",
                ".amazonaws.com:443"
            })
    void noProxy_entryForTheEndpoint_isDirect(String list) {
        variables.put("HTTPS_PROXY", PROXY);
        variables.put("NO_PROXY", list);
        assertEquals("none", proxy(KMS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "eu-west-1",
                "aws.com",
                "s.eu-west-1.amazonaws.com",
                "other.kms.eu-west-1.amazonaws.com",
                "amazonaws.com:80",
                "10.0.0.0/8",
                "10.0.0.0/x",
                "/"
            })
    void noProxy_otherEntries_changeNothing(String list) {
        variables.put("HTTPS_PROXY", PROXY);
        variables.put("NO_PROXY", list);
        assertEquals("proxy.example:3128", proxy(KMS));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.0.0.0/8, true",
        "10.1.2.3, 10.1.2.0/24, true",
        "10.1.2.3, 10.1.2.2/31, true",
        "10.1.2.3, 10.1.2.4/30, false",
        "10.1.2.3, 10.1.2.3/32, true",
        "10.1.2.3, 0.0.0.0/0, true",
        "10.1.2.3, 10.1.2.3/33, false",
        "10.1.2.3, 10.1.2.3/-1, false",
        "10.1.2.3, 11.0.0.0/8, false",
        "10.1.2.3, 2001:db8::/32, false",
        "10.1.2.3, 2.3, false",
        "[2001:db8::7], 2001:db8::7, true",
        "[2001:db8::7], [2001:db8::7], true",
        "[2001:db8::7], [2001:db8::7]:443, true",
        "[2001:db8::7], 2001:db8::/32, true",
        "[2001:db8::7], 2001:db9::/32, false"
    })
    void noProxy_addressesAndNetworks_areCompared(String host, String entry, boolean isDirect) {
        variables.put("HTTPS_PROXY", PROXY);
        variables.put("no_proxy", entry);
        assertEquals(isDirect ? "none" : "proxy.example:3128", proxy("https://" + host));
    }

    @Test
    void noProxy_portOfTheEndpoint_isCompared() {
        variables.put("HTTPS_PROXY", PROXY);
        variables.put("NO_PROXY", "kms.example:8443");
        assertEquals("none", proxy("https://kms.example:8443"));
        assertEquals("proxy.example:3128", proxy("https://kms.example"));
    }

    @Test
    void properties_forTheScheme_comeBeforeVariables() {
        variables.put("HTTPS_PROXY", PROXY);
        properties.put("https.proxyHost", "other.example");
        properties.put("https.proxyPort", "8080");
        assertEquals("other.example:8080", proxy(KMS));
        assertEquals("none", proxy("http://kms.example"));
    }

    @Test
    void properties_httpOnly_areIgnoredForHttps() {
        properties.put("http.proxyHost", "other.example");
        assertEquals("none", proxy(KMS));
        assertEquals("other.example:80", proxy("http://kms.example"));
    }

    /** The default ports are those of Java (page "Networking Properties" in the Javadoc of the package java.net). */
    @ParameterizedTest
    @CsvSource({
        "proxy.example, proxy.example:443",
        "corporate_proxy, corporate_proxy:443",
        "2001:db8::1, [2001:db8::1]:443",
        "[2001:db8::1], [2001:db8::1]:443"
    })
    void properties_withoutPort_haveTheDefaultOfJava(String host, String expected) {
        properties.put("https.proxyHost", host);
        assertEquals(expected, proxy(KMS));
        properties.put("https.proxyPort", "");
        assertEquals(expected, proxy(KMS));
    }

    @Test
    void properties_login_isRead() {
        properties.put("https.proxyHost", "proxy.example");
        assertEquals(Optional.empty(), find(KMS).orElseThrow().login());
        properties.put("https.proxyUser", "us@er");
        properties.put("https.proxyPassword", "w:o/r+d%");
        assertEquals(
                Optional.of(new HttpProxy.Login("us@er", "w:o/r+d%")),
                find(KMS).orElseThrow().login());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://proxy.example", "proxy.example:3128", "user:secret@proxy.example", "a b", "/", "a/b"})
    void properties_badHost_isRefusedWithoutRepeatingIt(String host) {
        properties.put("https.proxyHost", host);
        assertEquals(
                "the system property https.proxyHost is not a host name; write the port into https.proxyPort, and"
                        + " the login into https.proxyUser and https.proxyPassword",
                failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-1", "65536", "123456", "3128 ", "٣١٢٨"})
    void properties_badPort_isRefused(String port) {
        properties.put("https.proxyHost", "proxy.example");
        properties.put("https.proxyPort", port);
        assertEquals(
                "the system property https.proxyPort is not a port number; write a number from 1 to 65535", failure());
    }

    @ParameterizedTest
    @CsvSource({
        "kms.example, true",
        "*.example, true",
        "kms.*, true",
        "KMS.EXAMPLE, true",
        "localhost|*.example, true",
        "*, true",
        "*exam*, true",
        "*other*, false",
        "example, false",
        "*.com, false"
    })
    void nonProxyHosts_patterns_applyToPropertiesAndVariables(String list, boolean isDirect) {
        properties.put("http.nonProxyHosts", list);
        variables.put("HTTPS_PROXY", PROXY);
        assertEquals(isDirect ? "none" : "proxy.example:3128", proxy("https://kms.example"));
        properties.put("https.proxyHost", "other.example");
        assertEquals(isDirect ? "none" : "other.example:443", proxy("https://kms.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "0.0.0.0"})
    void thisMachine_isDirectUnlessNonProxyHostsIsEmpty(String host) {
        variables.put("HTTPS_PROXY", PROXY);
        assertEquals("none", proxy("https://" + host + ":4566"));
        properties.put("http.nonProxyHosts", "*.example");
        assertEquals("none", proxy("https://" + host + ":4566"));
        properties.put("http.nonProxyHosts", "");
        assertEquals("proxy.example:3128", proxy("https://" + host + ":4566"));
    }

    @Test
    void describe_namesTheSourceAndNoPassword() {
        variables.put("https_proxy", "http://user:secret@proxy.example:3128");
        HttpProxy proxy = find(KMS).orElseThrow();
        assertEquals("proxy.example:3128 of the environment variable https_proxy", proxy.describe());
        properties.put("https.proxyHost", "proxy.example");
        properties.put("https.proxyPassword", "secret");
        assertEquals(
                "proxy.example:443 of the system property https.proxyHost",
                find(KMS).orElseThrow().describe());
        assertFalse((proxy + proxy.describe()).contains("secret"));
    }
}
