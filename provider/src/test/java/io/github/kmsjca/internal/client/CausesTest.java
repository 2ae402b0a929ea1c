package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class CausesTest {
    @Test
    void of_chain_beginsWithTheException() {
        Exception inner = new Exception("inner");
        Exception outer = new Exception("outer", inner);
        assertEquals(List.of(outer, inner), Causes.of(outer));
    }

    /** A program's credentials provider can throw an exception with circular causes. */
    @Test
    void unansweredCall_circularCauses_hasTheCodeOther() {
        RuntimeException outer = new RuntimeException("outer");
        outer.initCause(new RuntimeException("inner", outer));
        FailedAttempt attempt = FailedAttempt.of(SdkClientException.create("failed", outer));
        assertEquals("OTHER", UnansweredCall.exception("", attempt).code());
    }
}
