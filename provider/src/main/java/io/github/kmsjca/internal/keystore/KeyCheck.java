package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.handle.KmsHandle;
import java.security.Key;
import java.security.KeyStoreException;

/** Checks that the key for an entry is a KMS key. */
final class KeyCheck {
    private KeyCheck() {}

    /**
     * Returns the handle of a KMS key.
     *
     * @throws KeyStoreException if the key is not in KMS
     */
    static KmsHandle require(String alias, Key key) throws KeyStoreException {
        if (key instanceof KmsHandle ours) {
            return ours;
        }
        throw new KeyStoreException("the key for entry '" + alias
                + "' is not in KMS, and this store keeps no keys; with keytool -genkeypair, use -providername AWSKMS,"
                + " the setting adopt or create=true, and a -keyalg that KMS has, such as RSA or EC; if java.security"
                + " lists AWSKMS before the JDK's providers, put it last");
    }
}
