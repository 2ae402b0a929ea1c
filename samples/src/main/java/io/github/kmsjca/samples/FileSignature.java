package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs and verifies files of any length with the JCA. Reads each file as a stream. */
final class FileSignature {
    private static final int BUFFER_SIZE = 64 * 1024;

    private FileSignature() {}

    static byte[] sign(Path file, PrivateKey key, FileAlgorithm algorithm)
            throws GeneralSecurityException, IOException {
        Signature signature = engine(algorithm);
        signature.initSign(key);
        feed(signature, file);
        return signature.sign();
    }

    static boolean verify(Path file, byte[] signed, PublicKey key, FileAlgorithm algorithm)
            throws GeneralSecurityException, IOException {
        Signature signature = engine(algorithm);
        signature.initVerify(key);
        feed(signature, file);
        return signature.verify(signed);
    }

    /**
     * Returns an engine of this provider. To sign, the name of the provider is not necessary, but it makes an error say
     * which algorithms the key supports. To verify, the name is necessary: otherwise the JDK's own providers come
     * first, and they never call KMS.
     */
    private static Signature engine(FileAlgorithm algorithm) throws GeneralSecurityException {
        return Signature.getInstance(algorithm.jcaName(), KmsProvider.NAME);
    }

    private static void feed(Signature signature, Path file) throws GeneralSecurityException, IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        byte[] buffer = new byte[BUFFER_SIZE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                signature.update(buffer, 0, length);
            }
        }
    }

    /** Returns the path of the signature file, which is beside the file. */
    static Path pathFor(Path file) {
        return Path.of(file + ".sig");
    }
}
