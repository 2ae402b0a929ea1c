package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests, with the one-file jar, the sources of credentials for which the AWS SDK needs modules that its KMS client does
 * not need. The one-file jar must contain these modules.
 */
class CredentialsTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String ROLE = "arn:aws:iam::111122223333:role/release";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    @AutoClose
    private static final TokenService TOKENS = TokenService.start();

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeEach
    void prepare() {
        place = BENCH.workplace(folder)
                .without("AWS_ACCESS_KEY_ID")
                .without("AWS_SECRET_ACCESS_KEY")
                .with("AWS_ENDPOINT_URL_STS", TOKENS.endpoint().toString())
                .with("AWS_ENDPOINT_URL_SSO", TOKENS.endpoint().toString());
        BENCH.keystore(KEY).writeTo(place.path("release.awskms"));
    }

    static Stream<Boolean> classLoaders() {
        return SuiteExtent.firstOf(true, false);
    }

    /** With {@code -providerpath}, keytool loads the provider in a separate class loader. */
    @ParameterizedTest
    @MethodSource("classLoaders")
    void profile_withRole_signsWithTheCredentialsOfTheRole(boolean ownClassLoader) throws IOException {
        writeProfile("role_arn = " + ROLE + "\nsource_profile = base\n[profile base]\naws_access_key_id = AKIABASE\n"
                + "aws_secret_access_key = s\n");
        Workplace named = place.with("AWS_PROFILE", "release");
        assertSignsWithTemporaryCredentials(
                ownClassLoader
                        ? named.withOptions(
                                List.of(),
                                "-providerclass",
                                "io.github.kmsjca.KmsProvider",
                                "-providerpath",
                                Workplace.allJar().toString())
                        : named);
    }

    @Test
    void profile_ofIdentityCenter_signsWithTheCredentialsOfTheRole() throws IOException {
        String start = "https://example.awsapps.com/start";
        writeProfile("sso_start_url = " + start + "\nsso_region = us-east-1\nsso_account_id = 111122223333\n"
                + "sso_role_name = release\n");
        // 'aws sso login' writes this file; its name is the SHA-1 of the start URL
        Path cache = Files.createDirectories(folder.resolve(".aws/sso/cache"));
        Files.writeString(
                cache.resolve("e8be5486177c5b5392bd9aa76563515b29358e6e.json"),
                "{\"accessToken\":\"any\",\"expiresAt\":\"" + TokenService.expiry() + "\",\"startUrl\":\"" + start
                        + "\"}");
        assertSignsWithTemporaryCredentials(place.with("AWS_PROFILE", "release"));
    }

    @Test
    void profile_ofAwsLogin_signsWithTheStoredCredentials() throws IOException {
        String session = "arn:aws:iam::111122223333:user/release";
        writeProfile("login_session = " + session + "\nregion = us-east-1\n");
        // 'aws login' writes this file; its name is the SHA-256 of the session
        Path cache = Files.createDirectories(folder.resolve(".aws/login/cache"));
        Files.writeString(
                cache.resolve(sha256(session) + ".json"),
                "{\"accessToken\":{\"accessKeyId\":\"" + TokenService.ACCESS_KEY_ID
                        + "\",\"secretAccessKey\":\"any\",\"sessionToken\":\"any\",\"accountId\":\"111122223333\","
                        + "\"expiresAt\":\"" + TokenService.expiry() + "\"},\"tokenType\":\"aws_sigv4\","
                        + "\"clientId\":\"arn:aws:signin:::devtools/same-device\",\"refreshToken\":\"any\","
                        + "\"idToken\":\"any\",\"dpopKey\":\"any\"}");
        assertSignsWithTemporaryCredentials(place.with("AWS_PROFILE", "release"));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void webIdentity_tokenFileAndRole_signsWithTheCredentialsOfTheRole() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "any");
        assertSignsWithTemporaryCredentials(
                place.with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()).with("AWS_ROLE_ARN", ROLE));
    }

    @Test
    void profile_sourceProfileMissing_isReportedInOneLine() throws IOException {
        writeProfile("role_arn = " + ROLE + "\nsource_profile = base\n");
        ToolResult refused = certreq(place.with("AWS_PROFILE", "release"));
        assertEquals(1, refused.exitCode());
        assertTrue(refused.output().contains("no AWS credentials were found"), refused::output);
        assertTrue(refused.output().contains("(profile 'release': "), refused::output);
        assertEquals(1, refused.output().lines().filter(line -> !line.isBlank()).count(), refused::output);
    }

    /** Writes the lines of the profile {@code release}, and any other profiles that follow. */
    private void writeProfile(String lines) throws IOException {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws/config"), "[profile release]\n" + lines);
    }

    private static ToolResult certreq(Workplace where) {
        return where.keytool("-certreq -alias " + Workbench.ENTRY + " -keystore release.awskms -storepass ''");
    }

    /** Checks that keytool makes one KMS call, {@code Sign}, with {@link TokenService#ACCESS_KEY_ID}. */
    private static void assertSignsWithTemporaryCredentials(Workplace where) {
        certreq(where).requireSuccess();
        List<LoggedRequest> requests = BENCH.emulator().requests().all();
        assertEquals(1, requests.size());
        assertEquals("Sign", requests.get(0).operation());
        assertEquals(Optional.of(TokenService.ACCESS_KEY_ID), requests.get(0).accessKeyId());
    }
}
