package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;

/** KMS API {@code DeriveSharedSecret}, with the JDK as the other party. */
class AgreementContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();

    private static byte[] derive(String key, byte[] publicKey) {
        DeriveSharedSecretResponse answer = KMS.deriveSharedSecret(request ->
                request.keyId(key).keyAgreementAlgorithm("ECDH").publicKey(SdkBytes.fromByteArray(publicKey)));
        assertEquals("AWS_KMS", answer.keyOriginAsString());
        assertEquals("ECDH", answer.keyAgreementAlgorithmAsString());
        return answer.sharedSecret().asByteArray();
    }

    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256, secp256r1, 32", "ECC_NIST_P384, secp384r1, 48", "ECC_NIST_P521, secp521r1, 66"})
    void deriveSharedSecret_nistCurve_equalsTheOtherPartysSecretInFullLength(String spec, String curve, int length)
            throws GeneralSecurityException {
        String key = SERVICE.createKey(spec, "KEY_AGREEMENT");
        byte[] spki =
                KMS.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        PublicKey publicKey = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
        // a secret can begin with a zero byte, as half of those on P-521 do, and KMS must not cut it off
        for (int round = 0; round < 20; round++) {
            KeyPair other = JdkKeys.ecPair(curve);
            byte[] secret = derive(key, other.getPublic().getEncoded());
            assertEquals(length, secret.length);
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(other.getPrivate());
            agreement.doPhase(publicKey, true);
            assertArrayEquals(agreement.generateSecret(), secret);
        }
        // the public key of the other party can also be that of the KMS key itself
        assertEquals(length, derive(key, spki).length);
    }

    @Test
    void deriveSharedSecret_invalidPublicKey_isValidationExceptionWithoutMessage() throws GeneralSecurityException {
        String key = SERVICE.createKey("ECC_NIST_P256", "KEY_AGREEMENT");
        byte[] onAnotherCurve = JdkKeys.ecPair("secp384r1").getPublic().getEncoded();
        assertRefused("ValidationException", NO_MESSAGE, () -> derive(key, onAnotherCurve));
        assertRefused("ValidationException", NO_MESSAGE, () -> derive(key, new byte[] {1}));
        byte[] notOnTheCurve = JdkKeys.ecPair("secp256r1").getPublic().getEncoded();
        notOnTheCurve[notOnTheCurve.length - 1] ^= 1;
        assertRefused("ValidationException", NO_MESSAGE, () -> derive(key, notOnTheCurve));
    }

    @Test
    void deriveSharedSecret_signingKey_isInvalidKeyUsageException() throws GeneralSecurityException {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        byte[] other = JdkKeys.ecPair("secp256r1").getPublic().getEncoded();
        assertRefused(
                "InvalidKeyUsageException",
                key + " key usage is SIGN_VERIFY which is not valid for DeriveSharedSecret.",
                () -> derive(key, other));
    }
}
