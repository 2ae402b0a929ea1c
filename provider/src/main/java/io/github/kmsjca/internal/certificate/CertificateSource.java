package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.Lookup;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A place where certificates of keys stand besides the keystore file. Implementations are thread-safe. */
interface CertificateSource {
    /** Returns whether there are certificates for no key at all, so that no key has to be looked up. */
    boolean isEmpty();

    /**
     * Returns the chain of a key, leaf first; empty if there is none here, or none that is known without a call where KMS
     * may not be asked.
     *
     * @throws IOException if what is here is damaged
     */
    List<X509Certificate> chain(PairHandle key, Lookup lookup) throws IOException;

    /** Returns the place as a warning names it, such as {@code in its tags}. */
    String place();
}
