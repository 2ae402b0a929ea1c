import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyConverter;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPPrivateKey;

/**
 * Makes a detached OpenPGP signature for each file with an RSA key in KMS, and writes the OpenPGP public key with its
 * user id.
 *
 * <p>Arguments: the alias of the key, the creation time of the OpenPGP key (the fingerprint depends on this time), the
 * user id, the file for the public key, and the files to sign.
 */
final class SignFiles {
    private static final int HASH = HashAlgorithmTags.SHA512;

    private final KmsPrivateKey key;
    private final PGPPublicKey publicKey;

    private SignFiles(KmsPrivateKey key, Date created) throws PGPException {
        this.key = key;
        this.publicKey = new JcaPGPKeyConverter()
                .getPGPPublicKey(
                        PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, key.publicKey(), created);
    }

    public static void main(String[] arguments) throws Exception {
        KmsProvider.install();
        SignFiles signer = new SignFiles(key(arguments[0]), Date.from(Instant.parse(arguments[1])));
        signer.writePublicKey(arguments[2], Path.of(arguments[3]));
        List<String> files = Arrays.asList(arguments).subList(4, arguments.length);
        for (String file : files) {
            signer.sign(Path.of(file), Path.of(file + ".asc"));
        }
    }

    private static KmsPrivateKey key(String alias) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("AWSKMS");
        store.load(null, null);
        return (KmsPrivateKey) store.getKey(alias, null);
    }

    private PGPSignatureGenerator generator(int type) throws PGPException {
        var signer = new JcaPGPContentSignerBuilder(publicKey.getAlgorithm(), HASH).setProvider(KmsProvider.NAME);
        signer.setDigestProvider("SUN");
        PGPSignatureGenerator generator = new PGPSignatureGenerator(signer, publicKey);
        generator.init(type, new JcaPGPPrivateKey(publicKey, key));
        return generator;
    }

    /** Writes the public key with a signature that binds the user id to it. */
    private void writePublicKey(String userId, Path target) throws PGPException, IOException {
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setSignatureCreationTime(false, publicKey.getCreationTime());
        subpackets.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        subpackets.setIssuerFingerprint(false, publicKey);
        PGPSignatureGenerator generator = generator(PGPSignature.POSITIVE_CERTIFICATION);
        generator.setHashedSubpackets(subpackets.generate());
        PGPSignature binding = generator.generateCertification(userId, publicKey);
        write(target, PGPPublicKey.addCertification(publicKey, userId, binding).getEncoded());
    }

    private void sign(Path file, Path target) throws PGPException, IOException {
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setSignatureCreationTime(false, new Date());
        subpackets.setIssuerFingerprint(false, publicKey);
        PGPSignatureGenerator generator = generator(PGPSignature.BINARY_DOCUMENT);
        generator.setHashedSubpackets(subpackets.generate());
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] buffer = new byte[1 << 16];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                generator.update(buffer, 0, length);
            }
        }
        write(target, generator.generate().getEncoded());
    }

    private static void write(Path target, byte[] packets) throws IOException {
        ByteArrayOutputStream armored = new ByteArrayOutputStream();
        try (OutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(armored)) {
            armor.write(packets);
        }
        Files.write(target, armored.toByteArray());
    }
}
