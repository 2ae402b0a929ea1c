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

    /** Returns a keystore file without settings and entries. */
    public static KeystoreText empty() {
        return new KeystoreText("# AWSKMS keystore 1\n");
    }

    /** Returns this file with a key entry at the end. Its certificate chain can be empty. */
    public KeystoreText key(String alias, String arn, X509Certificate... chain) {
        return with("\nalias: " + alias + "\nkey: " + arn + "\n" + pem(chain));
    }

    /** Returns this file with a trusted certificate at the end. */
    public KeystoreText trusted(String alias, X509Certificate certificate) {
        return with("\nalias: " + alias + "\n" + pem(certificate));
    }

    /** Returns this file with more text at the end. */
    public KeystoreText with(String more) {
        return new KeystoreText(text + more);
    }

    /** Returns this file with more text after its first line, which names the format. */
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
