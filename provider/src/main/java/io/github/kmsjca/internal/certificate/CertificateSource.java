package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.Lookup;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A place other than the keystore file that has certificates for keys, such as files or the tags of keys. To add
 * another place, such as a private CA or a secrets store, add an implementation to {@link KeyCertificates}. The
 * KeyStore stays the same, because it uses only {@link KeyCertificates}. Implementations are thread-safe.
 */
interface CertificateSource {
    /**
     * Returns whether this source certainly has no certificates, for example because a setting turns the source off. If
     * this is so for all sources, {@link KeyCertificates} does not ask KMS for the public key.
     */
    boolean isEmpty();

    /**
     * Returns the chain of a key for a purpose, leaf first. Empty if this source has no certificate for the key, or if
     * finding it needs a call that {@code lookup} does not allow.
     *
     * @throws IOException if the certificates of this source cannot be used; the message says why and what to do
     */
    List<X509Certificate> chain(PairHandle key, Lookup lookup, Purpose purpose) throws IOException;

    /** Returns where the certificates of a key are, for a warning that names the key, such as {@code in its tags}. */
    String place();
}
