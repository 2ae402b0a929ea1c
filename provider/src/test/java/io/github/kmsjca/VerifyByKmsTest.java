package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.SignatureRow;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The setting {@code verify=kms}, with every name and key. */
class VerifyByKmsTest {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "release 2.0".getBytes(StandardCharsets.UTF_8);
    private static final Provider PROVIDER = TestKms.provider("verify=kms");

    static Stream<SignatureRow> rows() {
        return SignatureRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_goodAndBad_areToldApartByOneRequestEach(SignatureRow row) throws GeneralSecurityException {
        byte[] signature = row.sign(MESSAGE);
        Signature engine = verifier(row, row.publicKey());
        engine.update(row.input(MESSAGE));
        assertTrue(engine.verify(signature));
        engine.update(row.input(OTHER));
        assertFalse(engine.verify(signature));
        engine.update(row.input(MESSAGE));
        assertTrue(engine.verify(signature));
        assertEquals(List.of("Verify", "Verify", "Verify"), TestKms.operations());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_malformedSignature_isFalseWithoutRequest(SignatureRow row) throws GeneralSecurityException {
        byte[] signature = row.sign(MESSAGE);
        Signature engine = verifier(row, row.publicKey());
        for (byte[] malformed : List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                Arrays.copyOf(signature, signature.length - 1),
                Arrays.copyOf(signature, signature.length + 1),
                new byte[7000])) {
            engine.update(row.input(MESSAGE));
            assertFalse(engine.verify(malformed));
        }
        assertEquals(List.of(), TestKms.operations());
        engine.update(row.input(MESSAGE));
        assertTrue(engine.verify(signature));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_publicKeyOfBouncyCastle_isKnown(SignatureRow row) throws GeneralSecurityException {
        byte[] signature = row.sign(MESSAGE);
        PublicKey key = row.publicKey();
        String family = row.spec().startsWith("ML_DSA") ? "ML-DSA" : key.getAlgorithm();
        PublicKey same = KeyFactory.getInstance(family, new BouncyCastleProvider())
                .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        Signature engine = verifier(row, same);
        engine.update(row.input(MESSAGE));
        assertTrue(engine.verify(signature));
        assertEquals(List.of("Verify"), TestKms.operations());
    }

    @Test
    void verify_messageThatKmsDoesNotTake_saysSo() throws GeneralSecurityException {
        SignatureRow row =
                SignatureRow.all().filter(SignatureRow::isEd25519).findFirst().orElseThrow();
        Signature engine = verifier(row, row.publicKey());
        engine.update(new byte[4097]);
        assertTrue(String.valueOf(assertThrows(SignatureException.class, () -> engine.verify(new byte[64]))
                        .getMessage())
                .contains("takes at most 4096 bytes"));
        assertEquals(List.of(), TestKms.operations());
    }

    private static Signature verifier(SignatureRow row, PublicKey key) throws GeneralSecurityException {
        // a key that is known
        row.key(PROVIDER);
        Signature engine = row.engine(PROVIDER);
        engine.initVerify(key);
        TestKms.reset();
        return engine;
    }
}
