package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.BadProxyException;
import io.github.kmsjca.internal.client.http.BrokenAnswerException;
import io.github.kmsjca.internal.client.http.NetworkPath;
import io.github.kmsjca.internal.client.http.ProxyRefusedException;
import io.github.kmsjca.internal.library.Library;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * The reasons why a call got no answer from KMS, one row each with its remedy. A failure belongs to the first row that
 * fits.
 */
enum UnansweredCall {
    BAD_CONFIGURATION("the proxy is not configured correctly", BadProxyException.class),
    NO_CREDENTIALS(
            "no AWS credentials were found; set AWS_PROFILE, the setting profile, or both AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY; if your login has expired, renew it",
            MissingCredentialsException.class),
    SLOW_CREDENTIALS(
            "the search for AWS credentials did not end in time; check credential_process, the network and the"
                    + " program's credentials provider, or raise the settings call-timeout and attempt-timeout",
            SlowCredentialsException.class),
    INTERRUPTED("the thread was interrupted", AbortedException.class),
    PROGRAM_CREDENTIALS(
            "the program's credentials provider failed; check the credentials provider that the program passes",
            ProgramCredentialsException.class),
    TIMEOUT(
            "no answer in time; check the network, or raise the settings call-timeout and attempt-timeout; if the"
                    + " program passes its own KMS clients, raise their time limits instead",
            ApiCallTimeoutException.class,
            OutOfTimeException.class,
            // an HTTP client throws this if the time ends while it waits for a connection
            CancellationException.class,
            ApiCallAttemptTimeoutException.class),
    NO_CONNECTION(
            "all connections were in use until the time limit; run fewer operations at once, or raise the settings"
                    + " max-connections or call-timeout",
            NoConnectionException.class),
    FAILED_CLIENT("the AWS SDK or its HTTP client failed; see the cause", FailedClientException.class),
    BROKEN_OFF("the connection broke in the middle of the answer; check the network", BrokenAnswerException.class),
    PROXY_REFUSED("the proxy did not pass the request on", ProxyRefusedException.class),
    GARBLED(
            "the answer did not come from KMS; check the endpoint and the proxies on the way to it",
            BadAnswerException.class,
            // an error without a code
            AwsServiceException.class,
            Crc32MismatchException.class,
            // the SDK's parser throws this; a failed connection is an IOException
            UncheckedIOException.class),
    NO_TLS("the port of the endpoint does not use TLS; check the endpoint and its port", SSLException.class),
    BROKEN_TLS("the connection broke while TLS was set up; check the network and the endpoint", SSLException.class),
    TLS("the TLS connection was refused; check the endpoint and the trusted certificates of Java", SSLException.class),
    PROXY_UNREACHABLE(
            "the proxy cannot be reached; check the network and the proxy's name and port",
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            // the connection could not be opened in time; if any other time limit is reached, the row is TIMEOUT
            SocketTimeoutException.class),
    NO_HTTP(
            "the endpoint did not answer in HTTP; check the endpoint and the network, and write https if the endpoint"
                    + " uses TLS",
            IOException.class),
    UNREACHABLE(
            "the connection to " + UnansweredCall.ENDPOINT + " failed; check the network and the settings endpoint and"
                    + " region, or AWS_ENDPOINT_URL_KMS and AWS_REGION",
            IOException.class),
    UNREADABLE(
            "the answer cannot be read; check the endpoint and the proxies on the way to it",
            // the SDK's parser throws these for JSON without an object and for wrong Base64
            NullPointerException.class,
            IllegalArgumentException.class),
    NO_JDK_NET(
            "the HTTP client needs the module jdk.net, which is missing; with keytool and jarsigner, use the one-file"
                    + " jar of kms-jca or add -J--add-modules=jdk.net",
            LinkageError.class),
    INCOMPLETE(
            "a class or method that the AWS SDK needs is missing",
            NoClassDefFoundError.class,
            IncompatibleClassChangeError.class,
            ClassFormatError.class,
            VerifyError.class),
    OTHER("the call could not be made; see the cause");

    /** Stands for the URL of the endpoint in the text of a row. */
    private static final String ENDPOINT = "https://HOST";

    /** The beginning of the JVM's text if a class is present, but its static initializer has failed. */
    private static final String NOT_INITIALIZED = "Could not initialize class";

    /** The JDK's text if the other side answers the first TLS message with something else. */
    private static final String NOT_TLS = "Unsupported or unrecognized SSL message";

    final String text;
    // the array is never returned or changed
    @SuppressWarnings("ImmutableEnumChecker")
    private final Class<?>[] exceptions;

    UnansweredCall(String text, Class<?>... exceptions) {
        this.text = text;
        this.exceptions = exceptions;
    }

    /** Returns whether a code is the name of a row. */
    static boolean isCode(String code) {
        return Stream.of(values()).anyMatch(row -> row.name().equals(code));
    }

    private static UnansweredCall of(FailedAttempt attempt) {
        return Stream.of(values()).filter(row -> row.fits(attempt)).findFirst().orElse(OTHER);
    }

    private boolean fits(FailedAttempt attempt) {
        Throwable reason = matching(attempt.failure());
        if (reason == null) {
            return false;
        }
        return switch (this) {
            case NO_JDK_NET -> String.valueOf(reason.getMessage()).startsWith("jdk/net/");
            case INCOMPLETE -> !String.valueOf(reason.getMessage()).startsWith(NOT_INITIALIZED);
            // among the causes, this type can come from another thread; Operation and ClientSource decide
            case INTERRUPTED -> attempt.failure() instanceof AbortedException;
            case NO_TLS -> NOT_TLS.equals(reason.getMessage());
            case BROKEN_TLS ->
                reason.getCause() instanceof EOFException || reason.getCause() instanceof SocketException;
            case PROXY_UNREACHABLE -> attempt.proxy().isPresent();
            case NO_HTTP ->
                attempt.path().filter(path -> !path.isSecure()).isPresent() && !wasNotSent(attempt.failure());
            default -> true;
        };
    }

