package io.github.kmsjca.cli;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at the certificates of a key. */
final class CertificateCheck {
    private static final Duration SOON = Duration.ofDays(30);
    private static final String CERTIFICATE = "certificate";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    private final InstantSource clock;

    CertificateCheck(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns what there is to say of a chain.
     *
     * @param publicKey that of the key, if KMS tells it
     */
    Finding finding(List<X509Certificate> chain, Optional<PublicKey> publicKey) {
        if (chain.isEmpty()) {
            return Finding.note(
                    CERTIFICATE, "the key has none here; jarsigner and TLS need one: certreq or selfsign, then import");
        }
        X509Certificate leaf = chain.get(0);
        String name = String.valueOf(leaf.getSubjectX500Principal());
        // the classes of keys differ, where the JDK does not know the algorithm
        byte[] certified = leaf.getPublicKey().getEncoded();
        if (publicKey.filter(key -> !Arrays.equals(key.getEncoded(), certified)).isPresent()) {
            return Finding.problem(
                    CERTIFICATE,
                    name + " belongs to another key; import the one that was made for this key, or correct the key of"
                            + " the entry");
        }
        return dates(leaf, name)
                .or(() -> usage(leaf, name))
                .orElseGet(() -> Finding.ok(CERTIFICATE, whole(chain, name)));
    }

    private Optional<Finding> dates(X509Certificate leaf, String name) {
        Instant now = clock.instant();
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of(Finding.problem(CERTIFICATE, name + " expired at " + end + "; import a new one"));
        }
        if (now.isBefore(begin)) {
            return Optional.of(Finding.problem(
                    CERTIFICATE, name + " is not valid before " + begin + "; look at the clock, or wait"));
        }
        return now.plus(SOON).isAfter(end)
                ? Optional.of(Finding.note(CERTIFICATE, name + " expires at " + end + "; renew it in time"))
                : Optional.empty();
    }

    /** RFC 5280 §4.2.1.3: where the extension is, only what it names is allowed. */
    private static Optional<Finding> usage(X509Certificate leaf, String name) {
        boolean[] usage = leaf.getKeyUsage();
        boolean signs = usage == null || usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
        return signs
                ? Optional.empty()
                : Optional.of(Finding.problem(
                        CERTIFICATE,
                        name + " does not allow signatures (keyUsage); ask the CA for one with digitalSignature"));
    }

    private static String whole(List<X509Certificate> chain, String name) {
        X509Certificate last = chain.get(chain.size() - 1);
        boolean ends = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        return name + ", valid until " + chain.get(0).getNotAfter().toInstant() + ", chain of " + chain.size()
                + (ends ? " up to its root" : " without the root");
    }
}
