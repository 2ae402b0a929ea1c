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

/** Signs and verifies files of any length, which are read as streams. It uses only the standard JCA classes. */
final class FileSignature {
    private static final int BUFFER = 64 * 1024;

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
     * Names the provider in both cases. Signing does not need it, but with it the error says which algorithms the key
     * supports. Verifying needs it: otherwise the JDK's own providers would come first, and KMS would never be called.
     */
    private static Signature engine(FileAlgorithm algorithm) throws GeneralSecurityException {
        return Signature.getInstance(algorithm.jcaName(), KmsProvider.NAME);
    }

    private static void feed(Signature signature, Path file) throws GeneralSecurityException, IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        byte[] buffer = new byte[BUFFER];
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