    /**
     * Returns the exception for a call without an answer.
     *
     * @param prefix the beginning of the exception's text, such as {@code KMS Sign for key alias/a failed: }
     */
    static KmsException exception(String prefix, FailedAttempt attempt) {
        UnansweredCall row = of(attempt);
        SdkException failure = attempt.failure();
        int status = failure instanceof AwsServiceException answer ? answer.statusCode() : 0;
        return new KmsException(
                prefix + row.describe(attempt) + row.proxyText(attempt),
                new KmsException.Failure(row.name(), status, null, row.isRetryable(failure)),
                SdkFailure.of(failure));
    }

    /** Returns the exception for an SDK in which a class or method is missing. */
    static KmsException beforeFirstCall(LinkageError failure) {
        return exception(
                "", FailedAttempt.of(SdkClientException.create(String.valueOf(failure.getMessage()), failure)));
    }

    /** Returns whether the same call may succeed later. */
    private boolean isRetryable(SdkException failure) {
        return switch (this) {
            case NO_CONNECTION, TIMEOUT -> true;
            case NO_CREDENTIALS, PROGRAM_CREDENTIALS ->
                matching(failure) instanceof RuntimeException wrapper && isTemporary(wrapper.getCause());
            default -> isOutage(failure);
        };
    }

    /** Returns whether a source of credentials may succeed later, after this exception of the source. */
    private static boolean isTemporary(@Nullable Throwable failure) {
        if (failure instanceof AwsServiceException answer && answer.isThrottlingException()) {
            return true;
        }
        return failure instanceof SdkException known && (known.retryable() || isOutage(known));
    }

    /** Returns whether there was no connection to send the request through, neither to a proxy nor to the endpoint. */
    static boolean wasNotSent(SdkException failure) {
        // the same exceptions, whether or not there is a proxy
        return PROXY_UNREACHABLE.matching(failure) != null;
    }

    /** Returns whether the same call may succeed in another Region. */
    static boolean isOutage(SdkException failure) {
        // without a network path, UNREACHABLE takes the place of PROXY_UNREACHABLE and NO_HTTP
        UnansweredCall row = of(FailedAttempt.of(failure));
        return switch (row) {
            case TIMEOUT, UNREACHABLE, BROKEN_OFF, BROKEN_TLS -> true;
            case PROXY_REFUSED -> row.matching(failure) instanceof ProxyRefusedException refused && refused.isOutage();
            // a proxy returns a 5xx status if the proxy cannot reach the endpoint
            case GARBLED ->
                failure instanceof AwsServiceException answer
                        && answer.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR;
            default -> false;
        };
    }

    /** Returns the proxy, in brackets; empty if there is none, or if it cannot be the reason for this row. */
    private String proxyText(FailedAttempt attempt) {
        return switch (this) {
            case BAD_CONFIGURATION,
                    NO_CREDENTIALS,
                    SLOW_CREDENTIALS,
                    PROGRAM_CREDENTIALS,
                    NO_CONNECTION,
                    NO_JDK_NET,
                    INCOMPLETE,
                    INTERRUPTED -> "";
            default ->
                attempt.proxy()
                        .map(proxy -> " [proxy " + ForeignText.of(proxy.describe()) + "]")
                        .orElse("");
        };
    }

    /** Returns the row's text with the text of the failure, in one line. */
    private String describe(FailedAttempt attempt) {
        SdkException failure = attempt.failure();
        // without a network path, such as with the program's own client, the URL is not known
        String endpoint = attempt.path().map(NetworkPath::address).orElse("the endpoint");
        String text = this.text.replace(ENDPOINT, ForeignText.of(endpoint));
        Throwable reason = this == OTHER ? failure : matching(failure);
        boolean isList = reason instanceof OutOfTimeException late && late.isOfList();
        if (this == BAD_CONFIGURATION || this == PROXY_REFUSED || isList) {
            // this message contains the remedy
            return String.valueOf(reason == null ? null : reason.getMessage());
        }
        if (reason instanceof AwsServiceException answer) {
            return text + " (HTTP status " + answer.statusCode() + ")";
        }
        if (this == INTERRUPTED || this == UNREADABLE || (this == GARBLED && !(reason instanceof BadAnswerException))) {
            // the text of an interrupt says nothing new, and that of the parser names classes and repeats the answer
            return text;
        }
        String detail = detail(reason);
        if (this == INCOMPLETE) {
            return text + "; " + Library.AWS_SDK.remedyIfIncomplete(ForeignText.of(detail));
        }
        return detail.isEmpty()
                ? text
                : text + " (" + ForeignText.of(detail.lines().findFirst().orElse("")) + ")";
    }

    private static String detail(@Nullable Throwable reason) {
        String detail = reason == null || reason.getMessage() == null ? "" : reason.getMessage();
        // some texts are only the name of the host
        boolean isOnlyHost = reason instanceof UnknownHostException && !detail.isEmpty() && !detail.contains(" ");
        return isOnlyHost ? "unknown host " + detail : detail;
    }

    /** Returns the first exception in the chain of causes that has a type of this row; null if there is none. */
    private @Nullable Throwable matching(Throwable failure) {
        for (Throwable cause : Causes.of(failure)) {
            for (Class<?> type : exceptions) {
                if (type.isInstance(cause)) {
                    return cause;
                }
            }
        }
        return null;
    }
}
