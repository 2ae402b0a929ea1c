package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.certificate.CertificatePool;
import io.github.kmsjca.internal.certificate.CertificateUsage;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.text.ForeignText;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the certificates of a key. */
final class CertificateCheck {
    private static final Duration EXPIRES_SOON = Duration.ofDays(30);
    private static final String CERTIFICATE = "certificate";

    /** Indexes in {@link X509Certificate#getKeyUsage}. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int NON_REPUDIATION = 1;

    private final InstantSource clock;
    private final @Nullable Duration leastValidity;

    /**
     * Creates a check.
     *
     * @param leastValidity how long the certificates must still be valid; null for no minimum
     */
    CertificateCheck(InstantSource clock, @Nullable Duration leastValidity) {
        this.clock = clock;
        this.leastValidity = leastValidity;
    }

    /**
     * Returns the result of checking a chain. Without a chain, returns a note if the key signs, and otherwise empty.
     *
     * @param chain the certificates, leaf first; empty if there is no chain
     * @param key the KMS key, or null if KMS did not return it; then the chain is checked like that of a signing key
     */
    Optional<Finding> finding(List<X509Certificate> chain, @Nullable KmsHandle key) {
        Optional<KeyUsage> usage = Optional.ofNullable(key).flatMap(KmsHandle::usage);
        if (!chain.isEmpty()) {
            PublicKey publicKey = key instanceof PairHandle pair ? pair.publicKey() : null;
            return Optional.of(finding(chain, publicKey, usage.orElse(KeyUsage.SIGN_VERIFY)));
        }
        return usage.filter(KeyUsage.SIGN_VERIFY::equals)
                .map(signs -> Finding.note(
                        CERTIFICATE,
                        "none for this key; jarsigner and TLS need one: use certreq or selfsign, then import"));
    }

    private Finding finding(List<X509Certificate> chain, @Nullable PublicKey publicKey, KeyUsage usage) {
        X509Certificate leaf = chain.get(0);
        String name = ForeignText.of(leaf.getSubjectX500Principal());
        // compare encodings: equal keys can have different classes if the JDK does not know the algorithm
        byte[] certified = PublicKeys.of(leaf).getEncoded();
        if (publicKey != null && !Arrays.equals(publicKey.getEncoded(), certified)) {
            return Finding.problem(
                    CERTIFICATE,
                    PublicKeys.otherKeyText(leaf, publicKey)
                            + "; import a certificate of the key that was checked, or correct the line 'key:' of the"
                            + " entry");
        }
        return chain.stream()
                .flatMap(certificate -> validity(certificate).stream())
                .findFirst()
                .or(() -> issuers(chain))
                .or(() -> usage(leaf, usage))
                // a missing issuer and an expiry are problems or notes: report a problem first
                .or(() -> missingIssuer(chain).filter(Finding::isProblem))
                .or(() -> expiry(chain))
                .or(() -> missingIssuer(chain))
                .orElseGet(() -> Finding.ok(CERTIFICATE, summary(chain, name)));
    }

