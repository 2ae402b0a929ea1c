package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests how the failure of a Region influences later operations, and when the failed Region gets requests again. The
 * key has no replica in eu-north-1.
 */
class CircuitBreakerTest extends ThreeRegions {
    /** The page of a login portal, which answers in place of KMS. */
    private static final byte[] PORTAL = "<html>Log in</html>".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource
    void sign_secondSignatureInAnOutage_usesOnlyTheNextRegion(Outage outage) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=1s");
        begin(outage, EAST);
        sign(calls);
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(WEST), askedRegions());
    }

    @ParameterizedTest
    @EnumSource
    void sign_afterTheOutage_returnsToTheFirstRegion(Outage outage) throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=1s");
        begin(outage, EAST);
        sign(calls);
        endOutages();
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        sign(calls);
        assertEquals(List.of(EAST, EAST), askedRegions());
    }

    @Test
    void sign_outageGoesOn_probesTheRegionOnceInAnInterval() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        sign(calls);
        assertEquals(List.of(EAST, WEST, WEST), askedRegions());
    }

    @Test
    void sign_probe_doesNotCountAsAnAttempt() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.RESET, EAST);
        sign(calls);
        KmsCalls once = calls("regions=us-east-1,us-west-2;attempts=1");
        clearRequestsAndAdvanceToProbe();
        sign(once);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    @Test
    void sign_everyBreakerIsOpen_triesOnlyTheRegionWhoseProbeIsDueFirst() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.INTERNAL_ERROR, EAST);
        begin(Outage.RESET, WEST);
        assertThrows(KmsException.class, () -> sign(calls));
        REGIONS.requests().clear();
        String text = String.valueOf(
                assertThrows(KmsException.class, () -> sign(calls)).getMessage());
        assertEquals(List.of(EAST), askedRegions());
        assertTrue(text.contains("us-west-2 (not tried again): "), text);
    }

    @Test
    void sign_probeGetsARefusal_usesTheRegionThatWorks() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        REGIONS.faults().clear();
        REGIONS.faults().add(Fault.onAny().in(EAST).accessDenied());
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    @Test
    void sign_allRegionsThrottledBefore_triesThemAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempts=2");
        begin(Outage.THROTTLED, EAST);
        begin(Outage.THROTTLED, WEST);
        assertThrows(KmsException.class, () -> sign(calls));
        REGIONS.faults().clear();
        REGIONS.faults().add(Fault.onAny().in(EAST).throttled());
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    /** The breaker of us-east-1 is open. The other Region works, but has no replica of the key. */
    @Test
    void sign_onlyRegionWithoutReplicaWorks_triesTheFailedRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1");
        begin(Outage.RESET, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(NORTH, EAST), askedRegions());
    }

    @Test
    void sign_onlyRegionWithoutReplicaWorks_reportsTheOutage() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1;attempts=4");
        begin(Outage.INTERNAL_ERROR, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        KmsException failure = assertThrows(KmsException.class, () -> sign(calls));
        assertEquals("KMSInternalException", failure.code());
    }

    @Test
    void sign_secondRegionHasFailed_isNotProbedWhileTheFirstWorks() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        REGIONS.faults().add(Fault.onAny().in(EAST).reset());
        begin(Outage.RESET, WEST);
        sign(calls);
        assertEquals(List.of(EAST, WEST, EAST), askedRegions());
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST), askedRegions());
    }

    @Test
    void sign_spreadAndARegionHasFailed_probesTheRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;spread=true");
        begin(Outage.RESET, WEST);
        sign(calls);
        sign(calls);
        endOutages();
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        assertEquals(List.of(WEST), askedRegions());
    }

    /** A Region without a replica does not use up an attempt. So the only attempt is left for the failed Region. */
    @Test
    void sign_oneAttemptAndMissingReplica_triesTheFailedRegion() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1;attempts=1");
        begin(Outage.RESET, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(NORTH, EAST), askedRegions());
    }

    @Test
    void sign_probeFailsAndReplicaIsMissing_triesTheFailedRegionAgain() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,eu-north-1;attempts=1");
        begin(Outage.RESET, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.faults().add(Fault.onAny().in(EAST).reset());
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST, NORTH, EAST), askedRegions());
    }

    /** The first round skips us-east-1, because its breaker is open. The second round tries it last. */
    @Test
    void sign_workingRegionFailsToo_triesTheFailedRegionInTheSecondRound() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        endOutages();
        begin(Outage.RESET, WEST);
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(WEST, WEST, EAST), askedRegions());
    }

    /** The last attempt may have had too little time, so its failure does not count as an outage of its Region. */
    @Test
    void sign_timeOfTheOperationIsUp_doesNotCountAsAnOutage() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;call-timeout=1s;attempt-timeout=1s");
        begin(Outage.SILENT, EAST);
        assertThrows(KmsException.class, () -> sign(calls));
        endOutages();
        REGIONS.requests().clear();
        sign(calls("regions=us-east-1,us-west-2"));
        assertEquals(List.of(EAST), askedRegions());
    }

    /** A probe has its own time limit of at most a second. */
    @Test
    void sign_probeGetsNoAnswer_endsLongBeforeTheAttemptTimeout() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2;attempt-timeout=60m;call-timeout=60m");
        begin(Outage.RESET, EAST);
        sign(calls);
        endOutages();
        begin(Outage.SILENT, EAST);
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        assertEquals(List.of(EAST, WEST), askedRegions());
    }

    /** An error page that comes from a proxy or a login portal does not show that KMS works again. */
    @Test
    void sign_answerIsNotFromKms_doesNotEndAnOutage() throws Exception {
        KmsCalls calls = calls("regions=us-east-1,us-west-2");
        begin(Outage.RESET, EAST);
        sign(calls);
        REGIONS.faults().clear();
        REGIONS.faults().add(Fault.onAny().in(EAST).response(403, Map.of("Content-Type", "text/html"), PORTAL));
        clearRequestsAndAdvanceToProbe();
        sign(calls);
        REGIONS.requests().clear();
        sign(calls);
        assertEquals(List.of(WEST), askedRegions());
    }
}
