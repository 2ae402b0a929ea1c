package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests verification with public keys from our provider and from other providers. The provider does not call KMS. For a
 * wrong signature, it returns false and throws no exception.
 */
class LocalVerificationTest {
    static Stream<Trial> trials() {
        return Trials.forThisRun();
    }

    static Stream<Trial> representativeTrials() {
        return Trials.representative();
    }

    @AfterEach
    void removeBouncyCastle() {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void verify_rightAndWrongMessage_areDistinguishedWithoutCall(Trial trial) throws GeneralSecurityException {
        byte[] signature = trial.sign(trial.message());
        KmsEmulator emulator = Trials.emulator();
        trial.assertDistinguishes(trial.verifier(trial.publicKey()), signature);
        assertEquals(List.of(), Trials.operations(emulator));
    }

    @ParameterizedTest
    @MethodSource("representativeTrials")
    void verify_wrongSignature_isFalseAndStartsFresh(Trial trial) throws GeneralSecurityException {
        assertWrongIsFalse(trial, trial.publicKey());
    }

    @ParameterizedTest
    @MethodSource("representativeTrials")
    void verify_wrongSignatureBesideBouncyCastle_isFalseAndStartsFresh(Trial trial) throws GeneralSecurityException {
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        assertWrongIsFalse(trial, trial.publicKey());
        assertWrongIsFalse(trial, trial.bouncyCastleKey());
    }

    private static void assertWrongIsFalse(Trial trial, PublicKey key) throws GeneralSecurityException {
        byte[] signature = trial.sign(trial.message());
        Signature engine = trial.verifier(key);
        KmsEmulator emulator = Trials.emulator();
        for (byte[] wrong : wrongSignatures(trial.row(), signature)) {
            engine.update(trial.otherMessage());
            assertFalse(engine.verify(wrong), () -> Arrays.toString(wrong));
            engine.update(trial.message());
            assertTrue(engine.verify(signature), () -> "after " + Arrays.toString(wrong));
        }
        assertEquals(List.of(), Trials.operations(emulator));
    }

    /** Returns malformed signatures, altered copies of a right signature, and DER signatures with wrong numbers. */
    private static List<byte[]> wrongSignatures(SignatureRow row, byte[] signature) {
        byte[] ones = new byte[signature.length];
        Arrays.fill(ones, (byte) -1);
        Stream<byte[]> forAllRows = Stream.of(
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
                new byte[Trial.TOO_LONG_FOR_ANY_SIGNATURE]);
        Stream<byte[]> flipped = IntStream.of(0, 1, 4, signature.length / 2, signature.length - 1)
                .mapToObj(index -> {
                    byte[] changed = signature.clone();
                    changed[index] ^= 1;
                    return changed;
                });
        Stream<byte[]> wrongNumbers =
                row.isDer() ? Stream.of(der(0, 0), der(-1, 1), der(1, 0), der(1, 1)) : Stream.of();
        return Stream.of(forAllRows, flipped, wrongNumbers).flatMap(all -> all).toList();
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
    @MethodSource("trials")
    void verify_publicKeyOfBouncyCastle_isAccepted(Trial trial) throws GeneralSecurityException {
        trial.assertDistinguishes(trial.verifier(trial.bouncyCastleKey()), trial.sign(trial.message()));
    }

    @ParameterizedTest
    @MethodSource("representativeTrials")
    void verify_bouncyCastleFirstAndItsPublicKey_isAccepted(Trial trial) throws GeneralSecurityException {
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        trial.assertDistinguishes(trial.verifier(trial.bouncyCastleKey()), trial.sign(trial.message()));
    }

    @ParameterizedTest
    @MethodSource("representativeTrials")
    void verify_publicKeyWithOnlyAnEncoding_isAccepted(Trial trial) throws GeneralSecurityException {
        PublicKey known = trial.publicKey();
        PublicKey encodingOnly = new PlainPublicKey(known.getAlgorithm(), known.getEncoded());
        trial.assertDistinguishes(trial.verifier(encodingOnly), trial.sign(trial.message()));
    }

    @ParameterizedTest
    @MethodSource("representativeTrials")
    void initVerify_unreadablePublicKey_isInvalidKey(Trial trial) throws GeneralSecurityException {
        Signature engine = trial.engine();
        for (byte[] encoded : List.of(new byte[0], new byte[] {0x30, 0}, new byte[50])) {
            PublicKey unreadable = new PlainPublicKey(trial.publicKey().getAlgorithm(), encoded);
            assertThrows(InvalidKeyException.class, () -> engine.initVerify(unreadable));
        }
    }

    @ParameterizedTest
    @MethodSource("representativeTrials")
    void init_nullKey_isInvalidKeyAndEngineStaysUsable(Trial trial) throws GeneralSecurityException {
        Signature engine = trial.engine();
        assertThrows(InvalidKeyException.class, () -> engine.initVerify((PublicKey) null));
        assertThrows(InvalidKeyException.class, () -> engine.initSign(null));
        engine.initVerify(trial.publicKey());
        trial.assertDistinguishes(engine, trial.sign(trial.message()));
    }

    @Test
    void initVerify_pointNotOnTheSm2Curve_isInvalidKey() throws GeneralSecurityException {
        byte[] encoded = Trials.named("SM3withSM2 SM2").publicKey().getEncoded();
        encoded[encoded.length - 1] ^= 1;
        Signature engine = Signature.getInstance("SM3withSM2", Trials.TARGET.provider());
        assertThrows(InvalidKeyException.class, () -> engine.initVerify(new PlainPublicKey("EC", encoded)));
    }

    @Test
    void initVerify_mlDsaKeyOfAnotherParameterSet_isInvalidKeyAndEngineStaysUsable() throws GeneralSecurityException {
        Trial fitting = Trials.named("ML-DSA-44 ML_DSA_44");
        Signature engine = fitting.engine();
        PublicKey other = Trials.named("ML-DSA-65 ML_DSA_65").publicKey();
        assertThrows(InvalidKeyException.class, () -> engine.initVerify(other));
        engine.initVerify(fitting.publicKey());
        engine.update(fitting.message());
        // the length of an ML-DSA-44 signature (FIPS 204 §4)
        assertFalse(engine.verify(new byte[2420]));
    }

    /** KMS signs Ed25519 messages of at most 4,096 bytes, but other signers have no such limit. */
    @Test
    void verify_longEd25519Message_isAccepted() throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] message = new byte[100_000];
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(message);
        byte[] signature = signer.sign();
        Signature engine = Signature.getInstance("Ed25519", Trials.TARGET.provider());
        for (PublicKey key : List.of(
                keys.getPublic(), new PlainPublicKey("EdDSA", keys.getPublic().getEncoded()))) {
            engine.initVerify(key);
            engine.update(message);
            assertTrue(engine.verify(signature));
        }
    }
}