    private Optional<Finding> validity(X509Certificate certificate) {
        Instant now = clock.instant();
        String name = ForeignText.of(certificate.getSubjectX500Principal());
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of(
                    Finding.problem(CERTIFICATE, name + " expired at " + end + "; import a new certificate"));
        }
        return now.isBefore(begin)
                ? Optional.of(Finding.problem(
                        CERTIFICATE, name + " is not valid before " + begin + "; check the clock, or wait"))
                : Optional.empty();
    }

    /** Checks that each certificate is signed by the next one. */
    private static Optional<Finding> issuers(List<X509Certificate> chain) {
        for (int index = 0; index + 1 < chain.size(); index++) {
            if (!CertificatePool.hasIssued(chain.get(index + 1), chain.get(index))) {
                return Optional.of(Finding.problem(
                        CERTIFICATE,
                        ForeignText.of(chain.get(index).getSubjectX500Principal()) + " was not issued by "
                                + ForeignText.of(chain.get(index + 1).getSubjectX500Principal())
                                + ", the next certificate; import the chain that the CA issued"));
            }
        }
        return Optional.empty();
    }

    /**
     * Checks that at most the root is missing. If the last certificate is not a CA certificate, its issuer may be an
     * intermediate CA, whose certificate verifiers do not have. If Java trusts the issuer, the issuer is a root.
     */
    private static Optional<Finding> missingIssuer(List<X509Certificate> chain) {
        X509Certificate last = chain.get(chain.size() - 1);
        boolean isCa = last.getBasicConstraints() >= 0;
        boolean isSelfIssued = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        if (isSelfIssued || JavaRoots.haveIssued(last)) {
            return Optional.empty();
        }
        if (isCa) {
            return Optional.of(Finding.note(
                    CERTIFICATE,
                    "the chain ends with " + ForeignText.of(last.getSubjectX500Principal()) + ", issued by "
                            + ForeignText.of(last.getIssuerX500Principal())
                            + "; this is right only if " + ForeignText.of(last.getIssuerX500Principal())
                            + " is a root CA that verifiers already trust"));
        }
        return Optional.of(Finding.problem(
                CERTIFICATE,
                "the chain lacks the certificate of " + ForeignText.of(last.getIssuerX500Principal())
                        + ", which issued " + ForeignText.of(last.getSubjectX500Principal())
                        + ", so verifiers may refuse the signatures; import the certificate of the key together with"
                        + " the certificates of its CAs"));
    }

    private static X509Certificate firstToExpire(List<X509Certificate> chain) {
        return Collections.min(chain, Comparator.comparing(X509Certificate::getNotAfter));
    }

    /**
     * Checks the first certificate of the chain to expire. The result is a problem if the certificate expires within
     * {@link #leastValidity}, or else a note if it expires within {@link #EXPIRES_SOON}.
     */
    private Optional<Finding> expiry(List<X509Certificate> chain) {
        X509Certificate first = firstToExpire(chain);
        Duration left = Duration.between(clock.instant(), first.getNotAfter().toInstant());
        String text = ForeignText.of(first.getSubjectX500Principal()) + " expires in " + left.toDays() + " days, at "
                + first.getNotAfter().toInstant() + "; renew it in time";
        if (leastValidity != null && left.compareTo(leastValidity) < 0) {
            return Optional.of(Finding.problem(CERTIFICATE, text));
        }
        return left.compareTo(EXPIRES_SOON) < 0 ? Optional.of(Finding.note(CERTIFICATE, text)) : Optional.empty();
    }

    /** Checks the extension keyUsage. Without it, a certificate allows every usage (RFC 5280 §4.2.1.3). */
    private static Optional<Finding> usage(X509Certificate leaf, KeyUsage usage) {
        if (usage == KeyUsage.SIGN_VERIFY) {
            boolean[] bits = leaf.getKeyUsage();
            // stricter than CertificateUsage: a certificate that only signs certificates or CRLs is not for jars or TLS
            return bits == null || bits[DIGITAL_SIGNATURE] || bits[NON_REPUDIATION]
                    ? Optional.empty()
                    : Optional.of(Finding.problem(
                            CERTIFICATE,
                            "the extension keyUsage in the certificate of "
                                    + ForeignText.of(leaf.getSubjectX500Principal())
                                    + " does not allow signatures of jars or in TLS; ask the CA for a certificate with"
                                    + " digitalSignature"));
        }
        try {
            CertificateUsage.require(leaf, usage);
            return Optional.empty();
        } catch (InvalidKeyException e) {
            return Optional.of(Finding.problem(CERTIFICATE, e));
        }
    }

    private String summary(List<X509Certificate> chain, String name) {
        X509Certificate last = chain.get(chain.size() - 1);
        boolean endsWithRoot = CertificatePool.hasIssued(last, last);
        Instant end = firstToExpire(chain).getNotAfter().toInstant();
        long days = Duration.between(clock.instant(), end).toDays();
        return name + ", chain of " + chain.size() + (endsWithRoot ? " with the root" : " without the root")
                + ", valid until " + end + " (" + days + " days)";
    }
}
