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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the JCA chooses our provider for our keys without a provider name, at several positions in the list and
 * together with {@link OtherProviders}.
 */
class OwnKeysTest {
    @AutoClose
    private static final Target TARGET = Target.open();

    private static final List<Trial> TRIALS = Trial.forThisRun(TARGET).toList();

    @BeforeEach
    @AfterEach
    void restore() {
        OtherProviders.restore();
    }

    static Stream<Trial> trials() {
        return TRIALS.stream();
    }

    @ParameterizedTest
    @EnumSource
    void ourKeys_everyRowAtTestedPositions_chooseUs(OtherProviders others) throws GeneralSecurityException {
        others.install();
        for (int position : others.positions()) {
            Security.insertProviderAt(TARGET.provider(), position);
            for (Trial trial : TRIALS) {
                Signature engine = Signature.getInstance(trial.row().algorithm());
                engine.initSign(trial.key().handle());
                assertEquals(KmsProvider.NAME, engine.getProvider().getName(), trial::toString);
            }
            Security.removeProvider(KmsProvider.NAME);
        }
    }

    /** Many libraries set the parameters of RSASSA-PSS before the key. */
    @ParameterizedTest
    @EnumSource
    void ourKeys_installedAndParametersFirst_chooseUs(OtherProviders others) throws GeneralSecurityException {
        others.install();
        OtherProviders.installOurs(TARGET.provider());
        for (Trial trial : TRIALS) {
            Signature engine = Signature.getInstance(trial.row().algorithm());
            if (trial.row().parameters().isPresent()) {
                engine.setParameter(trial.row().parameters().get());
            }
            engine.initSign(trial.key().handle());
            assertEquals(KmsProvider.NAME, engine.getProvider().getName(), trial::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_withoutNamedProviderAndUsLast_isAccepted(Trial trial) throws GeneralSecurityException {
        Security.addProvider(TARGET.provider());
        assertSigned(trial, Signature.getInstance(trial.row().algorithm()));
    }

    /**
     * A call of {@code getProvider()} selects the first provider permanently. If that is our provider, it must handle
     * everything after the call.
     */
    @ParameterizedTest
    @MethodSource("trials")
    void sign_getProviderBeforeInitWithUsFirst_isAccepted(Trial trial) throws GeneralSecurityException {
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
