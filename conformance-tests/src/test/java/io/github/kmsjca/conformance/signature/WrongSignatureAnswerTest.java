package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.emulator.control.Fault;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the provider returns a KMS answer only if the answer has the form of a signature. As long as the setting
 * {@code verify-after-sign} requires verification, the answer must also be a right signature of the message.
 */
class WrongSignatureAnswerTest {
    private static final String P1363_SUFFIX = "inP1363Format";
    private static final Provider NEVER_VERIFYING = Trials.TARGET.provider("verify-after-sign=never");

    static Stream<Trial> trials() {
        return Trials.representative();
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_verifyFirst_checksOnlyUntilTheFirstRightSignature(Trial trial) throws GeneralSecurityException {
        byte[] otherSignature = kmsSignature(trial, trial.otherMessage());
        Signature engine = signer(trial, Trials.TARGET.provider("verify-after-sign=first"));
        answerWith(otherSignature);
        engine.update(trial.message());
        assertThrows(SignatureException.class, engine::sign);
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
        answerWith(otherSignature);
        engine.update(trial.message());
        assertFalse(trial.accepts(trial.message(), engine.sign()));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_defaultSettings_refusesAWrongSignatureAfterARightOne(Trial trial) throws GeneralSecurityException {
        byte[] otherSignature = kmsSignature(trial, trial.otherMessage());
        Signature engine = signer(trial, Trials.TARGET.provider(""));
        engine.update(trial.message());
        engine.sign();
        answerWith(otherSignature);
        engine.update(trial.message());
        assertThrows(SignatureException.class, engine::sign);
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_verifyNever_refusesAnAnswerThatIsNotASignature(Trial trial) throws GeneralSecurityException {
        byte[] goodSignature = kmsSignature(trial, trial.message());
        Signature engine = signer(trial, NEVER_VERIFYING);
        for (byte[] answer : List.of(
                new byte[] {1, 2, 3},
                Arrays.copyOf(goodSignature, goodSignature.length - 1),
                Arrays.copyOf(goodSignature, goodSignature.length + 1),
                Arrays.copyOfRange(goodSignature, 1, goodSignature.length))) {
            answerWith(answer);
            engine.update(trial.otherMessage());
            String text = String.valueOf(
                    assertThrows(SignatureException.class, engine::sign).getMessage());
            assertTrue(text.contains(trial.key().arn() + " is not a signature, so the answer is not returned"), text);
        }
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
    }

    /** Returns an engine with a new handle, because a handle remembers whether one of its signatures was right. */
    private static Signature signer(Trial trial, Provider provider) throws GeneralSecurityException {
        PrivateKey handle = Target.handle(provider, trial.key().arn());
        Signature engine = trial.row().engine(provider);
        engine.initSign(handle);
        return engine;
    }

    /**
     * Returns a signature in the format that KMS returns. For a row in P1363 format, this is the DER signature, which
     * the provider converts after the KMS answer.
     */
    private static byte[] kmsSignature(Trial trial, byte[] input) throws GeneralSecurityException {
        String name = trial.row().algorithm();
        Signature engine = name.endsWith(P1363_SUFFIX)
                ? Signature.getInstance(
                        name.substring(0, name.length() - P1363_SUFFIX.length()), Trials.TARGET.provider())
                : trial.engine();
        engine.initSign(trial.key().handle());
        engine.update(input);
        return engine.sign();
    }

    private static void answerWith(byte[] signature) {
        String text = Base64.getEncoder().encodeToString(signature);
        Trials.emulator()
                .faults()
                .add(Fault.on("Sign")
                        .rewrite(body ->
                                body.replaceFirst("\"Signature\":\"[^\"]*\"", "\"Signature\":\"" + text + "\"")));
    }
}
