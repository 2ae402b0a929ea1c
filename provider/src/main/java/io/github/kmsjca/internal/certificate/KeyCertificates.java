package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.internal.text.Warnings;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chains of keys whose certificates are not in the keystore file. Also completes the chains that are in that file.
 * The operator's files (setting {@code certificates}) take precedence over the tags of the keys: many people may be
 * allowed to tag a key, but they must not choose the identity of the signer. Thread-safe.
 */
public final class KeyCertificates {
    private final KmsSession session;
    private final FileSource files;
    private final TagSource tags;
    private final List<CertificateSource> sources;
    private final Warnings warnings;

    private KeyCertificates(KmsSession session, FileSource files, List<CertificateSource> moreSources) {
        this.session = session;
        this.files = files;
        this.tags = new TagSource(session, files);
        this.sources =
                Stream.concat(Stream.of(files, tags), moreSources.stream()).toList();
        this.warnings = LogTopic.CERTIFICATES.warnings();
    }

    /** Returns the certificates that the settings of a session name. */
    public static KeyCertificates of(KmsSession session) {
        return with(session, List.of());
    }

    /** Returns the certificates that the settings of a session name, or else the certificates from more sources. */
    static KeyCertificates with(KmsSession session, List<CertificateSource> moreSources) {
        return new KeyCertificates(
                session,
                session.settings().certificates().map(FileSource::at).orElseGet(FileSource::none),
                moreSources);
    }

    public KmsSession session() {
        return session;
    }

    /**
     * Returns the chain of a key, leaf first. Empty if there is none. Asks KMS for the public key and the tags if
     * {@code lookup} allows this.
     */
    public List<X509Certificate> chain(KeyId id, Lookup lookup, Purpose purpose) {
        if (sources.stream().allMatch(CertificateSource::isEmpty)) {
            return List.of();
        }
        Optional<PairHandle> key = session.keys()
                .find(id, lookup)
                .filter(PairHandle.class::isInstance)
                .map(PairHandle.class::cast);
        return key.map(pair -> chain(pair, lookup, purpose.orDecryptionFor(pair.usage())))
                .orElse(List.of());
    }

    /** Returns the chain from the first source that has one. Warns if another source has a different certificate. */
    private List<X509Certificate> chain(PairHandle key, Lookup lookup, Purpose purpose) {
        List<X509Certificate> used = List.of();
        for (CertificateSource source : sources) {
            try {
                List<X509Certificate> chain = source.chain(key, lookup, purpose);
                if (used.isEmpty()) {
                    used = chain;
                } else {
                    warnIfOther(key.toString(), used.get(0), source.place(), chain);
                }
            } catch (IOException damaged) {
                failOrWarn(used, key, source, KmsErrors.unusable(String.valueOf(damaged.getMessage()), damaged));
            } catch (KmsException refused) {
                failOrWarn(used, key, source, refused);
            }
        }
        return used;
    }

    /** Throws the failure of a source if no earlier source had a certificate. Otherwise only warns. */
    private void failOrWarn(
            List<X509Certificate> used, PairHandle key, CertificateSource source, KmsException failure) {
        if (used.isEmpty()) {
            throw failure;
        }
        warnings.once(key + " has a certificate; the certificates " + source.place() + " cannot be compared with it: "
                + failure.getMessage());
    }

    /**
     * Returns the chain of an entry, completed with issuers from the files. Warns if the files have only a different
     * certificate for the key. If the files have both certificates, there is no warning, because each may serve another
     * purpose.
     *
     * @param chain the chain, which the certificates of the keystore file have completed as far as possible
     */
    public List<X509Certificate> complete(String alias, List<X509Certificate> chain, Purpose purpose) {
        CertificatePool pool = files.pool();
        if (pool.isEmpty()) {
            // there is nothing to add, so the signatures need not be verified again
            return chain;
        }
        List<X509Certificate> complete = pool.complete(chain);
        X509Certificate leaf = complete.get(0);
        if (!pool.contains(leaf)) {
            List<X509Certificate> other =
                    pool.chainFor(PublicKeys.of(leaf), purpose).orElse(List.of());
            warnIfOther("entry '" + alias + "'", leaf, files.place(), other);
        }
        return complete;
    }

    private void warnIfOther(String subject, X509Certificate used, String place, List<X509Certificate> chain) {
        if (!chain.isEmpty() && !chain.get(0).equals(used)) {
            warnings.once(subject + " has two certificates: the certificate of " + describe(used)
                    + ", is used; the certificate " + place + ", of " + describe(chain.get(0))
                    + ", is ignored; remove one of them");
        }
    }

    private static String describe(X509Certificate certificate) {
        return ForeignText.of(certificate.getSubjectX500Principal()) + ", serial number "
                + certificate.getSerialNumber().toString(16) + ", valid until "
                + certificate.getNotAfter().toInstant();
    }

    /** Returns whether the settings allow storing certificates in the tags of a key. */
    public boolean isWritable() {
        return tags.isWritable();
    }

    /** Returns the certificates in the tags of a key, even if the setting ignores them; empty if they are damaged. */
    public List<X509Certificate> inTags(KeyId id) {
        return tags.certificates(id);
    }

    /**
     * Writes the certificates of a key into its tags. Replaces the certificates that are already there.
     *
     * @throws IOException if the certificates do not fit into the tags that are free
     */
    public void writeToTags(KeyId id, List<X509Certificate> chain) throws IOException {
        tags.write(id, chain);
    }
}
