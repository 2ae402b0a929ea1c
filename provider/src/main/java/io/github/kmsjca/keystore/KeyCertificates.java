package io.github.kmsjca.keystore;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.config.CertificateTagMode;
import io.github.kmsjca.config.ForeignText;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.Warnings;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSession;
import io.github.kmsjca.key.PublicKeys;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The chains of keys whose certificates stand somewhere else than the keys: in the files of the setting
 * {@code certificates}, or in the tags of the keys. The operator's files come first: many may be allowed to tag a key,
 * and none of them is to choose who the signer seems to be. Thread-safe.
 */
public record KeyCertificates(KmsSession session, CertificateSource files, Warnings warnings) {

    /** Returns those that the settings of a session name. */
    public static KeyCertificates of(KmsSession session) {
        return new KeyCertificates(
                session,
                session.settings().certificates().map(CertificateSource::at).orElseGet(CertificateSource::none),
                new Warnings(System.getLogger(KeyCertificates.class.getName())));
    }

    /** Returns the chain of a key, leaf first, empty if there is none; may ask KMS for the public key and the tags. */
    public List<X509Certificate> chain(KeyId id) {
        if (files.isEmpty() && tagMode() == CertificateTagMode.IGNORE) {
            return List.of();
        }
        if (!(session.handle(id) instanceof KmsPrivateKey key)) {
            return List.of();
        }
        KeyId arn = KeyId.parse(key.keyId());
        return chain(key, () -> tagMode() == CertificateTagMode.IGNORE ? Map.of() : session.tags(arn));
    }

    /** Returns the chain of a key as far as it is known without a call. */
    List<X509Certificate> knownChain(KeyId id) {
        return session.known(id)
                .filter(KmsPrivateKey.class::isInstance)
                .map(KmsPrivateKey.class::cast)
                .map(key -> chain(key, () -> session.knownTags(KeyId.parse(key.keyId()))))
                .orElse(List.of());
    }

    private List<X509Certificate> chain(KmsPrivateKey key, Supplier<Map<String, String>> tags) {
        List<X509Certificate> chain = files.chainFor(key.publicKey(), List.of()).orElse(List.of());
        try {
            List<X509Certificate> inTags = CertificateTags.read(tags.get(), key.toString());
            List<X509Certificate> other =
                    files.chainFor(key.publicKey(), inTags).orElse(List.of());
            if (chain.isEmpty()) {
                return other;
            }
            warnIfOther(key.toString(), chain.get(0), new Other("in its tags", inTags));
            return chain;
        } catch (FileFormatException | KmsException unusable) {
            if (chain.isEmpty()) {
                throw unusable instanceof KmsException refused
                        ? refused
                        : new KmsException(String.valueOf(unusable.getMessage()), unusable);
            }
            warnings.once(key + " has a certificate by the setting certificates, and its tags cannot be compared: "
                    + unusable.getMessage());
            return chain;
        }
    }

    /** Warns if the files have another certificate for the key of an entry, whose own one is used. */
    void warnIfOther(String alias, X509Certificate used) {
        warnIfOther(
                "entry '" + alias + "'",
                used,
                new Other(
                        "by the setting certificates",
                        files.chainFor(PublicKeys.of(used), List.of()).orElse(List.of())));
    }

    /** Certificates that are not used, and where they stand. */
    private record Other(String place, List<X509Certificate> certificates) {}

    private void warnIfOther(String subject, X509Certificate used, Other other) {
        other.certificates.stream()
                .filter(certificate ->
                        !certificate.equals(used) && PublicKeys.of(certificate).equals(PublicKeys.of(used)))
                .findFirst()
                .ifPresent(certificate -> warnings.once(subject + " has two certificates: used is that of "
                        + describe(used) + ", and not that " + other.place + ", of " + describe(certificate)
                        + "; take one of them away"));
    }

    private static String describe(X509Certificate certificate) {
        return ForeignText.of(certificate.getSubjectX500Principal()) + ", serial number "
                + certificate.getSerialNumber().toString(16) + ", valid until "
                + certificate.getNotAfter().toInstant();
    }

    /** Returns whether certificates can be kept with a key. */
    boolean isWritable() {
        return tagMode() == CertificateTagMode.WRITE;
    }

    private CertificateTagMode tagMode() {
        return session.settings().certificateTags();
    }

    /** Writes the certificates of a key into its tags, in the place of those that are there. */
    public void keep(KeyId id, List<X509Certificate> chain) throws IOException {
        KeyId arn = KeyId.parse(session.key(id).keyId());
        Map<String, String> tags = session.tags(arn);
        Map<String, String> fresh = tags(chain);
        Set<String> stale = CertificateTags.names(tags);
        CertificateTags.requireRoom(fresh, tags.size() - stale.size());
        stale.removeAll(fresh.keySet());
        session.retag(arn, fresh, stale);
    }

    private static Map<String, String> tags(List<X509Certificate> chain) throws IOException {
        try {
            return CertificateTags.of(chain);
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate has no DER form", e);
        }
    }
}
