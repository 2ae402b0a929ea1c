package io.github.kmsjca.keystore;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.config.CertificateTagMode;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSession;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The chains of keys whose certificates stand somewhere else than the keys: in the files of the setting
 * {@code certificates}, or in the tags of the keys. Thread-safe.
 */
public record KeyCertificates(KmsSession session, CertificateSource files) {

    /** Returns those that the settings of a session name. */
    public static KeyCertificates of(KmsSession session) {
        return new KeyCertificates(
                session,
                session.settings().certificates().map(CertificateSource::at).orElseGet(CertificateSource::none));
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
        return chain(key, tagMode() == CertificateTagMode.IGNORE ? Map.of() : session.tags(arn));
    }

    /** Returns the chain of a key as far as it is known without a call. */
    List<X509Certificate> knownChain(KeyId id) {
        return session.known(id)
                .filter(KmsPrivateKey.class::isInstance)
                .map(KmsPrivateKey.class::cast)
                .map(key -> chain(key, session.knownTags(KeyId.parse(key.keyId()))))
                .orElse(List.of());
    }

    private List<X509Certificate> chain(KmsPrivateKey key, Map<String, String> tags) {
        try {
            return files.chainFor(key.publicKey(), CertificateTags.read(tags, key.toString()))
                    .orElse(List.of());
        } catch (FileFormatException damaged) {
            throw new KmsException(String.valueOf(damaged.getMessage()), damaged);
        }
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
