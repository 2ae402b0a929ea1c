package io.github.kmsjca.cli;

import io.github.kmsjca.internal.certificate.CertificatePool;
import io.github.kmsjca.internal.certificate.CertificateUsage;
import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.certificate.Purpose;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.keystore.file.FileEntry;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stores the certificates of a key. */
@Command(
        name = "import",
        description = {
            "Store the certificate of a key, with its chain, in a keystore file or in the tags of the key.",
            "Creates the file if it does not exist. Fails if none of the certificates is for the key."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            description =
                    "Alias of the entry in the keystore file. Default: KEY, if it is the alias of an entry; otherwise"
                            + " the key id, or the alias name without the prefix alias/.")
    @Nullable
    String alias;

    @Option(names = "--tags", description = "Write to the tags of the key instead of a file.")
    boolean tags;

    @Mixin
    final StoreOptions storeOptions = new StoreOptions();

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "Key id, key ARN, alias/NAME, alias ARN, or the alias of an entry in the file.")
    String key = "";

    @Parameters(
            index = "1",
            paramLabel = "CERTIFICATES",
            description = "PEM, DER, PKCS #7, JKS or PKCS #12 file (PKCS #12 without password), or a folder of such"
                    + " files. The certificates can be in any order. Certificates that are not part of the key's chain"
                    + " are ignored.")
    Path certificates = Path.of("");

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        boolean isForFile = storeOptions.file().isPresent();
        boolean hasOneTarget = tags != isForFile;
        if (!hasOneTarget || (tags && alias != null)) {
            throw new ParameterException(Output.line(spec), "write either --keystore FILE, or --tags without --alias");
        }
        CertificatePool pool = CertificatePool.of(certificates);
        Store store = Store.of(storeOptions);
        PrintWriter out = Output.of(spec);
        out.println(ForeignText.clean(tags ? intoTags(store, pool) : intoFile(store, pool)));
        Output.flush(out);
        return ExitStatus.SUCCESS.code();
    }

    private String intoTags(Store store, CertificatePool pool) throws GeneralSecurityException, IOException {
        KeyId id = store.idInAccount(key);
        PairHandle handle = store.pair(id);
        KeyCertificates keyCertificates = KeyCertificates.of(store.session());
        Renewal renewal = Renewal.of(chain(pool, handle), keyCertificates.inTags(id));
        keyCertificates.writeToTags(id, renewal.chain());
        return handle.keyId() + ": " + describe(renewal);
    }

    private String intoFile(Store store, CertificatePool pool) throws GeneralSecurityException, IOException {
        Path path = store.path().orElseThrow();
        Optional<KeyId> idInFile = store.idInFile(key);
        KeyId id = idInFile.isPresent() ? idInFile.get() : store.idInAccount(key);
        PairHandle handle = store.pair(id);
        String defaultName = idInFile.isPresent() ? key : withoutPrefix(id.name());
        String name = alias == null ? defaultName : alias;
        KeystoreFile file = store.file().orElseGet(KeystoreFile::empty);
        Optional<FileEntry> old = file.entry(name);
        Renewal renewal =
                Renewal.of(chain(pool, handle), old.map(FileEntry::certificates).orElse(List.of()));
        FileEntry fresh = old.isPresent()
                ? renewed(store, name, handle, renewal.chain())
                : FileEntry.ofKey(name, KeyId.parse(handle.keyId()), renewal.chain());
        // the next command could not read the file if the settings 'accounts' or 'allowed-regions' forbid the key
        fresh.key().ifPresent(used -> store.session().settings().requireAllowed(path + ", entry '" + name + "'", used));
        file.put(fresh).save(path, store.file().orElse(null));
        return path + ", " + name + ": " + describe(renewal);
    }

    private static String withoutPrefix(String name) {
        return name.startsWith(KeyId.ALIAS_PREFIX) ? name.substring(KeyId.ALIAS_PREFIX.length()) : name;
    }

    /**
     * Returns the entry with new certificates. The key in the entry does not change. Fails if the entry is for another
     * key.
     */
    private static FileEntry renewed(Store store, String name, PairHandle handle, List<X509Certificate> chain)
            throws KeyStoreException {
        Optional<KeyId> idInEntry = store.idInFile(name);
        if (idInEntry.isEmpty()) {
            throw otherKey(store, name, handle, "");
        }
        KeyId id = idInEntry.get();
        try {
            if (!store.session().keys().pair(id).keyId().equals(handle.keyId())) {
                throw otherKey(store, name, handle, "");
            }
        } catch (KmsException e) {
            // the user may not know this key, so the text must say where it comes from
            throw KmsErrors.isUnknownKey(e)
                    ? otherKey(store, name, handle, ", but for the key " + id + ", which does not exist")
                    : new KeyStoreException(
                            store.path().orElseThrow() + ", entry '" + name + "': " + e.getMessage(), e);
        }
        return FileEntry.ofKey(name, id, chain);
    }

    private static KeyStoreException otherKey(Store store, String name, PairHandle handle, String reason) {
        return new KeyStoreException(store.path().orElseThrow() + " has an entry '" + name + "' that is not for "
                + handle + reason + "; choose another --alias, or remove that entry with keytool -delete");
    }

    /**
     * Returns the chain for the public key of the KMS key. Checks that its first certificate allows the key's usage.
     */
    private List<X509Certificate> chain(CertificatePool pool, PairHandle handle) throws GeneralSecurityException {
        List<X509Certificate> chain = pool.chainFor(
                        handle.publicKey(), Purpose.SIGNATURE.orDecryptionFor(handle.usage()))
                .orElseThrow(() -> new KeyStoreException(certificates
                        + " holds no certificate for the public key of " + handle
                        + pool.newestLeaf()
                                .map(other -> ": " + PublicKeys.otherKeyText(other, handle.publicKey()))
                                .orElse("")
                        + "; make a certificate for this key with selfsign, or with certreq and your CA"));
        CertificateUsage.require(chain.get(0), handle.usage().orElse(null));
        return chain;
    }

    private static String more(int certificates) {
        return switch (certificates) {
            case 0 -> "";
            case 1 -> ", with 1 more certificate";
            default -> ", with " + certificates + " more certificates";
        };
    }

    private static String describe(Renewal renewal) {
        X509Certificate leaf = renewal.chain().get(0);
        return ForeignText.of(leaf.getSubjectX500Principal()) + ", valid until "
                + leaf.getNotAfter().toInstant() + more(renewal.chain().size() - 1) + renewal.keptText();
    }
}
