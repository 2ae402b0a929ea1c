package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.certificate.CertificateUsage.Bit;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a caller wants to do with a key. If a key has several certificates, the purpose decides which of the valid ones
 * is used.
 */
public enum Purpose {
    /** Signatures of jars and other files. */
    SIGNATURE(Set.of(KeyPurposeId.id_kp_codeSigning.getId()), Bit.DIGITAL_SIGNATURE, Bit.NON_REPUDIATION),
    /** TLS, as server or client. */
    TLS(Set.of(KeyPurposeId.id_kp_serverAuth.getId(), KeyPurposeId.id_kp_clientAuth.getId()), Bit.DIGITAL_SIGNATURE),
    /** Decryption and key agreement. */
    DECRYPTION(Set.of(), Bit.KEY_ENCIPHERMENT, Bit.DATA_ENCIPHERMENT, Bit.KEY_AGREEMENT);

    /**
     * The extended key usages of certificates for documents (RFC 9336) and for email. These certificates are for
     * signatures, but not for signatures of jars.
     */
    private static final Set<String> FOR_DOCUMENTS =
            Set.of("1.3.6.1.5.5.7.3.36", KeyPurposeId.id_kp_emailProtection.getId());

    // Set.of and List.of create them, so they are immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> extendedUsages;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Integer> usageBits;

    /**
     * Makes a row.
     *
     * @param extendedUsages the extended key usages (RFC 5280 §4.2.1.12) of certificates made for this purpose
     * @param usageBits the sufficient bits of keyUsage (RFC 5280 §4.2.1.3): a certificate needs at least one of them
     */
    Purpose(Set<String> extendedUsages, Integer... usageBits) {
        this.extendedUsages = extendedUsages;
        this.usageBits = List.of(usageBits);
    }

    /** Returns {@link #DECRYPTION} for a key that does not sign; for all other keys, returns this purpose. */
    public Purpose orDecryptionFor(Optional<KeyUsage> usage) {
        return usage.isEmpty() || usage.get() == KeyUsage.SIGN_VERIFY ? this : DECRYPTION;
    }

    /** How well a certificate fits. Best fit first. */
    private enum Fit {
        /** Its extended key usage names this purpose. */
        MADE_FOR_IT,
        /** It has no extended key usage, or one that allows every purpose. */
        ALLOWS_IT,
        /** Its extended key usage names a similar purpose, see {@link #FOR_DOCUMENTS}. */
        MADE_FOR_SIMILAR,
        /** Its extended key usage names other purposes. */
        MADE_FOR_OTHERS,
        /** It is the certificate of a CA, or its key usage does not allow the purpose. */
        UNFIT
    }

    /** Returns an order of the certificates of one key, best fit first. */
    Comparator<X509Certificate> bestFit() {
        return Comparator.comparing(this::fit);
    }

    private Fit fit(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        boolean isAllowed = usage == null || usageBits.stream().anyMatch(bit -> usage[bit]);
        if (!isAllowed || CaConstraints.isCa(certificate)) {
            return Fit.UNFIT;
        }
        List<String> named = extendedUsages(certificate);
        if (!Collections.disjoint(named, extendedUsages)) {
            return Fit.MADE_FOR_IT;
        }
        if (named.isEmpty() || named.contains(KeyPurposeId.anyExtendedKeyUsage.getId())) {
            return Fit.ALLOWS_IT;
        }
        boolean isForDocuments = !Collections.disjoint(named, FOR_DOCUMENTS);
        return this == SIGNATURE && isForDocuments ? Fit.MADE_FOR_SIMILAR : Fit.MADE_FOR_OTHERS;
    }

    private static List<String> extendedUsages(X509Certificate certificate) {
        try {
            List<String> named = certificate.getExtendedKeyUsage();
            return named == null ? List.of() : named;
        } catch (CertificateParsingException damagedExtension) {
            return List.of();
        }
    }
}
