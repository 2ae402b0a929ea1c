package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.AwsEnvironment;
import io.github.kmsjca.testing.Waiting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tests failures of the search for credentials: in a closed provider, and after an earlier search has succeeded. */
// the variable in try(...) is not used: it only removes the credentials
@SuppressWarnings("try")
class CredentialChainTest {
    /** The output of a {@code credential_process} whose credentials have expired. */
    private static final String EXPIRED =
            "{\"Version\":1,\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\",\"Expiration\":\"2020-01-01T00:00:00Z\"}";

    @AutoClose
    private final Transport transport = new Transport();

    @TempDir
    private Path folder;

    /**
     * Returns closed clients. Their transport is open, so only the closed chain can end the search, as if the provider
     * had been closed after the first check of an operation.
     */
    private RegionalClients closedClients() {
        KmsSettings settings = new Configuration(Map.of("region", "us-east-1"), false).settings();
        RegionalClients clients = new RegionalClients(
                ClientOptions.of(settings), ClientSource.BY_SETTINGS, transport, ClientLog.withoutFailedCalls());
        clients.close();
        return clients;
    }

    @Test
    void accessKeyId_chainIsClosed_codeIsClosed() {
        RegionalClients clients = closedClients();
        KmsException failure = assertThrows(KmsException.class, () -> clients.accessKeyId(Limits.UNLIMITED.begin()));
        assertEquals("CLOSED", failure.code());
    }

    @Test
    void prepare_chainIsClosed_codeIsClosed() {
        RegionalClients clients = closedClients();
        RegionalClient client = clients.in("us-east-1");
        KmsException failure =
                assertThrows(KmsException.class, () -> clients.prepare(client, Limits.UNLIMITED.begin()));
        assertEquals("CLOSED", failure.code());
    }

    private static AwsServiceException refusal(int status, String code) {
        return AwsServiceException.builder()
                .message("the role cannot be assumed")
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("the role cannot be assumed")
                        .serviceName("Sts")
                        .build())
                .build();
    }

    private static KmsException exceptionFor(RuntimeException failure) {
        CredentialChain chain = new CredentialChain(null);
        AwsCredentialsProvider source = () -> {
            throw failure;
        };
        SdkClientException thrown = assertThrows(SdkClientException.class, () -> chain.resolve(source));
        assertFalse(KmsErrors.isOutage(thrown));
        return KmsErrors.exception("", "Sign", FailedAttempt.of(thrown));
    }

    private static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("s3cret"), false),
                // closing the provider is not the only reason for this exception
                Arguments.of(new CancellationException("s3cret"), false),
                Arguments.of(refusal(403, "AccessDenied"), false),
                Arguments.of(refusal(400, "ThrottlingException"), true),
                Arguments.of(refusal(503, "ServiceUnavailable"), true));
    }

    /** When the SDK renews credentials, it throws the exception of their source, such as an error from STS. */
    @ParameterizedTest
    @MethodSource("failures")
    void resolve_sourceFails_codeIsNoCredentials(RuntimeException failure, boolean isTemporary) {
        KmsException exception = exceptionFor(failure);
        assertEquals("NO_CREDENTIALS", exception.code());
        assertEquals(isTemporary, exception.isRetryable());
        assertFalse(stackTrace(exception).contains("s3cret"));
    }

    @Test
    void resolve_errorFromSts_isQuoted() {
        String text = String.valueOf(exceptionFor(refusal(403, "AccessDenied")).getMessage());
        assertTrue(text.startsWith("no AWS credentials were found; "), text);
        assertTrue(text.contains("(the role cannot be assumed"), text);
    }

    private static String stackTrace(Exception exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Returns the exception of the first search that fails. The SDK keeps expired credentials for about a second. */
    private static RuntimeException firstFailure(CredentialChain chain) {
        List<RuntimeException> failures = new ArrayList<>();
        Waiting.until(() -> {
            try {
                chain.resolveCredentials();
            } catch (RuntimeException e) {
                failures.add(e);
            }
            return !failures.isEmpty();
        });
        return failures.get(0);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void credentialProcess_failsAfterASuccess_codeIsNoCredentials() throws IOException {
        // 'cat' names the missing file in its error text
        Path answer = folder.resolve("s3cret.json");
        Path config = folder.resolve("config");
        Files.writeString(config, "[profile renewed]\ncredential_process = cat " + answer + "\n");
        Files.writeString(answer, EXPIRED);
        String before = System.setProperty("aws.configFile", config.toString());
        CredentialChain chain = new CredentialChain("renewed");
        try (AwsEnvironment environment = AwsEnvironment.withoutCredentials()) {
            assertEquals("a", chain.resolveCredentials().accessKeyId());
            Files.delete(answer);
            SdkClientException failure = assertInstanceOf(SdkClientException.class, firstFailure(chain));
            KmsException exception = UnansweredCall.exception("", FailedAttempt.of(failure));
            assertEquals("NO_CREDENTIALS", exception.code());
            String text = stackTrace(exception);
            assertTrue(text.contains("(profile 'renewed': Failed to refresh process-based credentials.)"), text);
            assertFalse(text.contains("s3cret"), text);
        } finally {
            chain.close();
            if (before == null) {
                System.clearProperty("aws.configFile");
            } else {
                System.setProperty("aws.configFile", before);
            }
        }
    }
}
