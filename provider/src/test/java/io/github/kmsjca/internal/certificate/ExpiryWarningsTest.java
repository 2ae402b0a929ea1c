package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestCertificates.Party;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryWarningsTest {
    private static final Party CA = Party.ec("ca");
    private static final Party LEAF = Party.ec("leaf");

    @Test
    void check_certificatesNotValidNow_warnsOnceForEach() {
        Instant end = NOW.minus(Duration.ofDays(1));
        X509Certificate expired = issue(LEAF, CA, end.minus(Duration.ofDays(9)), Duration.ofDays(9));
        X509Certificate future = issue(LEAF, CA, NOW.plus(Duration.ofDays(1)), Duration.ofDays(9));
        X509Certificate valid = issue(LEAF, CA, NOW.minus(Duration.ofDays(1)), Duration.ofDays(9));
        List<String> warnings = new ArrayList<>();
        ExpiryWarnings expiry = new ExpiryWarnings(new LoggedTexts(warnings), InstantSource.fixed(NOW));
        for (int i = 0; i < 2; i++) {
            expiry.check("release", List.of(valid, expired, future));
        }
        assertEquals(
                List.of(
                        "entry 'release': the certificate of " + expired.getSubjectX500Principal() + " expired at "
                                + end + "; renew it",
                        "entry 'release': the certificate of " + future.getSubjectX500Principal()
                                + " is not valid before " + NOW.plus(Duration.ofDays(1))
                                + "; check the clock, or use another certificate until then"),
                warnings);
    }
}
