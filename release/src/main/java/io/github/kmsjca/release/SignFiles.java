package io.github.kmsjca.release;

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
import java.security.Provider;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.regex.Pattern;
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

/** Makes detached OpenPGP signatures with an RSA key in KMS, and writes the OpenPGP public key with its user id. */
final class SignFiles {
    private static final int HASH = HashAlgorithmTags.SHA512;
    private static final Pattern USER_ID = Pattern.compile(".*\\S <[^@<>\\s]+@[^@<>\\s]+>");
    private static final String USAGE = """
            usage: SignFiles ALIAS CREATED USER_ID PUBLIC_KEY FILE...
            ALIAS       the alias of an RSA key in KMS
            CREATED     the creation time of the OpenPGP key, such as 2026-11-27T00:00:00Z
            USER_ID     a name and an e-mail address, such as 'Example <releases@example.com>'
            PUBLIC_KEY  the file for the OpenPGP public key
            FILE        a file to sign. The signature of FILE is FILE.asc""";

    private final Provider provider;
    private final KmsPrivateKey key;
    private final PGPPublicKey publicKey;

    SignFiles(Provider provider, KmsPrivateKey key, Instant created) throws PGPException {
        this.provider = provider;
        this.key = key;
        this.publicKey = new JcaPGPKeyConverter()
                .getPGPPublicKey(
                        PublicKeyPacket.VERSION_4,
                        PublicKeyAlgorithmTags.RSA_GENERAL,
                        key.publicKey(),
                        Date.from(created));
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 5) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Provider provider = KmsProvider.install();
        SignFiles signer = new SignFiles(provider, key(provider, arguments[0]), Instant.parse(arguments[1]));
        signer.writePublicKey(arguments[2], Path.of(arguments[3]));
        for (String file : Arrays.asList(arguments).subList(4, arguments.length)) {
            signer.sign(Path.of(file));
        }
    }

    /** Returns the key with an alias. */
    static KmsPrivateKey key(Provider provider, String alias) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("AWSKMS", provider);
        store.load(null, null);
        if (store.getKey(alias, null) instanceof KmsPrivateKey key) {
            return key;
        }
        throw new IllegalArgumentException("KMS has no key pair " + alias + " in this account and Region");
    }

    private PGPSignatureGenerator generator(int type) throws PGPException {
        var signer = new JcaPGPContentSignerBuilder(publicKey.getAlgorithm(), HASH).setProvider(provider);
        // the JDK computes the digest, and KMS only the signature
        signer.setDigestProvider("SUN");
        PGPSignatureGenerator generator = new PGPSignatureGenerator(signer, publicKey);
        generator.init(type, new JcaPGPPrivateKey(publicKey, key));
        return generator;
    }

    /**
     * Writes the public key with a signature that binds the user id to it.
     *
     * <p>Some key servers publish a user id only after its e-mail address was confirmed, so a user id needs an address.
     */
    void writePublicKey(String userId, Path target) throws PGPException, IOException {
        if (!USER_ID.matcher(userId).matches()) {
            throw new IllegalArgumentException(
                    "the user id must look like 'Example <releases@example.com>': " + userId);
        }
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setSignatureCreationTime(false, publicKey.getCreationTime());
        subpackets.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        subpackets.setIssuerFingerprint(false, publicKey);
        PGPSignatureGenerator generator = generator(PGPSignature.POSITIVE_CERTIFICATION);
        generator.setHashedSubpackets(subpackets.generate());
        PGPSignature binding = generator.generateCertification(userId, publicKey);
        write(target, PGPPublicKey.addCertification(publicKey, userId, binding).getEncoded());
    }

    /** Writes the signature of a file beside the file, with {@code .asc} added to the name. */
    void sign(Path file) throws PGPException, IOException {
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setSignatureCreationTime(false, Date.from(Instant.now()));
        subpackets.setIssuerFingerprint(false, publicKey);
        PGPSignatureGenerator generator = generator(PGPSignature.BINARY_DOCUMENT);
        generator.setHashedSubpackets(subpackets.generate());
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] buffer = new byte[1 << 16];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                generator.update(buffer, 0, length);
            }
        }
        write(Path.of(file + ".asc"), generator.generate().getEncoded());
    }

    private static void write(Path target, byte[] packets) throws IOException {
        ByteArrayOutputStream armored = new ByteArrayOutputStream();
        try (OutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(armored)) {
            armor.write(packets);
        }
        Files.write(target, armored.toByteArray());
    }
}
