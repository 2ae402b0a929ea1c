package io.github.kmsjca.internal.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {
    private static final String RSA = "RSA_2048";
    private static final String P256 = "ECC_NIST_P256";

    @Test
    void rsaHandle_hasItsModulus() {
        RSAKey key = assertInstanceOf(RSAKey.class, TestKms.key(RSA));
        assertEquals(((RSAPublicKey) TestKms.publicKey(RSA)).getModulus(), key.getModulus());
        assertNull(key.getParams());
    }

    /** SunRsaSign and SunEC accept private keys with these interfaces, and then fail to sign. */
    @Test
    void handles_implementNeitherRsaPrivateKeyNorEcPrivateKey() {
        assertFalse(TestKms.key(RSA) instanceof RSAPrivateKey);
        assertFalse(TestKms.key(P256) instanceof ECPrivateKey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1"})
    void ecHandle_hasItsCurve(String spec) {
        ECKey key = assertInstanceOf(ECKey.class, TestKms.key(spec));
        assertEquals(
                ((ECPublicKey) TestKms.publicKey(spec)).getParams().getCurve(),
                key.getParams().getCurve());
    }

    /** Java 22 added the interface AsymmetricKey. Its getParams has another return type than the getParams of ECKey. */
    @Test
    void asymmetricKey_sinceJava22_hasTheCurveOrNoParameters() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 22);
        Class<?> asymmetricKey = Class.forName("java.security.AsymmetricKey");
        assertEquals(((ECKey) TestKms.key(P256)).getParams(), params(asymmetricKey, TestKms.key(P256)));
        assertNull(params(asymmetricKey, TestKms.key(RSA)));
    }

    private static Object params(Class<?> asymmetricKey, PrivateKey key)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return asymmetricKey.getMethod("getParams").invoke(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {RSA, P256})
    void handles_haveNoEncoding(String spec) {
        assertNull(TestKms.key(spec).getFormat());
        assertNull(TestKms.key(spec).getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {RSA, P256})
    void handles_haveTheAlgorithmOfThePublicKey(String spec) {
        assertEquals(TestKms.publicKey(spec).getAlgorithm(), TestKms.key(spec).getAlgorithm());
    }

    @ParameterizedTest
    @ValueSource(strings = {RSA, P256})
    void writeObject_handle_isRefused(String spec) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(TestKms.key(spec)));
        }
    }

    @Test
    void handles_haveKeyIdAndSpec() {
        KmsKey key = (KmsKey) TestKms.key(P256);
        assertEquals(TestKms.arn(P256), key.keyId());
        assertEquals(P256, key.keySpec());
    }

    @Test
    void equals_sameKeyOfAnotherProvider_isEqual() {
        Provider other = TestKms.provider();
        assertEquals(TestKms.key(P256), TestKms.key(other, TestKms.arn(P256)));
        assertEquals(
                TestKms.key(P256).hashCode(),
                TestKms.key(other, TestKms.arn(P256)).hashCode());
    }

    @Test
    void equals_anotherKeyNullOrThePublicKey_isNotEqual() {
        String other = TestKms.emulator().createKey(P256);
        assertNotEquals(TestKms.key(P256), TestKms.key(TestKms.sharedProvider(), other));
        assertNotEquals(TestKms.key(P256), null);
        assertNotEquals(TestKms.key(P256), TestKms.publicKey(P256));
    }

    @Test
    void toString_namesKeyAndSpecAndNoSecrets() {
        Provider provider = TestKms.provider("grant-tokens=a-token-that-is-not-shown");
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        assertEquals("KMS key " + TestKms.arn(P256) + " (ECC_NIST_P256)", key.toString());
    }

    /** Uses its own provider, because the shared provider may have cached a key that another JCA provider parsed. */
    @ParameterizedTest
    @ValueSource(strings = {RSA, P256})
    void publicKey_plain_isOfAJdkClass(String spec) {
        PublicKey key = TestKms.publicKey(TestKms.key(TestKms.provider(), TestKms.arn(spec)));
        assertEquals("X.509", key.getFormat());
        String plain = KmsPublicKey.plain(key).getClass().getName();
        assertTrue(plain.startsWith("sun.security."), plain);
    }
}
