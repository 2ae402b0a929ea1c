package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * Tests an emulator that has credentials, and so verifies the signatures of requests. The SDK signs the requests. Also
 * tests the options with credentials.
 */
class CredentialsTest {
    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final EmulatorOptions OPTIONS = EmulatorOptions.defaults().withCredentials(ID, SECRET);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String BODY = "{\"Limit\":1}";
    private static final String MISMATCH =
            "The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method."
                    + " Consult the service documentation for details.";

    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start(OPTIONS.withClock(Clock.fixed(NOW, ZoneOffset.UTC)));

    @Test
    void rightSecret_severalOperations_areServed() {
        try (KmsEmulator emulator = KmsEmulator.start(OPTIONS);
                KmsClient kms = client(emulator, AwsBasicCredentials.create(ID, SECRET))) {
            String key = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a");
            assertEquals(key, kms.sign(Clients.sign("alias/a")).keyId());
            kms.createKey(request -> request.description("über  two   blanks"));
            assertEquals(2, kms.listKeys().keys().size());
        }
    }

    @Test
    void wrongSecret_listKeys_isInvalidSignatureExceptionAndLoggedWithoutTheSecret() {
        try (KmsEmulator emulator = KmsEmulator.start(OPTIONS)) {
            assertRefused("InvalidSignatureException", MISMATCH, emulator, AwsBasicCredentials.create(ID, "another"));
            LoggedRequest logged = emulator.requests().all().get(0);
            assertEquals(ID, logged.accessKeyId().orElseThrow());
            assertFalse(logged.toString().contains(SECRET) || logged.toString().contains("another"), logged::toString);
        }
    }

    @Test
    void wrongAccessKeyIdOrAnySessionToken_listKeys_isUnrecognizedClientException() {
        String text = "The security token included in the request is invalid.";
        try (KmsEmulator emulator = KmsEmulator.start(OPTIONS)) {
            assertRefused(
                    "UnrecognizedClientException", text, emulator, AwsBasicCredentials.create("AKIDOTHER", SECRET));
            assertRefused(
                    "UnrecognizedClientException",
                    text,
                    emulator,
                    AwsSessionCredentials.create(ID, SECRET, "a-session-token"));
        }
    }

    @Test
    void signedRequest_anyPathAndQuery_isServed() throws Exception {
        assertEquals(200, signed(NOW, "").send().statusCode());
        assertEquals(200, signed(NOW, "a/../b%20c?b=2&a=1&c").send().statusCode());
    }

    @Test
    void bodyHeaderOrQuery_changedAfterSigning_isInvalidSignatureException() throws Exception {
        assertInvalid(MISMATCH, signed(NOW, "").body("{\"Limit\":2}").send());
        assertInvalid(
                MISMATCH,
                signed(NOW, "")
                        .header("X-Amz-Target", "TrentService.ListAliases")
                        .send());
        assertInvalid(MISMATCH, signed(NOW, "?a=1").path("/?a=2").send());
        assertInvalid(MISMATCH, signed(NOW, "").without("Content-Type").send());
    }

