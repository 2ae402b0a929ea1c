package io.github.kmsjca.cli;

import io.github.kmsjca.internal.certificate.CertificatePool;
import io.github.kmsjca.internal.text.ForeignText;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A new chain for a key. A CA often returns only the new certificate of the key. The new chain then keeps the issuers
 * of this certificate from the old chain, unless they have expired.
 *
 * @param chain the new chain, leaf first
 * @param kept those certificates of {@code chain} that come from the old chain
 */
record Renewal(List<X509Certificate> chain, List<X509Certificate> kept) {
    /**
     * Returns the new chain.
     *
     * @param fresh the certificates that the CA returned, leaf first
     * @param old the old chain; empty if there is none
     */
    static Renewal of(List<X509Certificate> fresh, List<X509Certificate> old) {
        Instant now = Instant.now();
        List<X509Certificate> valid = old.stream()
                .filter(certificate -> !certificate.getNotAfter().toInstant().isBefore(now))
                .toList();
        List<X509Certificate> chain = new CertificatePool(valid, InstantSource.system()).complete(fresh);
        return new Renewal(
                chain,
                chain.stream()
                        .filter(certificate -> !fresh.contains(certificate))
                        .toList());
    }

    /** Returns the end of a message, which names the kept certificates; empty if there are none. */
    String keptText() {
        return kept.isEmpty()
                ? ""
                : "; kept from before: "
                        + kept.stream()
                                .map(certificate -> ForeignText.of(certificate.getSubjectX500Principal()))
                                .collect(Collectors.joining("; "));
    }
}
