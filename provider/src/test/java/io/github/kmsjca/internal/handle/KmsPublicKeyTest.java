package io.github.kmsjca.internal.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsPublicKeyTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final byte[] MESSAGE = {1, 2, 3};

    @ParameterizedTest
    @CsvSource({"RSA_2048, RSA", "ECC_NIST_P256, EC", "ECC_NIST_P521, EC", "ECC_NIST_EDWARDS25519, EdDSA"})
    void publicKey_sameKeyOfTheJdk_isEqualAndHasTheSameHashCodeAndTexts(String spec, String algorithm)
            throws GeneralSecurityException {
        PublicKey ours = publicKey(spec);
        PublicKey plain = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(ours.getEncoded()));
        assertEquals(plain, ours);
        assertEquals(ours, plain);
        assertEquals(ours, publicKey(spec));
        assertEquals(plain.hashCode(), ours.hashCode());
        assertEquals(plain.toString(), ours.toString());
        assertEquals(plain.getAlgorithm(), ours.getAlgorithm());
        assertFalse(ours.equals(publicKey("ECC_NIST_P384")));
    }

    @Test
    void publicKey_implementsTheInterfaceOfItsFamily() {
        RSAPublicKey rsa = assertInstanceOf(RSAPublicKey.class, publicKey("RSA_2048"));
        assertEquals(2048, rsa.getModulus().bitLength());
        ECPublicKey ec = assertInstanceOf(ECPublicKey.class, TestKms.publicKey(P256));
        assertEquals(256, ec.getParams().getOrder().bitLength());
        assertInstanceOf(EdECPublicKey.class, publicKey("ECC_NIST_EDWARDS25519"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA_2048", "ECC_NIST_P256", "ECC_NIST_EDWARDS25519"})
    void writeObject_publicKey_writesThePlainKey(String spec) throws IOException, ClassNotFoundException {
        PublicKey ours = publicKey(spec);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(ours);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            Object read = in.readObject();
            assertEquals(ours, read);
            assertTrue(read.getClass().getName().startsWith("java.security.")
                    || read.getClass().getName().startsWith("sun.security."));
        }
    }

    /** Programs pass our public keys to engines of other providers. */
    @ParameterizedTest
    @CsvSource({
        "RSA_2048, SHA256withRSA, SunRsaSign",
        "ECC_NIST_P256, SHA256withECDSA, SunEC",
        "ECC_NIST_P384, SHA384withECDSA, SunEC",
        "ECC_NIST_EDWARDS25519, Ed25519, SunEC"
    })
    void verify_engineOfTheJdk_acceptsThePublicKey(String spec, String algorithm, String other)
            throws GeneralSecurityException {
        byte[] signature =
                TestKms.sign(Signature.getInstance(algorithm, TestKms.sharedProvider()), TestKms.key(spec), MESSAGE);
        Signature engine = Signature.getInstance(algorithm, other);
        engine.initVerify(publicKey(spec));
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
    }

    @Test
    void verifyByKms_keyFromACertificate_isComparedWithKmsOnce() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        PrivateKey key = certified(provider, TestKms.arn(P256));
        byte[] signature = TestKms.sign(
                Signature.getInstance("SHA256withECDSA", TestKms.sharedProvider()), TestKms.key(P256), MESSAGE);
        TestKms.reset();
        assertTrue(verify(provider, TestKms.publicKey(key), signature));
        assertTrue(verify(provider, TestKms.publicKey(key), signature));
        assertEquals(List.of("GetPublicKey", "Verify", "Verify"), TestKms.operations());
    }

    @Test
    void verifyByKms_certificateOfAnotherKey_isRefusedBeforeTheVerification() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        String attackersArn = TestKms.emulator().createKey(P256);
        byte[] forged = TestKms.sign(
                Signature.getInstance("SHA256withECDSA", TestKms.sharedProvider()),
                TestKms.key(TestKms.sharedProvider(), attackersArn),
                MESSAGE);
        PublicKey keyOfTheCertificate = TestKms.publicKey(certified(provider, attackersArn));
        TestKms.reset();
        assertEquals(
                "key " + attackersArn + " has another public key in KMS than in its certificate; give the entry"
                        + " the certificate of this key, or correct the line 'key:' of the entry",
                assertThrows(SignatureException.class, () -> verify(provider, keyOfTheCertificate, forged))
                        .getMessage());
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
    }

    /** Between two calls, somebody may move an alias to another key. */
    @Test
    void verifyByKms_movedAlias_isRefused() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        TestKms.emulator().createAlias("alias/moved", TestKms.arn(P256));
        PrivateKey key = certified(provider, "alias/moved");
        byte[] signature = TestKms.sign(
                Signature.getInstance("SHA256withECDSA", TestKms.sharedProvider()), TestKms.key(P256), MESSAGE);
        assertTrue(verify(provider, TestKms.publicKey(key), signature));
        String attackersArn = TestKms.emulator().createKey(P256);
        TestKms.moveAlias("alias/moved", attackersArn);
        byte[] forged = TestKms.sign(
                Signature.getInstance("SHA256withECDSA", TestKms.sharedProvider()),
                TestKms.key(TestKms.sharedProvider(), attackersArn),
                MESSAGE);
        assertEquals(
                "alias/moved now points to key " + attackersArn + " instead of " + TestKms.arn(P256)
                        + ", so the answer was rejected; get the key from the KeyStore again",
                assertThrows(SignatureException.class, () -> verify(provider, TestKms.publicKey(key), forged))
                        .getMessage());
    }

    /**
     * The stream names the class, but has none of its fields. Only an attacker writes such a stream: the provider
     * writes a plain key instead of a KmsPublicKey, writes an EncodedPublicKey with its fields, and refuses to write a
     * handle.
     */
    @ParameterizedTest
    @CsvSource({
        "handle.KmsPublicKey$Rsa,  true",
        "handle.KmsPublicKey$Rsa,  false",
        "handle.RsaHandle,         true",
        "handle.RsaHandle,         false",
        "handle.MacHandle,         true",
        "handle.EncodedPublicKey,  true"
    })
    void readObject_streamWithoutFields_isRefused(String name, boolean withSuperclasses) throws Exception {
        Class<?> type = Class.forName("io.github.kmsjca.internal." + name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
            out.writeShort(ObjectStreamConstants.STREAM_VERSION);
            out.writeByte(ObjectStreamConstants.TC_OBJECT);
            for (Class<?> described : withSuperclasses ? serializableClasses(type) : List.<Class<?>>of(type)) {
                out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
                out.writeUTF(described.getName());
                out.writeLong(ObjectStreamClass.lookup(described).getSerialVersionUID());
                out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
                out.writeShort(0);
                out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
            }
            out.writeByte(ObjectStreamConstants.TC_NULL);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThrows(ObjectStreamException.class, in::readObject);
        }
    }

    /** Returns a class and its serializable superclasses. */
    private static List<Class<?>> serializableClasses(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> at = type; Serializable.class.isAssignableFrom(at); at = at.getSuperclass()) {
            classes.add(at);
        }
        return classes;
    }

    /** Returns a handle from a keystore file whose entry has this key and the certificate of the shared key. */
    private static PrivateKey certified(Provider provider, String id) throws GeneralSecurityException {
        String entry = TestKms.entry("release", id, TestKms.certificate(TestKms.publicKey(P256)));
        return (PrivateKey) TestKms.file(provider, entry).getKey("release", null);
    }

    /**
     * Returns the public key of a shared key. A new provider requests it, because the shared provider may have cached a
     * key that another JCA provider parsed.
     */
    private static PublicKey publicKey(String spec) {
        return TestKms.publicKey(TestKms.key(TestKms.provider(), TestKms.arn(spec)));
    }

    private static boolean verify(Provider provider, PublicKey key, byte[] signature) throws GeneralSecurityException {
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        engine.initVerify(key);
        engine.update(MESSAGE);
        return engine.verify(signature);
    }
}
