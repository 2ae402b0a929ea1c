package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the setting {@code verify=kms} with every algorithm. */
class VerifyByKmsTest {
    private static final Provider PROVIDER = Trials.TARGET.provider("verify=kms");

    static Stream<Trial> trials() {
        return Trials.forThisRun();
    }

    static Stream<Trial> trialsWithMessageLimit() {
        return Trials.forThisRun().filter(trial -> !trial.row().takes(new byte[4097]));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void verify_rightAndWrongMessage_makesOneRequestEach(Trial trial) throws GeneralSecurityException {
        byte[] signature = trial.sign(trial.message());
        Signature engine = verifier(trial, publicKey(trial));
        KmsEmulator emulator = Trials.emulator();
        trial.assertDistinguishes(engine, signature);
        assertEquals(List.of("Verify", "Verify", "Verify"), Trials.operations(emulator));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void verify_malformedSignature_isFalseWithoutRequestAndStartsFresh(Trial trial) throws GeneralSecurityException {
        byte[] signature = trial.sign(trial.message());
        Signature engine = verifier(trial, publicKey(trial));
        KmsEmulator emulator = Trials.emulator();
        for (byte[] malformed : List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                Arrays.copyOf(signature, signature.length - 1),
                Arrays.copyOf(signature, signature.length + 1),
                new byte[Trial.TOO_LONG_FOR_ANY_SIGNATURE])) {
            engine.update(trial.message());
            assertFalse(engine.verify(malformed));
        }
        assertEquals(List.of(), Trials.operations(emulator));
        engine.update(trial.message());
        assertTrue(engine.verify(signature));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void verify_equalKeyOfAnotherProvider_makesNoRequest(Trial trial) throws GeneralSecurityException {
        byte[] signature = trial.sign(trial.message());
        Signature engine = verifier(trial, trial.bouncyCastleKey());
        KmsEmulator emulator = Trials.emulator();
        engine.update(trial.message());
        assertTrue(engine.verify(signature));
        assertEquals(List.of(), Trials.operations(emulator));
    }

    @ParameterizedTest
    @MethodSource("trialsWithMessageLimit")
    void verify_messageTooLongForKms_namesTheLimitWithoutRequest(Trial trial) throws GeneralSecurityException {
        Signature engine = verifier(trial, publicKey(trial));
        KmsEmulator emulator = Trials.emulator();
        engine.update(new byte[4097]);
        assertTrue(String.valueOf(assertThrows(SignatureException.class, () -> engine.verify(new byte[64]))
                        .getMessage())
                .contains("accepts at most 4096 bytes"));
        assertEquals(List.of(), Trials.operations(emulator));
    }

    /** Returns the public key of a handle. The provider verifies with KMS for such keys only. */
    private static PublicKey publicKey(Trial trial) {
        return ((KmsPrivateKey) Target.handle(PROVIDER, trial.key().arn())).publicKey();
    }

    private static Signature verifier(Trial trial, PublicKey key) throws GeneralSecurityException {
        Signature engine = trial.row().engine(PROVIDER);
        engine.initVerify(key);
        return engine;
    }
}
