package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a keystore file, written without the provider. Immutable. */
public record KeystoreText(String text) {

    public static KeystoreText empty() {
        return new KeystoreText("# AWSKMS keystore 1\n");
    }

    public KeystoreText key(String alias, String arn, X509Certificate... chain) {
        return with("\nalias: " + alias + "\nkey: " + arn + "\n" + pem(chain));
    }

    public KeystoreText trusted(String alias, X509Certificate certificate) {
        return with("\nalias: " + alias + "\n" + pem(certificate));
    }

    public KeystoreText with(String more) {
        return new KeystoreText(text + more);
    }

    public KeystoreText afterFirstLine(String more) {
        int end = text.indexOf('\n') + 1;
        return new KeystoreText(text.substring(0, end) + more + text.substring(end));
    }

    private static String pem(X509Certificate... chain) {
        return Stream.of(chain).map(TestCa::pem).collect(Collectors.joining());
    }

    public void writeTo(Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
