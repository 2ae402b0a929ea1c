package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.text.ForeignText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Warns about certificates in use that have expired or are not valid yet, once about each. Thread-safe. */
public final class ExpiryWarnings {
    private final Logger logger;
    private final InstantSource clock;
    private final Set<X509Certificate> warned = ConcurrentHashMap.newKeySet();

    public ExpiryWarnings(Logger logger, InstantSource clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /** Checks the chain of an entry. */
    public void check(String alias, List<X509Certificate> chain) {
        Instant now = clock.instant();
        for (X509Certificate certificate : chain) {
            Instant begin = certificate.getNotBefore().toInstant();
            Instant end = certificate.getNotAfter().toInstant();
            if ((now.isBefore(begin) || now.isAfter(end)) && warned.add(certificate)) {
                String validity = now.isAfter(end)
                        ? "expired at " + end + "; renew it"
                        : "is not valid before " + begin + "; check the clock, or use another certificate until then";
                logger.log(
                        Level.WARNING,
                        "entry '" + alias + "': the certificate of "
                                + ForeignText.of(certificate.getSubjectX500Principal()) + " " + validity);
            }
        }
    }
}
