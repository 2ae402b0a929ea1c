package io.github.kmsjca.emulator.wire;

/**
 * The KMS error types, each with its HTTP status.
 *
 * <p>KMS sends the status 400 even where the published API model declares 404, 409 or 412. The statuses 500 and 503 are
 * those of that model. The status 413 and its type are those of AWS Lambda, because the documentation of KMS does not
 * say how KMS refuses a request that is too large.
 */
public enum ErrorType {
    ACCESS_DENIED("AccessDeniedException", 400),
    ALREADY_EXISTS("AlreadyExistsException", 400),
    CUSTOM_KEY_STORE_NOT_FOUND("CustomKeyStoreNotFoundException", 400),
    DEPENDENCY_TIMEOUT("DependencyTimeoutException", 503),
    DISABLED("DisabledException", 400),
    DRY_RUN("DryRunOperationException", 400),
    EXPIRED_IMPORT_TOKEN("ExpiredImportTokenException", 400),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400),
    INCORRECT_KEY("IncorrectKeyException", 400),
    INCORRECT_KEY_MATERIAL("IncorrectKeyMaterialException", 400),
    INVALID_ARN("InvalidArnException", 400),
    INVALID_CIPHERTEXT("InvalidCiphertextException", 400),
    INVALID_IMPORT_TOKEN("InvalidImportTokenException", 400),
    INVALID_KEY_USAGE("InvalidKeyUsageException", 400),
    INVALID_MARKER("InvalidMarkerException", 400),
    INVALID_SIGNATURE("InvalidSignatureException", 400),
    KEY_UNAVAILABLE("KeyUnavailableException", 500),
    KMS_INTERNAL("KMSInternalException", 500),
    KMS_INVALID_MAC("KMSInvalidMacException", 400),
    KMS_INVALID_SIGNATURE("KMSInvalidSignatureException", 400),
    KMS_INVALID_STATE("KMSInvalidStateException", 400),
    LIMIT_EXCEEDED("LimitExceededException", 400),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocumentException", 400),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400),
    NOT_AUTHORIZED("NotAuthorizedException", 400),
    NOT_FOUND("NotFoundException", 400),
    REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLargeException", 413),
    SERIALIZATION("SerializationException", 400),
    TAG("TagException", 400),
    THROTTLING("ThrottlingException", 400),
    UNKNOWN_OPERATION("UnknownOperationException", 400),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400),
    UNSUPPORTED_OPERATION("UnsupportedOperationException", 400),
    VALIDATION("ValidationException", 400);

    private final String wireName;
    private final int status;

    ErrorType(String wireName, int status) {
        this.wireName = wireName;
        this.status = status;
    }

    /** Returns the value of {@code __type} in the error body. */
    public String wireName() {
        return wireName;
    }

    /** Returns the HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Returns this error with a message. */
    public ServiceException with(String message) {
        return new ServiceException(wireName, status, message);
    }

    /** Returns this error without a message member. KMS omits the message for some causes. */
    public ServiceException withoutMessage() {
        return new ServiceException(wireName, status, null);
    }
}
