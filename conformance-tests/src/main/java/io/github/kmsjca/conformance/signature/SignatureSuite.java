package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.opentest4j.TestAbortedException;

/**
 * Tests every row of a target's provider, so every algorithm with every fitting key spec, with all
 * {@link SignatureRow#inputs} and every {@link CallPattern}. Another provider verifies each signature. One-shot
 * signatures are verified by all other providers that support the algorithm and the key. If the pattern is only a way
 * to pass the input, the provider under test verifies the signature too. If KMS cannot sign an input, the provider must
 * refuse the input.
 *
 * <p>If the target does not have a key, the tests with this key are skipped, and the reason names the key. On the
 * emulator in this JVM, these tests fail instead.
 *
 * <p>Without the system property {@code kms.suite.whole=true}, only the one-shot pattern uses every key spec, and all
 * inputs with one key spec for each way of signing. The other key specs use {@link SignatureRow#someInputs}. So do the
 * other patterns, which use only one key spec for each way of signing.
 */
public final class SignatureSuite {
    private final Target target;
    private final boolean allCombinations = SuiteExtent.isWhole();
    private final Tally tally = new Tally();

    public SignatureSuite(Target target) {
        this.target = target;
    }

    /**
     * Returns the tests: a container for each row, with a test for each pattern that the row uses. Each test signs all
     * inputs or, in a usual run, some of them.
     */
    public Stream<DynamicNode> tests() {
        return SignatureRow.of(target.provider()).map(this::tests);
    }

    private DynamicNode tests(SignatureRow row) {
        Optional<TargetKey> key = target.key(row.spec());
        if (key.isEmpty()) {
            return notTested(row, target.whyNoKey(row.spec()));
        }
        Trial trial = Trial.of(target, row, key.get());
        return trial.verifiers().isEmpty()
                ? notTested(row, "no other provider can verify its signatures")
                : dynamicContainer(row.toString(), tests(trial));
    }

    /**
     * Returns a test that is skipped. On the emulator in this JVM, the test fails instead, because that emulator has
     * all keys, and other providers can verify every row.
     */
    private DynamicNode notTested(SignatureRow row, String reason) {
        return dynamicTest(row.toString(), () -> {
            assertTrue(target.emulator().isEmpty(), reason);
            throw new TestAbortedException("NOT TESTED: " + reason);
        });
    }

    private Stream<DynamicNode> tests(Trial trial) {
        boolean all = allCombinations || trial.row().isRepresentative();
        return (all ? Arrays.stream(CallPattern.values()) : Stream.of(CallPattern.ONE_SHOT))
                .map(pattern -> dynamicTest(pattern.name(), () -> check(trial, pattern)));
    }

    private void check(Trial trial, CallPattern pattern) throws GeneralSecurityException {
        boolean all = allCombinations
                || (pattern == CallPattern.ONE_SHOT && trial.row().isRepresentative());
        for (byte[] input : all ? trial.row().inputs() : trial.row().someInputs()) {
            if (trial.row().takes(input)) {
                for (byte[] signature : pattern.sign(trial, input)) {
                    check(trial, pattern, input, signature);
                }
            } else {
                checkRefusal(trial, input);
            }
            tally.countInput(trial.row(), pattern, input);
        }
    }

    /** Checks that the engine refuses input that KMS cannot sign, and then signs another message. */
    private static void checkRefusal(Trial trial, byte[] input) throws GeneralSecurityException {
        Signature engine = trial.signer();
        engine.update(input);
        assertThrows(SignatureException.class, engine::sign);
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
    }

    private void check(Trial trial, CallPattern pattern, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        List<IndependentVerifier> verifiers = pattern == CallPattern.ONE_SHOT
                ? trial.verifiers()
                : trial.verifiers().subList(0, 1);
        for (IndependentVerifier verifier : verifiers) {
            assertTrue(
                    verifier.accepts(input, signature),
                    () -> verifier + " refuses the signature of " + input.length + " input bytes");
        }
        if (pattern.isInputStyle()) {
            assertTrue(
                    pattern.verify(trial, input, signature),
                    () -> "our provider refuses the signature of " + input.length + " input bytes");
        }
        tally.countSignature(verifiers.size());
    }

    /** Returns the number of rows tested so far. */
    public int rows() {
        return tally.rows();
    }

    /** Returns one line with the counts of everything tested so far. */
    public String counts() {
        return tally.toString();
    }
}
