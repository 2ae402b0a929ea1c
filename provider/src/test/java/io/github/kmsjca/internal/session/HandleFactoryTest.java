package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.spec.InvalidKeySpecException;
import org.junit.jupiter.api.Test;

/** Tests the reason in the error for an unreadable public key. */
class HandleFactoryTest {
    @Test
    void reason_innermostCauseWithoutText_isTheLastTextBefore() {
        Exception failure = new InvalidKeySpecException("no such\ncurve", new IllegalStateException());
        assertEquals(" (no such\uFFFDcurve)", HandleFactory.reason(failure));
    }

    @Test
    void reason_noText_isEmpty() {
        assertEquals("", HandleFactory.reason(new IllegalArgumentException()));
    }

    @Test
    void reason_circularCauses_isTheLastText() {
        Exception outer = new IllegalArgumentException("outer");
        outer.initCause(new IllegalArgumentException("inner", outer));
        assertEquals(" (inner)", HandleFactory.reason(outer));
    }
}
