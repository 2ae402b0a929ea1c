package io.github.kmsjca.conformance.coexistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.signature.Trial;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.Signature;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that our keys select our provider without a provider name, at any position and beside any provider. ML-DSA
 * behind Bouncy Castle is the exception.
 */
class OwnKeysTest {
    @AutoClose
    private static final Target TARGET = Target.open();

    private static final List<Trial> TRIALS = Trial.all(TARGET).toList();

    @AfterEach
    void restore() {
        Neighbours.restore();
    }

    static Stream<Trial> trials() {
        return TRIALS.stream();
    }

    @ParameterizedTest
    @EnumSource
    void everyRow_withoutNamedProvider_choosesUsAtEveryPosition(Neighbours neighbours) throws GeneralSecurityException {
        neighbours.install();
        for (int position : neighbours.positions()) {
            Security.insertProviderAt(TARGET.provider(), position);
            for (Trial trial : TRIALS) {
                Signature engine = Signature.getInstance(trial.row().algorithm());
                if (neighbours != Neighbours.BOUNCY_CASTLE_FIRST || !isMlDsa(trial) || position == 1) {
                    engine.initSign(trial.key().handle());
                    assertEquals(KmsProvider.NAME, engine.getProvider().getName(), trial::toString);
                }
            }
            Security.removeProvider(KmsProvider.NAME);
        }
    }

    /**
     * Returns whether a row is ML-DSA. Bouncy Castle's ML-DSA engines extend Signature, not SignatureSpi. The JCA keeps
     * such an engine and tries no other provider.
     */
    private static boolean isMlDsa(Trial trial) {
        return trial.row().spec().startsWith("ML_DSA");
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_withoutNamedProviderAndLast_isAccepted(Trial trial) throws GeneralSecurityException {
        Security.addProvider(TARGET.provider());
        assertSigned(trial, Signature.getInstance(trial.row().algorithm()));
    }

    /**
     * A call of {@code getProvider()} selects the provider for good. If our provider is first, it does everything from
     * then on.
     */
    @ParameterizedTest
    @MethodSource("trials")
    void sign_providerAskedForBeforeInitWithUsFirst_isAccepted(Trial trial) throws GeneralSecurityException {
        Security.insertProviderAt(TARGET.provider(), 1);
        Signature engine = Signature.getInstance(trial.row().algorithm());
        assertEquals(KmsProvider.NAME, engine.getProvider().getName());
        assertSigned(trial, engine);
    }

    private static void assertSigned(Trial trial, Signature engine) throws GeneralSecurityException {
        engine.initSign(trial.key().handle());
        if (trial.row().parameters().isPresent()) {
            engine.setParameter(trial.row().parameters().get());
        }
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_parametersBeforeInitWithUsFirst_isAccepted(Trial trial) throws GeneralSecurityException {
        Security.insertProviderAt(TARGET.provider(), 1);
        Signature engine = Signature.getInstance(trial.row().algorithm());
        if (trial.row().parameters().isPresent()) {
            engine.setParameter(trial.row().parameters().get());
        }
        engine.initSign(trial.key().handle());
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
    }
}
