package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests keys whose public key no installed provider reads, although every JDK supports such keys. */
class RestrictedProviderTest {
    private static final String JDK = "SunEC";

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

    /** Gets a key while a restricted provider takes the place of SunEC. */
    private static PrivateKey keyWithRestrictedProvider(Provider provider, String arn) {
        Provider jdk = Security.getProvider(JDK);
        int position = List.of(Security.getProviders()).indexOf(jdk) + 1;
        Security.removeProvider(JDK);
        InstalledProvider restricted = InstalledProvider.last(new RestrictedProvider());
        try {
            return TestKms.key(provider, arn);
        } finally {
            restricted.close();
            Security.insertProviderAt(jdk, position);
        }
    }

    /** A provider that refuses all keys. */
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
