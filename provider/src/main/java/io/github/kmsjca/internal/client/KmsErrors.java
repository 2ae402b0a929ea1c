package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * The errors that KMS returns, one row each with its remedy, and the exceptions for them. {@link UnansweredCall} has
 * the failures without an answer.
 */
public enum KmsErrors {
    ACCESS_DENIED(Fault.KEY, "AccessDeniedException", "allow kms:%s in the caller's IAM policy and in the key policy"),
    ALREADY_EXISTS(Fault.CALL, "AlreadyExistsException", "choose another name"),
    DEPENDENCY_TIMEOUT(Fault.CALL, "DependencyTimeoutException", "try again later"),
    DISABLED(Fault.KEY, "DisabledException", "enable the key with 'aws kms enable-key'"),
    EXPIRED_TOKEN(Fault.CREDENTIALS, "ExpiredTokenException", "renew the credentials"),
    INCOMPLETE_SIGNATURE(Fault.CREDENTIALS, "IncompleteSignatureException", "check the credentials and the Region"),
    INTERNAL(Fault.CALL, "KMSInternalException", "try again later"),
    INVALID_ALIAS_NAME(
            Fault.CALL, "InvalidAliasNameException", "after alias/ use only letters, digits and the characters / _ -"),
    INVALID_ARN(Fault.KEY, "InvalidArnException", "check the key identifier"),
    INVALID_CIPHERTEXT(
            Fault.CALL,
            "InvalidCiphertextException",
            "encrypt with the public key of this key; with RSA, use the same hash for OAEP and MGF1 (the JDK's default"
                    + " for MGF1 is SHA-1)"),
    INVALID_GRANT_TOKEN(Fault.CALL, "InvalidGrantTokenException", "correct the setting grant-tokens"),
    INVALID_KEY_USAGE(
            Fault.KEY,
            "InvalidKeyUsageException",
            "name a key with the right key usage, and an algorithm that its key spec supports"),
    INVALID_REQUEST(
            Fault.CALL, "ValidationException", "check the given values, such as key, key spec, message and public key"),
    INVALID_REQUEST_SIGNATURE(
            Fault.CREDENTIALS,
            "InvalidSignatureException",
            "check the secret access key, the Region, the endpoint and the clock"),
    INVALID_STATE(
            Fault.KEY,
            "KMSInvalidStateException",
            "look at the key state with 'aws kms describe-key'; to keep a key that is pending deletion, run"
                    + " 'aws kms cancel-key-deletion', then 'aws kms enable-key'"),
    KEY_UNAVAILABLE(Fault.KEY, "KeyUnavailableException", "try again later"),
    LIMIT_EXCEEDED(Fault.CALL, "LimitExceededException", "raise the quota of the account"),
    MALFORMED_POLICY(Fault.CALL, "MalformedPolicyDocumentException", "correct the key policy"),
    NOT_FOUND(Fault.KEY, "NotFoundException", "check the key identifier, the account and the Region"),
    TAG(
            Fault.CALL,
            "TagException",
            "check the names and values of the tags; if there are more than 50, remove some, or keep the certificates"
                    + " in a file"),
    THROTTLED(Fault.CALL, "ThrottlingException", "call less often, or raise the request quota of the account"),
    UNKNOWN_TOKEN(Fault.CREDENTIALS, "UnrecognizedClientException", "check the access key id and the Region"),
    UNSUPPORTED(Fault.KEY, "UnsupportedOperationException", "name an asymmetric or an HMAC key"),
    OTHER(Fault.CALL, "", "look the error up in the AWS KMS API reference");

    /** What must change so that the call succeeds. */
    private enum Fault {
        /** The key. */
        KEY,
        /** The credentials, or the clock: if the clock is wrong, KMS refuses the signatures of the requests. */
        CREDENTIALS,
        /** The request, or only the time: the same request may succeed later. */
        CALL
    }

    /** The operations that concern no key, so a key policy cannot allow them. */
    private static final Set<String> WITHOUT_KEY = Set.of("CreateKey", "GenerateRandom", "ListAliases");

    /** The code for a key or an answer that the provider cannot use although KMS reported no error. */
    private static final String UNUSABLE_KEY = "UNUSABLE_KEY";

    private final Fault fault;
    final String code;
    final String remedy;

    KmsErrors(Fault fault, String code, String remedy) {
        this.fault = fault;
        this.code = code;
        this.remedy = remedy;
    }

    /** Returns the exception for a key or an answer that the provider cannot use. */
    public static KmsException unusable(String text) {
        return unusable(text, null);
    }

    /** Returns the exception for a key or an answer that the provider cannot use, with a cause. */
    public static KmsException unusable(String text, @Nullable Throwable cause) {
        return new KmsException(text, KmsException.Failure.of(UNUSABLE_KEY), cause);
    }

    /** Returns whether a permission is missing. */
    public static boolean isDenied(KmsException failure) {
        return failure.code().equals(ACCESS_DENIED.code);
    }

    /** Returns whether KMS could not decrypt a ciphertext, for example because it belongs to another key. */
    public static boolean isBadCiphertext(KmsException failure) {
        return failure.code().equals(INVALID_CIPHERTEXT.code);
    }

