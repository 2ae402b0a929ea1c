package io.github.kmsjca.cli;

import io.github.kmsjca.config.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a key its certificates. */
@Command(
        name = "import",
        description = {
            "Keep the certificate of a key, with its chain, in a keystore file or in the tags of the key.",
            "The file is made if there is none. A certificate of another key is refused."
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
            description = "Alias of the entry in the keystore file; by default the name of the key without alias/.")
    @Nullable
    String alias;

    @Option(names = "--tags", description = "Write into the tags of the key, and into no file.")
    boolean tags;

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "Key id, key ARN, alias/NAME or alias ARN, or the alias of an entry that the file has.")
    String key = "";

    @Parameters(
            index = "1",
            paramLabel = "CERTIFICATES",
            description = "PEM, DER, PKCS #7 or PKCS #12 file, or a folder of them: in any order, others among them.")
    Path certificates = Path.of("");

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        if (tags == store.file().isPresent() || (tags && alias != null)) {
            throw new ParameterException(
                    Output.line(spec), "name either a keystore file (--keystore FILE), or --tags without --alias");
        }
        PrintWriter out = Output.of(spec);
        if (tags) {
            importIntoTags(out);
        } else {
            importIntoFile(store.file().orElseThrow(), out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void importIntoTags(PrintWriter out) throws GeneralSecurityException, IOException {
        Found found = find(key);
        KeyStore account = store.open(KmsLoadStoreParameter.ofDiscovery().with("certificate-tags", "write"));
        account.setKeyEntry(key, found.handle, null, found.array());
        account.store(null, null);
        out.println(found.handle.keyId() + ": " + found.describe());
    }

    private void importIntoFile(Path file, PrintWriter out) throws GeneralSecurityException, IOException {
        KmsLoadStoreParameter parameter = KmsLoadStoreParameter.ofFile(file);
        KeyStore entries = store.open(Files.exists(file) ? parameter : KmsLoadStoreParameter.ofDiscovery());
        boolean isEntry = Files.exists(file) && entries.isKeyEntry(key);
        String name = alias != null ? alias : isEntry ? key : key.substring(key.lastIndexOf('/') + 1);
        Found found = find(isEntry ? store.key(entries, key).keyId() : key);
        if (Files.exists(file) && entries.containsAlias(name)) {
            requireSameKey(file, entries, name, found.handle);
        }
        entries.setKeyEntry(name, found.handle, null, found.array());
        entries.store(parameter);
        out.println(file + ", " + name + ": " + found.describe());
    }

    /** Whoever signs with an alias goes on to sign with the same key. */
    private void requireSameKey(Path file, KeyStore entries, String name, KmsPrivateKey handle)
            throws GeneralSecurityException {
        boolean isSame = entries.isKeyEntry(name)
                && Arrays.equals(
                        store.key(entries, name).publicKey().getEncoded(),
                        handle.publicKey().getEncoded());
        if (!isSame) {
            throw new KeyStoreException(file + " has an entry '" + name + "' that is not for " + handle
                    + "; choose another --alias, or take that entry away with keytool -delete");
        }
    }

    /** A key with the chain of certificates that belongs to it. */
    private record Found(KmsPrivateKey handle, List<Certificate> chain) {
        Certificate[] array() {
            return chain.toArray(Certificate[]::new);
        }

        String describe() {
            X509Certificate leaf = (X509Certificate) chain.get(0);
            return leaf.getSubjectX500Principal() + ", valid until "
                    + leaf.getNotAfter().toInstant()
                    + (chain.size() == 1 ? "" : ", with " + (chain.size() - 1) + " more");
        }
    }

    /** Asks KMS for the public key, which chooses among the certificates. */
    private Found find(String id) throws GeneralSecurityException, IOException {
        if (!Files.exists(certificates)) {
            throw new ParameterException(Output.line(spec), "there is no file " + certificates);
        }
        KeyStore account =
                store.open(KmsLoadStoreParameter.ofDiscovery().with("certificates", certificates.toString()));
        KmsPrivateKey handle = store.key(account, id);
        Certificate[] chain = account.getCertificateChain(id);
        if (chain == null) {
            throw new KeyStoreException(certificates + " holds no certificate for the public key of " + handle
                    + "; ask the CA for one with the request that certreq writes");
        }
        return new Found(handle, List.of(chain));
    }
}
