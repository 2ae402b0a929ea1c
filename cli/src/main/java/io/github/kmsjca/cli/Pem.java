package io.github.kmsjca.cli;

import java.io.IOException;
import java.io.StringWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** The labels of RFC 7468 that the commands write. */
enum Pem {
    CERTIFICATE("CERTIFICATE"),
    REQUEST("CERTIFICATE REQUEST"),
    PUBLIC_KEY("PUBLIC KEY");

    private final String label;

    Pem(String label) {
        this.label = label;
    }

    /** Returns the PEM text, with line feeds on every system. */
    String text(byte[] der) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, der));
        }
        return text.toString().replace("\r\n", "\n");
    }
}
