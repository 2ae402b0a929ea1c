package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestKms;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests malformed public keys of a class that no provider has, and other invalid arguments of KEM engines. */
class ForeignClassKeyTest {
    private static final ASN1ObjectIdentifier P256 = X9ObjectIdentifiers.prime256v1;
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4");

    private record UnknownClassKey(String name, Bytes bytes) implements PublicKey {
        @Override
        public String getAlgorithm() {
            return name;
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.get();
        }
    }

    private interface Bytes {
        byte[] get();
    }

    private record KeyWithoutEncoding(BigInteger modulus, BigInteger exponent) implements RSAPublicKey {
        @Override
        public BigInteger getModulus() {
            return modulus;
        }

        @Override
        public BigInteger getPublicExponent() {
            return exponent;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    /** What is wrong with the encoding of a key. */
    enum Flaw {
        UNUSED_BITS {
            @Override
            ASN1Encodable[] parts(SubjectPublicKeyInfo valid) {
                byte[] point = valid.getPublicKeyData().getOctets();
                point[point.length - 1] &= (byte) 0xf0;
                return new ASN1Encodable[] {valid.getAlgorithm(), new DERBitString(point, 4)};
            }
        },
        ALGORITHM_IS_THE_CURVE {
            @Override
            ASN1Encodable[] parts(SubjectPublicKeyInfo valid) {
                return new ASN1Encodable[] {sequence(parameters(valid, P256)), valid.getPublicKeyData()};
            }
        },
        ANOTHER_ALGORITHM {
            @Override
            ASN1Encodable[] parts(SubjectPublicKeyInfo valid) {
                ASN1Encodable curve = valid.getAlgorithm().getParameters();
                return new ASN1Encodable[] {
                    curve == null ? sequence(UNKNOWN) : sequence(UNKNOWN, curve), valid.getPublicKeyData()
                };
            }
        },
        NO_ALGORITHM {
            @Override
            ASN1Encodable[] parts(SubjectPublicKeyInfo valid) {
                return new ASN1Encodable[] {valid.getPublicKeyData()};
            }
        },
        EMPTY_ALGORITHM {
            @Override
            ASN1Encodable[] parts(SubjectPublicKeyInfo valid) {
                return new ASN1Encodable[] {sequence(), valid.getPublicKeyData()};
            }
        };

        /** Returns the parts of the malformed encoding, made from a valid key. */
        abstract ASN1Encodable[] parts(SubjectPublicKeyInfo valid);

        private static ASN1Encodable parameters(SubjectPublicKeyInfo valid, ASN1Encodable ifAbsent) {
            ASN1Encodable present = valid.getAlgorithm().getParameters();
            return present == null ? ifAbsent : present;
        }

        private static DERSequence sequence(ASN1Encodable... parts) {
            ASN1EncodableVector vector = new ASN1EncodableVector();
            vector.addAll(parts);
            return new DERSequence(vector);
        }

        PublicKey addTo(PublicKey valid) throws Exception {
            byte[] encoded = sequence(parts(SubjectPublicKeyInfo.getInstance(valid.getEncoded())))
                    .getEncoded();
            return new UnknownClassKey(valid.getAlgorithm(), encoded::clone);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyAgreement_malformedPeer_isRefusedBeforeTheRequest(Flaw flaw) throws Exception {
        PrivateKey key =
                TestKms.key(TestKms.sharedProvider(), TestKms.emulator().createKey("ECC_NIST_P256", "KEY_AGREEMENT"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        PublicKey peer = flaw.addTo(generator.generateKeyPair().getPublic());
        TestKms.reset();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", TestKms.sharedProvider());
        agreement.init(key);
        assertThrows(InvalidKeyException.class, () -> agreement.doPhase(peer, true));
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @EnumSource
    void initVerify_malformedKey_isRefused(Flaw flaw) throws Exception {
        for (List<String> row : List.of(
                List.of("SHA256withECDSA", "ECC_NIST_P256"),
                List.of("SHA256withECDSA", "ECC_SECG_P256K1"),
                List.of("Ed25519", "ECC_NIST_EDWARDS25519"),
                List.of("ML-DSA-65", "ML_DSA_65"),
                List.of("SM3withSM2", "SM2"))) {
            PublicKey key = flaw.addTo(TestKms.publicKey(row.get(1)));
            Signature engine = Signature.getInstance(row.get(0), TestKms.sharedProvider());
            assertThrows(InvalidKeyException.class, () -> engine.initVerify(key), row + " " + flaw);
        }
    }

    @Test
    void initVerify_wrongExponentInAKeyWithoutEncoding_isRefused() throws Exception {
        PublicKey key = new KeyWithoutEncoding(BigInteger.ONE.shiftLeft(2047).setBit(0), BigInteger.ONE);
        Signature engine = Signature.getInstance("SHA256withRSA", TestKms.sharedProvider());
        assertThrows(InvalidKeyException.class, () -> engine.initVerify(key));
    }

    @ParameterizedTest
    @EnumSource
    void newEncapsulator_malformedKey_isRefused(Flaw flaw) throws Exception {
        PrivateKey key = TestKms.key(
                TestKms.sharedProvider(), TestKms.emulator().createKey("ML_KEM_512", "ENCAPSULATE_DECAPSULATE"));
        PublicKey malformed = flaw.addTo(TestKms.publicKey(key));
        KEM kem = KEM.getInstance("ML-KEM", TestKms.sharedProvider());
        assertThrows(InvalidKeyException.class, () -> kem.newEncapsulator(malformed));
    }

    @Test
    @Tag("newer-libraries")
    void kem_nullAndEmptyRange_areRefusedBeforeTheRequest() throws Exception {
        PrivateKey key = TestKms.key(
                TestKms.sharedProvider(), TestKms.emulator().createKey("ML_KEM_512", "ENCAPSULATE_DECAPSULATE"));
        KEM kem = KEM.getInstance("ML-KEM", TestKms.sharedProvider());
        PublicKey noPublicKey = null;
        PrivateKey noPrivateKey = null;
        assertThrows(InvalidKeyException.class, () -> kem.newEncapsulator(noPublicKey));
        assertThrows(InvalidKeyException.class, () -> kem.newDecapsulator(noPrivateKey));
        byte[] encapsulation =
                kem.newEncapsulator(TestKms.publicKey(key)).encapsulate().encapsulation();
        KEM.Decapsulator decapsulator = kem.newDecapsulator(key);
        PublicKey keyForKms = TestKms.publicKey(TestKms.key(TestKms.provider("encrypt=kms"), ((KmsKey) key).keyId()));
        KEM.Encapsulator encapsulator = kem.newEncapsulator(keyForKms);
        TestKms.reset();
        assertThrows(NullPointerException.class, () -> decapsulator.decapsulate(null));
        assertThrows(NullPointerException.class, () -> decapsulator.decapsulate(encapsulation, 0, 32, null));
        for (int edge : List.of(0, 16, 32)) {
            String text = assertThrows(
                            IllegalArgumentException.class,
                            () -> decapsulator.decapsulate(encapsulation, edge, edge, "AES"))
                    .toString();
            assertTrue(text.contains("is empty"), text);
            assertThrows(IllegalArgumentException.class, () -> encapsulator.encapsulate(edge, edge, "AES"));
        }
        assertThrows(NullPointerException.class, () -> encapsulator.encapsulate(0, 32, null));
        assertEquals(List.of(), TestKms.operations());
    }
}
