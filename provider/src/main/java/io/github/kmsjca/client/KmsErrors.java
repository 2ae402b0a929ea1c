package io.github.kmsjca.client;

import java.util.Arrays;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The errors that KMS answers with, a row each with its remedy. {@link Obstacle} has those before an answer. */
enum KmsErrors {
    ACCESS_DENIED("AccessDeniedException", "let the IAM policy of the caller and the key policy allow kms:%s"),
    ALREADY_EXISTS("AlreadyExistsException", "choose another name"),
    DEPENDENCY_TIMEOUT("DependencyTimeoutException", "try again later"),
    DISABLED("DisabledException", "enable the key with 'aws kms enable-key'"),
    EXPIRED_TOKEN("ExpiredTokenException", "renew the credentials"),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", "check the credentials and the Region"),
    INTERNAL("KMSInternalException", "try again later"),
    INVALID_ARN("InvalidArnException", "check the key identifier"),
    INVALID_GRANT_TOKEN("InvalidGrantTokenException", "correct the setting grant-tokens"),
    INVALID_KEY_USAGE("InvalidKeyUsageException", "name a key made for signing, and an algorithm of its key spec"),
    INVALID_REQUEST_SIGNATURE("InvalidSignatureException", "check the secret access key and the clock"),
    INVALID_STATE("KMSInvalidStateException", "look at the key state with 'aws kms describe-key'"),
    KEY_UNAVAILABLE("KeyUnavailableException", "try again later"),
    LIMIT_EXCEEDED("LimitExceededException", "raise the quota of the account"),
    NOT_FOUND("NotFoundException", "check the key identifier, the account and the Region"),
    THROTTLED("ThrottlingException", "call less often, or raise the request quota of the account"),
    UNKNOWN_TOKEN("UnrecognizedClientException", "check the access key id and the Region"),
    UNSUPPORTED("UnsupportedOperationException", "name an asymmetric key"),
    OTHER("", "look the error up in the AWS KMS API reference");

    private final String code;
    private final String remedy;

    KmsErrors(String code, String remedy) {
        this.code = code;
        this.remedy = remedy;
    }

    /** Returns the exception that tells a failed call of an operation, such as {@code Sign}, for a key or list. */
    static KmsException exception(String operation, String subject, SdkException failure) {
        String failed = "KMS " + operation + " for " + subject + " failed: ";
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            return answered(failed, operation, answer);
        }
        Obstacle obstacle = Obstacle.of(failure);
        return new KmsException(obstacle.name(), failed + obstacle.describe(failure), failure);
    }

    private static KmsException answered(String failed, String operation, AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details.errorCode() == null ? "HTTP status " + answer.statusCode() : details.errorCode();
        String remedy = String.format(row(code).remedy, operation);
        String message = code + said(details) + "; " + remedy + request(answer);
        return new KmsException(code, failed + message, answer);
    }

    private static KmsErrors row(String code) {
        return Arrays.stream(values())
                .filter(row -> row.code.equals(code))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Several errors of KMS come without a message. Of one with several lines the first counts: after it the service
     * repeats the request that it calculated a signature for, with the session token.
     */
    private static String said(AwsErrorDetails details) {
        String text = details.errorMessage();
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        return line.isBlank() ? "" : " (" + line.replaceFirst("\\.$", "") + ")";
    }

    private static String request(AwsServiceException answer) {
        return answer.requestId() == null ? "" : " [request id " + answer.requestId() + "]";
    }
}
