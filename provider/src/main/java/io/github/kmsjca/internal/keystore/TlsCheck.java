package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.certificate.CertificateUsage;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Checks that a key pair can sign, as far as this is known without a KMS call. TLS assumes that each key pair can sign,
 * and a handshake with a key pair that cannot sign would fail.
 */
final class TlsCheck {
    private TlsCheck() {}

    /**
     * Checks the usage of a key. A secret key passes, because TLS ignores it.
     *
     * @throws KmsException if the key is a key pair whose usage is known and is not signing
     */
    static void requireSigningKey(KmsHandle key) {
        Optional<KeyUsage> otherUsage = key instanceof PairHandle
                ? key.usage().filter(usage -> usage != KeyUsage.SIGN_VERIFY)
                : Optional.empty();
        if (otherUsage.isPresent()) {
            throw KmsErrors.unusable(key + " has key usage " + otherUsage.get()
                    + ", so it cannot sign in TLS; to use the key for its own usage, do not call isKeyEntry first");
        }
    }

    /**
     * Checks the extension keyUsage of a certificate.
     *
     * @throws KmsException if the extension allows no signatures
     */
    static void requireSigningCertificate(X509Certificate leaf) {
        if (!CertificateUsage.allows(leaf, KeyUsage.SIGN_VERIFY)) {
            throw KmsErrors.unusable("the extension keyUsage in the certificate of "
                    + ForeignText.of(leaf.getSubjectX500Principal())
                    + " allows no signatures, so the key cannot sign in TLS; for TLS, ask the CA for a certificate with"
                    + " digitalSignature; to use the key for something else, do not call isKeyEntry first");
        }
    }
}