    /** Returns whether KMS refused the credentials or the signature of the request, so other requests will fail too. */
    public static boolean concernsCredentials(KmsException failure) {
        return row(failure.code()).fault == Fault.CREDENTIALS;
    }

    /**
     * Returns whether KMS answered the request that failed.
     *
     * @param failure the failure of a request, not of the steps before it, such as the search for the Region
     */
    public static boolean isAnswer(KmsException failure) {
        return !UnansweredCall.isCode(failure.code());
    }

    /** Returns whether the key has no public key because it is not a key pair. */
    public static boolean isNoKeyPair(KmsException failure) {
        return failure.code().equals(UNSUPPORTED.code);
    }

    /**
     * Returns whether KMS may have refused a request because the key has another usage or another key spec. A
     * ValidationException can have other causes too.
     */
    public static boolean isUnfitKey(KmsException failure) {
        return failure.code().equals(INVALID_KEY_USAGE.code) || failure.code().equals(INVALID_REQUEST.code);
    }

    /** Returns whether there is no such key or alias. */
    public static boolean isUnknownKey(KmsException failure) {
        return failure.code().equals(NOT_FOUND.code);
    }

    /** Returns whether the cause may be that the key is new, so the same request may succeed soon. */
    static boolean mayBeNewKey(KmsException failure) {
        return isUnknownKey(failure) || failure.code().equals(INVALID_STATE.code);
    }

    /** Returns whether the key is the cause, so the same call may succeed with another key. */
    public static boolean concernsKey(KmsException failure) {
        return failure.code().equals(UNUSABLE_KEY) || row(failure.code()).fault == Fault.KEY;
    }

    /** Returns whether the same request may succeed in another Region. */
    static boolean isOutage(SdkException failure) {
        return failure instanceof AwsServiceException answer
                ? answer.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR || answer.isThrottlingException()
                : UnansweredCall.isOutage(failure);
    }

    /** Returns whether a request may have arrived at KMS although KMS returned neither a result nor an error. */
    static boolean mayHaveArrived(SdkException failure) {
        return !isFromKms(failure) && !UnansweredCall.wasNotSent(failure);
    }

    /** Returns whether KMS answered that there is no such key. */
    static boolean isNotFound(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && NOT_FOUND.code.equals(answer.awsErrorDetails().errorCode());
    }

    /**
     * Returns the exception for a failed operation.
     *
     * @param prefix the beginning of the exception's text, such as {@code KMS Sign for key alias/a failed: }
     * @param operation the KMS operation, such as {@code Sign}
     */
    static KmsException exception(String prefix, String operation, FailedAttempt attempt) {
        return attempt.failure() instanceof AwsServiceException answer && isFromKms(answer)
                ? ofAnswer(prefix, operation, answer)
                : UnansweredCall.exception(prefix, attempt);
    }

    /** Returns whether a failure is an error from KMS. Such an error has a code; the error page of a proxy has none. */
    static boolean isFromKms(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && answer.awsErrorDetails().errorCode() != null;
    }

    private static KmsException ofAnswer(String prefix, String operation, AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details.errorCode();
        KmsErrors row = row(code);
        String message = ForeignText.of(code) + kmsMessage(details) + "; " + row.remedy(operation)
                + requestId(answer.requestId());
        KmsException.Failure properties =
                new KmsException.Failure(code, answer.statusCode(), answer.requestId(), isOutage(answer));
        return new KmsException(prefix + message, properties, SdkFailure.of(answer));
    }

    /**
     * Returns a failure with more advice. The request id stays at the end of the message.
     *
     * @param advice what to do, without a full stop
     */
    public static KmsException withAdvice(KmsException failure, String advice) {
        String id = failure.requestId().orElse(null);
        String message = String.valueOf(failure.getMessage());
        String end = message.endsWith(requestId(id)) ? requestId(id) : "";
        KmsException.Failure same =
                new KmsException.Failure(failure.code(), failure.httpStatus().orElse(0), id, failure.isRetryable());
        String text = message.substring(0, message.length() - end.length());
        return new KmsException(text + "; " + advice + end, same, failure.getCause());
    }

    private String remedy(String operation) {
        if (this != ACCESS_DENIED || !WITHOUT_KEY.contains(operation)) {
            return String.format(remedy, operation);
        }
        return "allow kms:" + operation + " in the caller's IAM policy"
                + (operation.equals("ListAliases") ? ", or name the keys with the setting keys" : "");
    }

    private static KmsErrors row(String code) {
        return Arrays.stream(values())
                .filter(row -> row.code.equals(code))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Returns the first line of the KMS message, in parentheses; empty if there is none. The other lines of some
     * messages repeat the signed request, including the session token.
     */
    private static String kmsMessage(AwsErrorDetails details) {
        String text = details.errorMessage();
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        return line.isBlank() ? "" : " (" + ForeignText.of(line.replaceFirst("\\.$", "")) + ")";
    }

    private static String requestId(@Nullable String id) {
        return id == null ? "" : " [request id " + ForeignText.of(id) + "]";
    }
}
