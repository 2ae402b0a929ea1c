package io.github.kmsjca.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes public keys in the format of OpenSSL: a SubjectPublicKeyInfo in PEM (RFC 7468 §13). */
final class PublicKeyPem {
    private static final int LINE_LENGTH = 64;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeyPem() {}

    static String write(PublicKey key) {
        Base64.Encoder base64 = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
        return "-----BEGIN PUBLIC KEY-----\n" + base64.encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static PublicKey read(Path file) throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.UTF_8));
        if (!block.find()) {
            throw new IOException(file + " holds no public key in PEM");
        }
        X509EncodedKeySpec encoded =
                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
        for (String algorithm : List.of("RSA", "EC")) {
            Optional<PublicKey> key = parse(encoded, algorithm);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new InvalidKeySpecException(file + " holds a public key that is neither RSA nor EC");
    }

    private static Optional<PublicKey> parse(X509EncodedKeySpec encoded, String algorithm)
            throws NoSuchAlgorithmException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(encoded));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
