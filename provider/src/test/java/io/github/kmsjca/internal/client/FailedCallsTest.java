package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.LoggedTexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which failures are logged. Failures are of one kind if their operations and their error codes are the same. */
class FailedCallsTest {
    private final List<String> logged = new ArrayList<>();

    /** Begins near the maximum, because the values of {@link System#nanoTime} can overflow. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    private final FailedCalls failed = new FailedCalls(new LoggedTexts(logged), clock::get);

    private void fail(String operation, String code) {
        failed.accept(operation, failure(code));
    }

    private static KmsException failure(String code) {
        return new KmsException("failed: " + code, KmsException.Failure.of(code), null);
    }

    private void advanceClock(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void accept_sameKindWithinAMinute_logsOnce() {
        fail("Sign", "AccessDeniedException");
        advanceClock(FailedCalls.INTERVAL.minusNanos(1));
        fail("Sign", "AccessDeniedException");
        assertEquals(List.of("failed: AccessDeniedException"), logged);
    }

    @Test
    void accept_sameKindAfterAMinute_logsAgainWithTheNumberNotLogged() {
        for (int i = 0; i < 3; i++) {
            fail("Sign", "TIMEOUT");
        }
        advanceClock(FailedCalls.INTERVAL);
        fail("Sign", "TIMEOUT");
        advanceClock(FailedCalls.INTERVAL);
        fail("Sign", "TIMEOUT");
        assertEquals(
                List.of(
                        "failed: TIMEOUT",
                        "failed: TIMEOUT (failures of this kind not logged since the last warning: 2)",
                        "failed: TIMEOUT"),
                logged);
    }

    @Test
    void accept_otherOperationOrCode_logsEach() {
        fail("Sign", "TIMEOUT");
        fail("Decrypt", "TIMEOUT");
        fail("Sign", "UNREACHABLE");
        assertEquals(3, logged.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTERRUPTED", "CLOSED"})
    void accept_causedByTheProgram_logsNothing(String code) {
        fail("Sign", code);
        assertEquals(List.of(), logged);
    }

    /** A server can answer with any error code. */
    @ParameterizedTest
    @ValueSource(strings = {"INTERRUPTED", "CLOSED"})
    void accept_codeOfTheProviderFromAServer_isLogged(String code) {
        failed.accept("Sign", new KmsException("failed", new KmsException.Failure(code, 400, null, false), null));
        assertEquals(List.of("failed"), logged);
    }

    /** KMS answers GetPublicKey with UnsupportedOperationException if the key has no public key. */
    @ParameterizedTest
    @CsvSource({
        "GetPublicKey, NotFoundException, 0",
        "DescribeKey, NotFoundException, 0",
        "GetPublicKey, UnsupportedOperationException, 0",
        "GetPublicKey, AccessDeniedException, 1",
        "Sign, NotFoundException, 1"
    })
    void accept_failure_isNotLoggedIfALookUpFoundNothing(String operation, String code, int warnings) {
        fail(operation, code);
        assertEquals(warnings, logged.size());
    }

    @Test
    void accept_manyErrorCodes_logsALimitedNumber() {
        for (int i = 0; i < 10_000; i++) {
            fail("Sign", "Code" + i);
        }
        // one warning for each of the first 200 kinds, and one for all others
        assertEquals(201, logged.size());
    }
}
