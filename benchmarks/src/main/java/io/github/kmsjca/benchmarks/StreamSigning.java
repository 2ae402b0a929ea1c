package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;

/** A program that signs a long message part by part, so the whole message is never in memory. */
final class StreamSigning {
    private static final int PART = 65_536;

    private StreamSigning() {}

    /** Runs the program. The arguments are a keystore type, a keystore file and the number of bytes to sign. */
    public static void main(String[] arguments) throws Exception {
        KmsProvider.install();
        KeyStore keystore = KeyStore.getInstance(arguments[0]);
        try (InputStream in = Files.newInputStream(Path.of(arguments[1]))) {
            keystore.load(in, KeyFolder.PASSWORD.toCharArray());
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((PrivateKey) keystore.getKey(KeyFolder.ALIAS, KeyFolder.PASSWORD.toCharArray()));
        byte[] part = new byte[PART];
        for (long remaining = Long.parseLong(arguments[2]); remaining > 0; remaining -= PART) {
            signature.update(part);
        }
        signature.sign();
    }
}