    @Test
    void awsOrHostHeader_notSigned_isInvalidSignatureException() throws Exception {
        assertInvalid(
                "There were headers present in the request which were not signed: x-amz-later",
                signed(NOW, "").header("X-Amz-Later", "a").send());
        RawRequest withoutHost = signed(NOW, "").changeHeader("Authorization", value -> value.replace("host;", ""));
        assertInvalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.", withoutHost.send());
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void dateFiveMinutesOff_isServed(int seconds) throws Exception {
        assertEquals(200, signed(NOW.plusSeconds(seconds), "").send().statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "-301, Signature expired: %s is now earlier than %s (%s - 5 min.), -300",
        "301, Signature not yet current: %s is still later than %s (%s + 5 min.), 300"
    })
    void dateMoreThanFiveMinutesOff_isInvalidSignatureException(int seconds, String text, int limitSeconds)
            throws Exception {
        Instant date = NOW.plusSeconds(seconds);
        assertInvalid(
                text.formatted(basicFormat(date), basicFormat(NOW.plusSeconds(limitSeconds)), basicFormat(NOW)),
                signed(date, "").send());
    }

    @Test
    void date_malformedOrDifferentFromScope_isRefused() throws Exception {
        Instant nextDay = NOW.plus(Duration.ofDays(1));
        assertInvalid(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                        + basicFormat(NOW).substring(0, 8) + "' != '"
                        + basicFormat(nextDay).substring(0, 8) + "', from '"
                        + basicFormat(nextDay) + "'.",
                signed(NOW, "").header("X-Amz-Date", basicFormat(nextDay)).send());
        HttpResponse<String> response =
                signed(NOW, "").header("X-Amz-Date", "yesterday").send();
        assertError(
                "IncompleteSignatureException",
                "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
                response);
    }

    @Test
    void dateHeader_oldAndWithoutXAmzDate_isExpired() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(NOW.minusSeconds(301), ZoneOffset.UTC));
        HttpResponse<String> response = signed(NOW.minusSeconds(301), "")
                .without("X-Amz-Date")
                .header("Date", date)
                .send();
        assertTrue(response.body().contains("Signature expired: "), response.body());
    }

    @ParameterizedTest
    @CsvSource({"'', secret", "AKID, ''", "a/b, secret", "a b, secret"})
    void withCredentials_invalidValue_isRefusedWithoutShowingIt(String id, String secret) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> EmulatorOptions.defaults().withCredentials(id, secret));
        String message = String.valueOf(refusal.getMessage());
        assertFalse(message.contains("a/b") || message.contains("a b"), message);
        assertFalse(message.contains("'secret'"), message);
    }

    @Test
    void toString_withCredentials_showsNeitherIdNorSecret() {
        String text = OPTIONS.withPort(1).toString();
        assertFalse(text.contains(SECRET) || text.contains(ID), text);
    }

    @Test
    void withRegionAndHost_optionsWithCredentials_keepTheCredentials() {
        assertEquals(
                OPTIONS.credentials(),
                OPTIONS.withRegion("eu-west-1").withHost("::1").credentials());
    }

    private static KmsClient client(KmsEmulator emulator, AwsCredentials credentials) {
        return KmsClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.of(emulator.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private static void assertRefused(String code, String message, KmsEmulator emulator, AwsCredentials credentials) {
        try (KmsClient kms = client(emulator, credentials)) {
            KmsException refusal = assertThrows(KmsException.class, kms::listKeys);
            assertEquals(code, refusal.awsErrorDetails().errorCode());
            assertEquals(message, refusal.awsErrorDetails().errorMessage());
            assertEquals(400, refusal.statusCode());
        }
    }

    private static void assertInvalid(String message, HttpResponse<String> response) throws Exception {
        assertError("InvalidSignatureException", message, response);
    }

    private static void assertError(String code, String message, HttpResponse<String> response) throws Exception {
        JsonNode error = new ObjectMapper().readTree(response.body());
        assertEquals(message, error.get("message").asText());
        assertEquals(code, error.get("__type").asText());
        assertEquals(400, response.statusCode());
    }

    private static String basicFormat(Instant time) {
        return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    /**
     * Returns a ListKeys request that the SDK signed at a given time. A test can change the request before sending it.
     *
     * @param path the path without its first slash, and the query, if any
     */
    private static RawRequest signed(Instant time, String path) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(EMULATOR.endpoint().resolve("/" + path))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "TrentService.ListKeys")
                .putHeader("X-Amz-Several-Blanks", "a   b ")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsBasicCredentials.create(ID, SECRET))
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromUtf8String(BODY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, EMULATOR.region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request();
        RawRequest request = RawRequest.of(EMULATOR, "ListKeys", BODY).path("/" + path);
        signed.forEachHeader((name, values) -> {
            // HttpClient sets this header itself
            if (!name.equals("Host")) {
                request.header(name, values.get(0));
            }
        });
        return request;
    }
}
