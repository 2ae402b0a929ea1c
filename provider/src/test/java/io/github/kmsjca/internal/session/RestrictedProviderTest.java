package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.RemovedProvider;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests keys whose public key no installed provider reads, although every JDK has a provider that reads it. */
class RestrictedProviderTest {
    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256, SHA256withECDSA", "ECC_NIST_EDWARDS25519, Ed25519"})
    void key_thatAllKeyFactoriesRefuse_signs(String spec, String algorithm) throws GeneralSecurityException {
        PublicKey publicKey = TestKms.publicKey(spec);
        Provider provider = TestKms.provider();
        PrivateKey key = keyWithRestrictedProvider(provider, TestKms.arn(spec));
        byte[] message = {1};
        byte[] signature = TestKms.sign(Signature.getInstance(algorithm, provider), key, message);
        assertTrue(IndependentVerifier.accepts(algorithm, publicKey, message, signature));
    }

    @Test
    void key_rsaInAJvmWithoutRsaKeyFactory_errorNamesTheMissingProvider() {
        String arn = TestKms.arn("RSA_2048");
        Provider provider = TestKms.provider();
        RemovedProvider jdk = RemovedProvider.named("SunRsaSign");
        try {
            KmsException refused = assertThrows(KmsException.class, () -> TestKms.key(provider, arn));
            assertEquals(
                    "key " + arn + " cannot be used: no installed provider reads RSA keys; add the JDK's provider"
                            + " SunRsaSign to the list of providers in the file java.security",
                    refused.getMessage());
        } finally {
            jdk.close();
        }
    }

    @Test
    void key_thatAllKeyFactoriesRefuse_doesNotAgreeOnSecrets() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        String arn = TestKms.emulator().createKey("ECC_NIST_P256", "KEY_AGREEMENT");
        PrivateKey key = keyWithRestrictedProvider(provider, arn);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        assertEquals(
                "no installed provider reads the public key of KMS key " + arn
                        + " (ECC_NIST_P256 for KEY_AGREEMENT); install a provider that supports its curve, such as"
                        + " SunEC",
                assertThrows(InvalidKeyException.class, () -> agreement.init(key))
                        .getMessage());
    }

    /** Gets a key while a restricted provider takes the place of SunEC. */
    private static PrivateKey keyWithRestrictedProvider(Provider provider, String arn) {
        RemovedProvider jdk = RemovedProvider.named("SunEC");
        InstalledProvider restricted = InstalledProvider.last(new RestrictedProvider());
        try {
            return TestKms.key(provider, arn);
        } finally {
            restricted.close();
            jdk.close();
        }
    }

    /** A provider whose key factories refuse all keys. */
    private static final class RestrictedProvider extends Provider {
        private static final long serialVersionUID = 1L;

        RestrictedProvider() {
            super("Restricted", "1", "");
            put("KeyFactory.EC", RefusingFactory.class.getName());
            put("KeyFactory.EdDSA", RefusingFactory.class.getName());
        }
    }

    /** Public, because the JDK creates it by its name. */
    public static final class RefusingFactory extends KeyFactorySpi {
        @Override
        protected PublicKey engineGeneratePublic(KeySpec keySpec) throws InvalidKeySpecException {
            throw new InvalidKeySpecException("restricted");
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec keySpec) throws InvalidKeySpecException {
            throw new InvalidKeySpecException("restricted");
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> keySpec) throws InvalidKeySpecException {
            throw new InvalidKeySpecException("restricted");
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            throw new InvalidKeyException("restricted");
        }
    }
}
