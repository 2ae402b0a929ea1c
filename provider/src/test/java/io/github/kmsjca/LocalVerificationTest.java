package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.PlainPublicKey;
import io.github.kmsjca.testing.SignatureRow;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verification by public keys of whatever provider: true or false, without a call, and nothing else. */
// resources are for their effect on the list of providers
@SuppressWarnings("try")
class LocalVerificationTest {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "release 2.0".getBytes(StandardCharsets.UTF_8);

    static Stream<SignatureRow> rows() {
        return SignatureRow.all();
    }

    static Stream<SignatureRow> rowsOfOneKey() {
        return Stream.concat(
                SignatureRow.withOneKey(),
                SignatureRow.all().filter(row -> row.spec().equals("ECC_SECG_P256K1")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_goodAndBad_areToldApartWithoutCall(SignatureRow row) throws GeneralSecurityException {
        byte[] signature = row.sign(MESSAGE);
        TestKms.reset();
        assertToldApart(row, row.publicKey(), signature);
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void verify_malformedSignature_isFalseAndStartsFresh(SignatureRow row) throws GeneralSecurityException {
        assertMalformedIsFalse(row, row.publicKey());
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void verify_malformedSignatureBesideBouncyCastle_isFalseAndStartsFresh(SignatureRow row)
            throws GeneralSecurityException {
        try (InstalledProvider first = InstalledProvider.first(new BouncyCastleProvider())) {
            assertMalformedIsFalse(row, row.publicKey());
            assertMalformedIsFalse(row, keyOfBouncyCastle(row));
        }
    }

    private static void assertMalformedIsFalse(SignatureRow row, PublicKey key) throws GeneralSecurityException {
        byte[] signature = row.sign(MESSAGE);
        TestKms.reset();
        Signature engine = row.engine(TestKms.sharedProvider());
        engine.initVerify(key);
        for (byte[] malformed : malformed(row, signature)) {
            engine.update(row.input(OTHER));
            assertFalse(engine.verify(malformed), () -> Arrays.toString(malformed));
            engine.update(row.input(MESSAGE));
            assertTrue(engine.verify(signature), () -> "after " + Arrays.toString(malformed));
        }
        assertEquals(List.of(), TestKms.operations());
    }

    private static List<byte[]> malformed(SignatureRow row, byte[] signature) {
        byte[] ones = new byte[signature.length];
        Arrays.fill(ones, (byte) -1);
        Stream<byte[]> any = Stream.of(
                new byte[0],
                new byte[1],
                new byte[] {0x30, 0},
                new byte[] {0x30, (byte) 0x80},
                new byte[] {0x30, 6, 4, 1, 5, 4, 1, 5},
                new byte[signature.length],
                ones,
                Arrays.copyOf(signature, signature.length - 1),
                Arrays.copyOf(signature, signature.length + 1),
                Arrays.copyOfRange(signature, 1, signature.length),
                new byte[7000]);
        Stream<byte[]> flipped = IntStream.of(0, 1, 4, signature.length / 2, signature.length - 1)
                .mapToObj(index -> {
                    byte[] changed = signature.clone();
                    changed[index] ^= 1;
                    return changed;
                });
        Stream<byte[]> numbers = row.isDer() ? Stream.of(der(0, 0), der(-1, 1), der(1, 0), der(1, 1)) : Stream.of();
        return Stream.of(any, flipped, numbers).flatMap(all -> all).toList();
    }

    private static byte[] der(int r, int s) {
        try {
            return new DERSequence(new ASN1Integer[] {
                        new ASN1Integer(BigInteger.valueOf(r)), new ASN1Integer(BigInteger.valueOf(s))
                    })
                    .getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_publicKeyOfBouncyCastle_isTaken(SignatureRow row) throws GeneralSecurityException {
        assertToldApart(row, keyOfBouncyCastle(row), row.sign(MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void verify_publicKeyOfBouncyCastleWhichIsFirst_isTaken(SignatureRow row) throws GeneralSecurityException {
        try (InstalledProvider first = InstalledProvider.first(new BouncyCastleProvider())) {
            assertToldApart(row, keyOfBouncyCastle(row), row.sign(MESSAGE));
        }
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void verify_publicKeyThatTellsItsEncodingOnly_isTaken(SignatureRow row) throws GeneralSecurityException {
        PublicKey known = row.publicKey();
        assertToldApart(row, new PlainPublicKey(known.getAlgorithm(), known.getEncoded()), row.sign(MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void initVerify_unreadablePublicKey_isInvalidKey(SignatureRow row) throws GeneralSecurityException {
        Signature engine = row.engine(TestKms.sharedProvider());
        for (byte[] encoded : List.of(new byte[0], new byte[] {0x30, 0}, new byte[50])) {
            PublicKey unreadable = new PlainPublicKey(row.publicKey().getAlgorithm(), encoded);
            assertThrows(InvalidKeyException.class, () -> engine.initVerify(unreadable));
        }
    }

    @Test
    void initVerify_pointOffTheCurveOfSm2_isInvalidKey() throws GeneralSecurityException {
        byte[] encoded = TestKms.publicKey("SM2").getEncoded();
        encoded[encoded.length - 1] ^= 1;
        Signature engine = Signature.getInstance("SM3withSM2", TestKms.sharedProvider());
        assertThrows(InvalidKeyException.class, () -> engine.initVerify(new PlainPublicKey("EC", encoded)));
    }

    @Test
    void initVerify_mlDsaKeyOfAnotherParameterSet_isInvalidKey() throws GeneralSecurityException {
        Signature engine = Signature.getInstance("ML-DSA-44", TestKms.sharedProvider());
        assertThrows(InvalidKeyException.class, () -> engine.initVerify(TestKms.publicKey("ML_DSA_65")));
        engine.initVerify(TestKms.publicKey("ML_DSA_44"));
        engine.update(MESSAGE);
        assertFalse(engine.verify(new byte[2420]));
    }

    /** KMS takes no more than 4,096 bytes, but keys of others sign what they like. */
    @Test
    void verify_ed25519OfALongMessage_isLocalAndUnlimited() throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] message = new byte[100_000];
        byte[] signature = TestKms.sign(Signature.getInstance("Ed25519"), keys.getPrivate(), message);
        Signature engine = Signature.getInstance("Ed25519", TestKms.sharedProvider());
        for (PublicKey key : List.of(
                keys.getPublic(), new PlainPublicKey("EdDSA", keys.getPublic().getEncoded()))) {
            engine.initVerify(key);
            engine.update(message);
            assertTrue(engine.verify(signature));
        }
    }

    private static void assertToldApart(SignatureRow row, PublicKey key, byte[] signature)
            throws GeneralSecurityException {
        Signature engine = row.engine(TestKms.sharedProvider());
        engine.initVerify(key);
        engine.update(row.input(MESSAGE));
        assertTrue(engine.verify(signature));
        engine.update(row.input(OTHER));
        assertFalse(engine.verify(signature));
        engine.update(row.input(MESSAGE));
        assertTrue(engine.verify(signature));
    }

    private static PublicKey keyOfBouncyCastle(SignatureRow row) throws GeneralSecurityException {
        PublicKey key = row.publicKey();
        String family = row.spec().startsWith("ML_DSA") ? "ML-DSA" : key.getAlgorithm();
        return KeyFactory.getInstance(family, new BouncyCastleProvider())
                .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }
}
