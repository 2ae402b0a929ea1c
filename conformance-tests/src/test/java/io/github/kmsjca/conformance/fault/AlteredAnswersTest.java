package io.github.kmsjca.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.emulator.control.Fault;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the service alter every second signature, and checks that the provider refuses the altered signatures and
 * returns all others.
 */
class AlteredAnswersTest {
    private static final int SIGNATURES = SuiteExtent.times(50, 200);
    private static final Set<String> TRIALS = Set.of(
            "SHA256withRSA RSA_2048",
            "SHA256withRSA/PSS RSA_2048",
            "SHA256withECDSA ECC_NIST_P256",
            "Ed25519 ECC_NIST_EDWARDS25519",
            "ML-DSA-65 ML_DSA_65");
    private static final Pattern SIGNATURE = Pattern.compile("\"Signature\":\"([^\"]*)\"");

    @AutoClose
    private static final Target TARGET = Target.open();

    static Stream<Trial> trials() {
        return trials(TARGET);
    }

    /** Returns five algorithms that the provider verifies in different ways. */
    static Stream<Trial> trials(Target target) {
        return Trial.named(target, TRIALS);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_everySecondAnswerAltered_returnsOnlyUnalteredSignatures(Trial trial) throws GeneralSecurityException {
        AtomicInteger answers = new AtomicInteger();
        Random random = new Random(1);
        TARGET.faultFreeEmulator()
                .faults()
                .add(Fault.on("Sign")
                        .always()
                        .rewrite(body -> answers.incrementAndGet() % 2 == 0
                                ? altered(body, random.nextInt(Integer.MAX_VALUE))
                                : body));
        Signature engine = trial.signer();
        int returned = 0;
        for (int index = 0; index < SIGNATURES; index++) {
            engine.update(trial.message());
            try {
                assertTrue(trial.accepts(trial.message(), engine.sign()));
                returned++;
            } catch (SignatureException refused) {
                // expected for every second answer
            }
        }
        assertEquals(SIGNATURES, answers.get());
        assertEquals(SIGNATURES / 2, returned);
    }

    /** Flips a bit in one byte of the signature in an answer. The position is taken modulo the signature's length. */
    static String altered(String body, int position) {
        return SIGNATURE.matcher(body).replaceFirst(found -> {
            byte[] signature = Base64.getDecoder().decode(found.group(1));
            byte[] altered = AnswerFault.flipped(signature, position % signature.length);
            return "\"Signature\":\"" + Base64.getEncoder().encodeToString(altered) + "\"";
        });
    }
}
