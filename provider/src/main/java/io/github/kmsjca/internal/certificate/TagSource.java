package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.config.CertificateTagMode;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The certificates in the tags of keys, as the setting {@code certificate-tags} allows.
 *
 * @param files the source of the issuers that are missing in the tags
 */
record TagSource(KmsSession session, FileSource files) implements CertificateSource {
    @Override
    public boolean isEmpty() {
        return mode() == CertificateTagMode.IGNORE;
    }

    private CertificateTagMode mode() {
        return session.settings().certificateTags();
    }

    @Override
    public List<X509Certificate> chain(PairHandle key, Lookup lookup, Purpose purpose) throws IOException {
        if (isEmpty()) {
            return List.of();
        }
        List<X509Certificate> inTags = CertificateTags.read(session.tags().of(key.id(), lookup), key.toString());
        CertificatePool pool = CertificatePool.of(inTags);
        return pool.chainFor(key.publicKey(), purpose)
                .map(chain -> files.pool().with(inTags).complete(chain))
                .orElse(List.of());
    }

    @Override
    public String place() {
        return "in its tags";
    }

    /** Returns whether the setting allows storing certificates in the tags of a key. */
    boolean isWritable() {
        return mode() == CertificateTagMode.WRITE;
    }

    /** Returns the certificates in the tags of a key, even if the setting ignores them; empty if they are damaged. */
    List<X509Certificate> certificates(KeyId id) {
        PairHandle key = session.keys().pair(id);
        try {
            return CertificateTags.read(session.tags().of(key.id(), Lookup.MAY_ASK), key.toString());
        } catch (IOException damaged) {
            // the new certificates will replace the damaged ones
            return List.of();
        }
    }

    /**
     * Writes the certificates of a key into its tags. Replaces the certificates that are already there.
     *
     * @throws IOException if the certificates do not fit into the tags that are free
     */
    void write(KeyId id, List<X509Certificate> chain) throws IOException {
        PairHandle key = session.keys().pair(id);
        Map<String, String> tags = session.tags().of(key.id(), Lookup.MAY_ASK);
        Map<String, String> fresh = tags(chain);
        Set<String> stale = CertificateTags.names(tags);
        CertificateTags.requireFreeTags(key.toString(), fresh, tags.size() - stale.size());
        stale.removeAll(fresh.keySet());
        session.tags().change(key.id(), fresh, stale);
    }

    private static Map<String, String> tags(List<X509Certificate> chain) throws IOException {
        try {
            return CertificateTags.of(chain);
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate cannot be encoded as DER", e);
        }
    }
}
