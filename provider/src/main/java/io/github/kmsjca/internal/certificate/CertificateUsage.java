package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.text.ForeignText;
import java.security.InvalidKeyException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For each usage of a KMS key pair, the sufficient keyUsage bits: a certificate needs at least one of them. A
 * certificate without the extension keyUsage allows every usage (RFC 5280 §4.2.1.3).
 */
public enum CertificateUsage {
    SIGN_VERIFY(
            KeyUsage.SIGN_VERIFY,
            "digitalSignature",
            Bit.DIGITAL_SIGNATURE,
            Bit.NON_REPUDIATION,
            Bit.KEY_CERT_SIGN,
            Bit.CRL_SIGN),
    ENCRYPT_DECRYPT(KeyUsage.ENCRYPT_DECRYPT, "keyEncipherment", Bit.KEY_ENCIPHERMENT, Bit.DATA_ENCIPHERMENT),
    ENCAPSULATE_DECAPSULATE(KeyUsage.ENCAPSULATE_DECAPSULATE, "keyEncipherment", Bit.KEY_ENCIPHERMENT),
    KEY_AGREEMENT(KeyUsage.KEY_AGREEMENT, "keyAgreement", Bit.KEY_AGREEMENT);

    /** The indexes in {@link X509Certificate#getKeyUsage}, which are the bit numbers of the RFC. */
    static final class Bit {
        static final int DIGITAL_SIGNATURE = 0;
        static final int NON_REPUDIATION = 1;
        static final int KEY_ENCIPHERMENT = 2;
        static final int DATA_ENCIPHERMENT = 3;
        static final int KEY_AGREEMENT = 4;
        static final int KEY_CERT_SIGN = 5;
        static final int CRL_SIGN = 6;
    }

    private final KeyUsage keyUsage;
    private final String usual;

    // List.of creates it, so it is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Integer> sufficient;

    /**
     * Makes a row.
     *
     * @param usual the name of the bit that the error text recommends
     * @param sufficient the bits of which one is enough
     */
    CertificateUsage(KeyUsage keyUsage, String usual, Integer... sufficient) {
        this.keyUsage = keyUsage;
        this.usual = usual;
        this.sufficient = List.of(sufficient);
    }

    /**
     * Checks that a certificate allows the usage of its key.
     *
     * @param keyUsage the usage of the key; null if it is not known, and then every certificate passes
     * @throws InvalidKeyException if the certificate does not allow the usage; the message says what to request from
     *     the CA
     */
    public static void require(X509Certificate certificate, @Nullable KeyUsage keyUsage) throws InvalidKeyException {
        Optional<CertificateUsage> row = of(keyUsage);
        if (row.isPresent() && !row.get().isAllowedBy(certificate.getKeyUsage())) {
            throw new InvalidKeyException("the extension keyUsage in the certificate of "
                    + ForeignText.of(certificate.getSubjectX500Principal())
                    + " does not allow the usage of the key, " + row.get().keyUsage
                    + "; ask the CA for a certificate with " + row.get().usual);
        }
    }

    /** Returns whether a certificate allows a usage of its key, or the usage is not known. */
    public static boolean allows(X509Certificate certificate, @Nullable KeyUsage keyUsage) {
        return of(keyUsage)
                .filter(row -> !row.isAllowedBy(certificate.getKeyUsage()))
                .isEmpty();
    }

    private static Optional<CertificateUsage> of(@Nullable KeyUsage keyUsage) {
        return Arrays.stream(values()).filter(row -> row.keyUsage == keyUsage).findFirst();
    }

    private boolean isAllowedBy(boolean @Nullable [] bits) {
        return bits == null || sufficient.stream().anyMatch(bit -> bits[bit]);
    }
}
