package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which Regions an operation tries, in which order and how often, above all if some of them fail. The key has no
 * replica in eu-north-1. How a failure influences later operations is tested by {@link CircuitBreakerTest}.
 */
class RegionOutageTest extends ThreeRegions {
    @ParameterizedTest
    @EnumSource
    void sign_firstRegionFails_usesTheNextRegionAfterOneAttempt(Outage outage) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=1s");
        begin(outage, EAST);
        sign(calls);
        assertEquals(outage.stopsBeforeTheEmulator() ? List.of(WEST) : List.of(EAST, WEST), askedRegions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "DisabledException", "NotFoundException"})
    void sign_firstRegionRefuses_triesNoOtherRegion(String code) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).always().error(code, 400, "no"));
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        assertEquals(code, failure.code());
        assertEquals(List.of(EAST), askedRegions());
    }

    @Test
    void sign_replicaIsMissing_usesTheNextRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        assertEquals(List.of(EAST, NORTH, WEST), askedRegions());
    }

    /** After the Region without a replica, the operation still has attempts left for the Region with the outage. */
    @Test
    void sign_outageAndMissingReplica_triesTheFirstRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1");
        REGIONS.faults().add(Fault.onAny().in(EAST).error(ErrorType.KMS_INTERNAL, null));
        sign(calls);
        assertEquals(List.of(EAST, NORTH, EAST), askedRegions());
    }

    @Test
    void sign_timeIsUp_makesNoAttemptInTheNextRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;call-timeout=1s;attempt-timeout=1s");
        begin(Outage.SILENT, EAST);
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        assertEquals("TIMEOUT", failure.code());
        assertEquals(List.of(EAST), askedRegions());
    }

    @Test
    void sign_everyRegionFails_namesEachWithItsReason() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.INTERNAL_ERROR, EAST);
        begin(Outage.RESET, WEST);
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        String text = String.valueOf(failure.getMessage());
        assertTrue(
                text.matches("KMS Sign for key arn:\\S+ failed: us-east-1: KMSInternalException.*; us-west-2: .*"),
                text);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    /** A second request would create another key. */
    @ParameterizedTest
    @EnumSource(names = {"RESET", "BROKEN_OFF"})
    void create_noAnswer_isNotRepeated(Outage outage) throws Exception {
        KmsCalls calls = calls("region=us-east-1");
        begin(outage, EAST);
        KmsKeyGenParameterSpec parameters =
                KmsKeyGenParameterSpec.of("ECC_NIST_P256").withUsage("SIGN_VERIFY");
        assertThrows(KmsException.class, () -> calls.changes().create(parameters));
        assertEquals(1, askedRegions().size());
    }

    @Test
    void create_kmsError_isRepeated() {
        KmsCalls calls = calls("region=us-east-1");
        REGIONS.faults().add(Fault.onAny().in(EAST).error(ErrorType.KMS_INTERNAL, null));
        calls.changes().create(KmsKeyGenParameterSpec.of("ECC_NIST_P256").withUsage("SIGN_VERIFY"));
        assertEquals(2, askedRegions().size());
    }

    /** The SDK corrects its clock with the time in the answer. Then the same Region gets the request again. */
    @Test
    void sign_clockIsWrong_isRepeatedInTheSameRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).error("RequestTimeTooSkewed", 403, "late"));
        sign(calls);
        assertEquals(List.of(EAST, EAST), askedRegions());
    }

    /** The primary key and each replica have their own tags. The ARN names the primary key, which is in us-east-1. */
    @Test
    void tags_withRegions_areWrittenAndReadInTheRegionOfTheArn() {
        KmsCalls calls = calls("regions=us-west-2,us-east-1;spread=true");
        calls.changes().tag(KeyId.parse(KEY), Map.of("a", "b"));
        assertEquals(Map.of("a", "b"), calls.tags(KeyId.parse(KEY)));
        assertEquals(List.of(EAST, EAST), askedRegions());
    }

    @Test
    void sign_bothRegionsThrottleOnce_triesTheFirstRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=4");
        REGIONS.faults().add(Fault.onAny().in(EAST).throttled());
        REGIONS.faults().add(Fault.onAny().in(WEST).throttled());
        sign(calls);
        assertEquals(List.of(EAST, WEST, EAST), askedRegions());
    }

    /** All threads but one wait for the only connection to the Region, until its outage is known. */
    @Test
    void sign_outageWhileThreadsWaitForAConnection_allUseTheNextRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;max-connections=1;attempt-timeout=1s;call-timeout=10m");
        begin(Outage.SILENT, EAST);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                running.add(threads.submit(() -> {
                    sign(calls);
                    return null;
                }));
            }
            for (Future<?> signing : running) {
                signing.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, askedRegions().stream().filter(Predicate.isEqual(EAST)).count());
    }

    @Test
    void sign_spread_sharesTheRequests() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;spread=true");
        for (int i = 0; i < 4; i++) {
            sign(calls);
        }
        assertEquals(List.of(EAST, WEST, EAST, WEST), askedRegions());
    }

    @Test
    void sign_spreadAndOutage_allSucceedInTheOtherRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;spread=true");
        begin(Outage.RESET, WEST);
        for (int i = 0; i < 4; i++) {
            sign(calls);
        }
        assertEquals(4, askedRegions().stream().filter(Predicate.isEqual(EAST)).count());
    }
}
