package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the texts for errors that KMS returns. */
class KmsErrorsTest {
    private static final String REQUEST_ID = " \\[request id [0-9a-f-]{36}\\]$";

    private final Provider provider = TestKms.provider("attempts=1");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDeniedException, 400, allow kms:GetPublicKey in the caller's IAM policy and in the key policy",
        "AlreadyExistsException, 400, choose another name",
        "DependencyTimeoutException, 503, try again later",
        "DisabledException, 400, enable the key with 'aws kms enable-key'",
        "ExpiredTokenException, 400, renew the credentials",
        "IncompleteSignatureException, 400, check the credentials and the Region",
        "KMSInternalException, 500, try again later",
        "InvalidArnException, 400, check the key identifier",
        "InvalidGrantTokenException, 400, correct the setting grant-tokens",
        "InvalidKeyUsageException, 400, 'name a key with the right key usage, and an algorithm that its"
                + " key spec supports'",
        "InvalidSignatureException, 400, 'check the secret access key, the Region, the endpoint and the clock'",
        "KMSInvalidStateException, 400, 'look at the key state with ''aws kms describe-key''; to keep a key that is"
                + " pending deletion, run ''aws kms cancel-key-deletion'', then ''aws kms enable-key'''",
        "KeyUnavailableException, 500, try again later",
        "LimitExceededException, 400, raise the quota of the account",
        "MalformedPolicyDocumentException, 400, correct the key policy",
        "NotFoundException, 400, 'check the key identifier, the account and the Region'",
        "ThrottlingException, 400, 'call less often, or raise the request quota of the account'",
        "UnrecognizedClientException, 400, check the access key id and the Region",
        "InvalidCiphertextException, 400,"
                + " 'encrypt with the public key of this key; with RSA, use the same hash for OAEP and MGF1"
                + " (the JDK''s default for MGF1 is SHA-1)'",
        "ValidationException, 400, 'check the given values, such as key, key spec, message and public key'",
        "SomethingNewException, 400, look the error up in the AWS KMS API reference"
    })
    void error_withAndWithoutMessage_hasItsRemedy(String code, int status, String remedy) {
        KmsException bare = failure(Fault.on("GetPublicKey").error(code, status, null));
        assertEquals(text(code + "; " + remedy), withoutRequestId(bare));
        KmsException full = failure(Fault.on("GetPublicKey").error(code, status, "It is so."));
        assertEquals(text(code + " (It is so); " + remedy), withoutRequestId(full));
        assertEquals(code, full.code());
    }

    @Test
    void kmsMessage_oneLine_isKept() {
        KmsException failure = assertThrows(KmsException.class, this::load);
        assertEquals(
                "KMS GetPublicKey for key " + TestKms.NO_KEY + " failed: NotFoundException (Key '" + TestKms.NO_KEY
                        + "' does not exist); check the key identifier, the account and the Region",
                withoutRequestId(failure));
    }

    /** For this error, the KMS message repeats the signed request, including the session token. */
    @Test
    void kmsMessage_severalLines_isCutToTheFirst() {
        KmsException failure = failure(Fault.on("GetPublicKey")
                .error(
                        "InvalidSignatureException",
                        400,
                        "The signature does not match.\n\nThe Canonical String should have been\n"
                                + "'POST\n/\n\nx-amz-security-token:a-session-token\n'"));
        assertEquals(
                text("InvalidSignatureException (The signature does not match);"
                        + " check the secret access key, the Region, the endpoint and the clock"),
                withoutRequestId(failure));
    }

    @Test
    void list_denied_namesTheAccountInsteadOfAKey() {
        TestKms.emulator().faults().add(Fault.on("ListAliases").accessDenied());
        KmsException failure = assertThrows(
                KmsException.class, () -> TestKms.discovery(provider).aliases());
        assertEquals(
                "KMS ListAliases for the account failed: AccessDeniedException (User: arn:aws:iam::111122223333:user/test"
                        + " is not authorized to perform: kms:ListAliases on resource: * because no identity-based"
                        + " policy allows the kms:ListAliases action); allow kms:ListAliases in the caller's IAM"
                        + " policy, or name the keys with the setting keys",
                withoutRequestId(failure));
    }

    @Test
    void failure_text_hasNoCredentials() {
        KmsException failure = failure(Fault.on("GetPublicKey").accessDenied());
        assertFalse(String.valueOf(failure.getMessage()).contains(System.getProperty("aws.accessKeyId")));
        assertFalse(String.valueOf(failure.getMessage()).contains(System.getProperty("aws.secretAccessKey")));
    }

    private KmsException failure(Fault fault) {
        TestKms.emulator().faults().add(fault);
        return assertThrows(KmsException.class, this::load);
    }

    /** Gets a key from a keystore file, because discovery ignores the error for a key that KMS does not have. */
    private Key load() throws GeneralSecurityException {
        return TestKms.file(provider, "\nalias: key\nkey: " + TestKms.NO_KEY + "\n")
                .getKey("key", null);
    }

    private static String text(String rest) {
        return "KMS GetPublicKey for key " + TestKms.NO_KEY + " failed: " + rest;
    }

    /** Removes the request id from the text. Fails if there is none. */
    private static String withoutRequestId(KmsException failure) {
        String text = String.valueOf(failure.getMessage());
        String rest = text.replaceFirst(REQUEST_ID, "");
        assertFalse(rest.equals(text), text);
        return rest;
    }

    /** Programs may print the error code and the message, which come from the answer. */
    @Test
    void codeAndMessage_hostileAnswer_areCleaned() {
        KmsException failure = failure(Fault.on("GetPublicKey").error("Bad\u202ECode", 400, "It\u001B[2J is so."));
        assertEquals("Bad\uFFFDCode", failure.code());
        assertFalse(String.valueOf(failure.getMessage()).contains("\u001B"), failure.getMessage());
    }
}
