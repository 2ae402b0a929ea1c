package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests programs and tools behind a proxy. Without the proxy, they cannot resolve the host name of KMS. */
class ProxyTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String HOST = "kms.us-east-1.example.test";
    private static final String STS = "sts.example.test";
    private static final String LOGIN = "release:s@me";

    /** The address of a proxy that is not running. */
    private static final String DEAD_PROXY = "http://127.0.0.1:1";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    @AutoClose
    private static final TlsProxy TLS =
            TlsProxy.start(BENCH.ca().server(HOST), BENCH.emulator().endpoint());

    @AutoClose
    private static final TokenService TOKENS = TokenService.start();

    @AutoClose
    private static final TlsProxy TOKENS_WITH_TLS = TlsProxy.start(BENCH.ca().server(STS), TOKENS.endpoint());

    private static final Map<String, Integer> HOSTS = Map.of(
            HOST + ":443",
            TLS.port(),
            HOST + ":80",
            BENCH.emulator().endpoint().getPort(),
            STS + ":443",
            TOKENS_WITH_TLS.port());

    @AutoClose
    private static final ForwardProxy PROXY = ForwardProxy.start(HOSTS);

    @AutoClose
    private static final ForwardProxy LOGIN_PROXY = ForwardProxy.start(HOSTS, LOGIN);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder, KEY);
        BENCH.ca().writeTrustStore(place.path("trust.p12"));
        PROXY.forget();
        LOGIN_PROXY.forget();
    }

    /** Returns a workplace with a KMS endpoint that only {@link #PROXY} and {@link #LOGIN_PROXY} can reach. */
    private Workplace remote(String scheme) {
        return place.with("AWS_ENDPOINT_URL_KMS", scheme + "://" + HOST)
                .withVmOptions(
                        "-Djavax.net.ssl.trustStore=trust.p12",
                        "-Djavax.net.ssl.trustStorePassword=" + TestCa.PASSWORD);
    }

    private static Stream<Arguments> programsAndSchemes() {
        List<Arguments> all = Arrays.stream(KmsProgram.values())
                .flatMap(program -> Stream.of(Arguments.of(program, "https"), Arguments.of(program, "http")))
                .toList();
        return SuiteExtent.everyNth(all, 5);
    }

    @ParameterizedTest
    @MethodSource("programsAndSchemes")
    void variable_forTheSchemeOfTheEndpoint_isUsed(KmsProgram program, String scheme) {
        String other = scheme.equals("https") ? "HTTP_PROXY" : "HTTPS_PROXY";
        String used = scheme.equals("https") ? "HTTPS_PROXY" : "http_proxy";
        Workplace proxied =
                remote(scheme).with(used, "http://127.0.0.1:" + PROXY.port()).with(other, DEAD_PROXY);
        assertSigns(program, proxied, PROXY, "environment variable " + used);
        assertEquals(
                Set.of(scheme.equals("https") ? "CONNECT " + HOST + ":443" : "POST http://" + HOST + "/"),
                Set.copyOf(PROXY.passedOn()));
    }

    /** Returns all programs. Those of a usual run have different HTTP clients. */
    static Stream<KmsProgram> programs() {
        List<KmsProgram> all = List.of(
                KmsProgram.LIBRARY,
                KmsProgram.ONE_FILE_JAR,
                KmsProgram.JARSIGNER,
                KmsProgram.CHECK,
                KmsProgram.KEYTOOL);
        return SuiteExtent.everyNth(all, 4);
    }

    /** Returns all programs. The one of a usual run prints the source of the proxy. */
    static Stream<KmsProgram> programsFromCheck() {
        List<KmsProgram> all = List.of(KmsProgram.values());
        return SuiteExtent.everyNth(all, all.size(), all.indexOf(KmsProgram.CHECK));
    }

    /** Returns some programs. Those of a usual run have different HTTP clients. */
    static Stream<KmsProgram> somePrograms() {
        return SuiteExtent.everyNth(List.of(KmsProgram.LIBRARY, KmsProgram.CHECK, KmsProgram.KEYTOOL), 2);
    }

    static Stream<KmsProgram> jarOrJarsigner() {
        return SuiteExtent.firstOf(KmsProgram.ONE_FILE_JAR, KmsProgram.JARSIGNER);
    }

    static Stream<KmsProgram> tools() {
        return SuiteExtent.firstOf(KmsProgram.JARSIGNER, KmsProgram.KEYTOOL);
    }

    static Stream<KmsProgram> keytoolOrLibrary() {
        return SuiteExtent.firstOf(KmsProgram.KEYTOOL, KmsProgram.LIBRARY);
    }

    @ParameterizedTest
    @MethodSource("programsFromCheck")
    void systemPropertiesAndVariable_bothSet_propertiesAreUsed(KmsProgram program) {
        Workplace proxied = remote("https")
                .with("HTTPS_PROXY", DEAD_PROXY)
                .withVmOptions("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + PROXY.port());
        assertSigns(program, proxied, PROXY, "system property https.proxyHost");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void login_inTheVariable_isSent(KmsProgram program) {
        Workplace proxied =
                remote("https").with("https_proxy", "http://release:s%40me@127.0.0.1:" + LOGIN_PROXY.port());
        assertSigns(program, allowingBasic(program, proxied), LOGIN_PROXY, "environment variable https_proxy");
    }

    /** Lets a tool send its login. By default, Java sends no login of the scheme Basic to open a tunnel. */
    private static Workplace allowingBasic(KmsProgram program, Workplace proxied) {
        return program.isTool() ? proxied.withVmOptions("-Djdk.http.auth.tunneling.disabledSchemes=") : proxied;
    }

    @ParameterizedTest
    @MethodSource("keytoolOrLibrary")
    void login_inSystemPropertiesForHttp_isSent(KmsProgram program) {
        Workplace proxied = remote("http")
                .withVmOptions("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=" + LOGIN_PROXY.port())
                .withVmOptions("-Dhttp.proxyUser=release", "-Dhttp.proxyPassword=s@me");
        assertSigns(program, proxied, LOGIN_PROXY, "system property http.proxyHost");
    }

    /** Checks that a program signs through a proxy, and that {@code check} names the source of the proxy. */
    private static void assertSigns(KmsProgram program, Workplace proxied, ForwardProxy proxy, String source) {
        ToolResult result = program.run(proxied);
        assertEquals(0, result.exitCode(), result::output);
        assertTrue(program.hasSigned(result, proxied, BENCH.publicKey(KEY)), result::output);
        assertTrue(BENCH.requests().contains("Sign"), result::output);
        assertFalse(proxy.passedOn().isEmpty(), result::output);
        if (program == KmsProgram.CHECK) {
            String line = "note     proxy: 127.0.0.1:" + proxy.port() + " of the " + source;
            assertTrue(result.output().lines().anyMatch(line::equals), result::output);
        }
    }

    @ParameterizedTest
    @MethodSource("somePrograms")
    void login_wrong_isReportedButNotPrinted(KmsProgram program) {
        Workplace proxied = remote("https").with("HTTPS_PROXY", "http://release:other@127.0.0.1:" + LOGIN_PROXY.port());
        String output = outputOfFailure(program, allowingBasic(program, proxied));
        assertTrue(
                output.contains("the proxy refused the login (HTTP status 407); correct it in the environment variable"
                        + " HTTPS_PROXY [proxy 127.0.0.1:" + LOGIN_PROXY.port()
                        + " of the environment variable HTTPS_PROXY]"),
                output);
        assertFalse(output.contains("other"), output);
        assertFalse(output.contains("s@me"), output);
        assertEquals(List.of(), LOGIN_PROXY.passedOn());
        // one request without the login and one with it, but no more
        assertTrue(
                LOGIN_PROXY.refused().size() <= 2, () -> LOGIN_PROXY.refused().toString());
    }

    @ParameterizedTest
    @MethodSource("jarOrJarsigner")
    void login_missing_isReported(KmsProgram program) {
        String output =
                outputOfFailure(program, remote("https").with("HTTPS_PROXY", "http://127.0.0.1:" + LOGIN_PROXY.port()));
        assertTrue(
                output.contains("the proxy requires a login (HTTP status 407); set it in the environment variable"
                        + " HTTPS_PROXY [proxy 127.0.0.1:" + LOGIN_PROXY.port()
                        + " of the environment variable HTTPS_PROXY]"),
                output);
    }

    /** Without the option that {@link #allowingBasic} adds, Java sends no login to the proxy of an https endpoint. */
    @ParameterizedTest
    @MethodSource("tools")
    void login_toolWithDefaults_namesTheOption(KmsProgram tool) {
        String output = outputOfFailure(
                tool, remote("https").with("HTTPS_PROXY", "http://release:s%40me@127.0.0.1:" + LOGIN_PROXY.port()));
        assertTrue(
                output.contains("the proxy requires a login (HTTP status 407), but Java sends none to the proxy of an"
                        + " https endpoint; to change that, start Java with"
                        + " -Djdk.http.auth.tunneling.disabledSchemes= (keytool and jarsigner:"
                        + " -J-Djdk.http.auth.tunneling.disabledSchemes=)"),
                output);
    }

    static Stream<String> listsWithTheEndpoint() {
        return SuiteExtent.firstOf(".example.test", HOST, "*");
    }

    @ParameterizedTest
    @MethodSource("listsWithTheEndpoint")
    void noProxy_coversTheEndpoint_connectsWithoutTheProxy(String list) {
        Workplace direct = remote("https")
                .with("HTTPS_PROXY", "http://127.0.0.1:" + PROXY.port())
                .with("NO_PROXY", list);
        assertUnknownHost(outputOfFailure(KmsProgram.KEYTOOL, direct));
        assertUnknownHost(outputOfFailure(KmsProgram.LIBRARY, direct));
    }

    @ParameterizedTest
    @MethodSource("keytoolOrLibrary")
    void httpVariable_httpsEndpoint_isIgnored(KmsProgram program) {
        String proxy = "http://127.0.0.1:" + PROXY.port();
        assertUnknownHost(outputOfFailure(
                program, remote("https").with("HTTP_PROXY", proxy).with("http_proxy", proxy)));
    }

    /** Checks that a program did not use the proxy: without the proxy, the host name is unknown. */
    private static void assertUnknownHost(String output) {
        assertTrue(output.contains("the connection to https://" + HOST + " failed; check the network"), output);
        assertEquals(List.of(), PROXY.passedOn());
    }

    @ParameterizedTest
    @MethodSource("somePrograms")
    void variable_urlBeginsWithHttps_isReportedWithoutTheLogin(KmsProgram program) {
        String output =
                outputOfFailure(program, remote("https").with("HTTPS_PROXY", "https://release:s%40me@127.0.0.1:3128"));
        assertTrue(
                output.contains("the environment variable HTTPS_PROXY is not the URL of an HTTP proxy such as"
                        + " http://proxy.example:3128; in a login, encode special characters, such as @ as %40"),
                output);
        assertFalse(output.contains("s%40me"), output);
    }

    /** The AWS SDK requests the role's credentials with its own HTTP client, which ignores HTTPS_PROXY. */
    @Test
    void role_bothVariablesSet_getsItsCredentialsThroughTheProxy() throws IOException {
        Files.createDirectories(place.path(".aws"));
        Files.writeString(place.path(".aws/config"), """
                [profile release]
                role_arn = arn:aws:iam::111122223333:role/release
                source_profile = base
                [profile base]
                aws_access_key_id = AKIABASE
                aws_secret_access_key = s
                """);
        String proxy = "http://127.0.0.1:" + PROXY.port();
        Workplace proxied = remote("https")
                .without("AWS_ACCESS_KEY_ID")
                .without("AWS_SECRET_ACCESS_KEY")
                .with("AWS_PROFILE", "release")
                .with("AWS_ENDPOINT_URL_STS", "https://" + STS)
                .with("HTTPS_PROXY", proxy)
                .with("HTTP_PROXY", proxy);
        assertSigns(KmsProgram.KEYTOOL, proxied, PROXY, "");
        assertEquals(Set.of("CONNECT " + STS + ":443", "CONNECT " + HOST + ":443"), Set.copyOf(PROXY.passedOn()));
        assertEquals(
                Optional.of(TokenService.ACCESS_KEY_ID),
                BENCH.emulator().requests().all().get(0).accessKeyId());
    }

    /** Runs a program that must fail, and returns its output. */
    private static String outputOfFailure(KmsProgram program, Workplace where) {
        ToolResult result = program.run(where.with("AWSKMS_ATTEMPTS", "1"));
        assertEquals(1, result.exitCode(), result::output);
        return result.output();
    }
}
