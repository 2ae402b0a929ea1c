package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.text.ForeignText;
import java.nio.ByteBuffer;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;

/** Checks that the leaf certificate for an entry belongs to the key of the entry. */
final class LeafCheck {
    private LeafCheck() {}

    /**
     * Checks a certificate.
     *
     * @throws KeyStoreException if the certificate belongs to another key, or if the key has no public key
     */
    static void require(String alias, KmsHandle key, X509Certificate leaf) throws KeyStoreException {
        if (!(key instanceof PairHandle pair)) {
            throw new KeyStoreException("entry '" + alias + "' cannot have a certificate, because " + key
                    + " has no public key; set the entry without certificates");
        }
        if (!PublicKeys.encoded(leaf).equals(ByteBuffer.wrap(pair.publicKey().getEncoded()))) {
            throw new KeyStoreException("the certificate for entry '" + alias + "' ("
                    + ForeignText.of(leaf.getSubjectX500Principal()) + ") does not belong to " + key
                    + kinds(leaf, key) + "; ask the CA for a certificate of this key" + request(key));
        }
    }

    /** Returns the part of the error text that names the kinds of both keys. Empty if they are of the same kind. */
    private static String kinds(X509Certificate leaf, KmsHandle key) {
        String found = PublicKeys.describe(PublicKeys.of(leaf));
        String wanted = key.spec().toString();
        return found.equals(wanted) ? "" : ": the certificate's key is " + found + ", not " + wanted;
    }

    /** Returns how to ask for a certificate. Empty if the key cannot sign a request. */
    private static String request(KmsHandle key) {
        boolean cannotSign =
                key.usage().filter(usage -> usage != KeyUsage.SIGN_VERIFY).isPresent();
        return cannotSign ? "" : ", with a request signed by this key";
    }
}
