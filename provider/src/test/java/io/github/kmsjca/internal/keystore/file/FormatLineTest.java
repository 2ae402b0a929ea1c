package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# AWSKMS keystore 1",
                "# AWSKMS keystore 1\n",
                "# AWSKMS keystore 1\r\nregion: eu-west-1\r\n",
                "\uFEFF# AWSKMS keystore 1\r\n",
                "# AWSKMS keystore 2\n",
                "\uFEFF# AWSKMS keystore 123456789\r\n",
            })
    void probe_formatLineOfAnyVersion_isTrue(String content) throws IOException {
        assertTrue(probe(content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n# AWSKMS keystore 1\n",
                " # AWSKMS keystore 1\n",
                "# AWSKMS keystore 1 \n",
                "# AWSKMS keystore 1\r",
                "# AWSKMS keystore 10a\n",
                "# AWSKMS keystore 01\n",
                "# AWSKMS keystore \n",
                "# AWSKMS keystore 1234567890\n",
                "# awskms keystore 1\n",
                "#AWSKMS keystore 1\n",
                "# AWSKMS keystore 1\u0000",
            })
    void probe_otherText_isFalse(String content) throws IOException {
        assertFalse(probe(content));
    }

    @Test
    void probe_longStream_readsAtMostTheFirstLine() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(new byte[10_000]);
        assertFalse(KeystoreFile.probe(in));
        assertTrue(in.available() > 9_900);
        String rest = "region: eu-west-1\n";
        ByteArrayInputStream ours =
                new ByteArrayInputStream((FormatLine.TEXT + "\n" + rest).getBytes(StandardCharsets.UTF_8));
        assertTrue(KeystoreFile.probe(ours));
        assertEquals(rest.length(), ours.available());
    }

    @Property(tries = 500)
    void probe_randomBytes_isFalseWithoutException(@ForAll byte[] content) throws IOException {
        assertFalse(KeystoreFile.probe(new ByteArrayInputStream(content)));
    }

    private static boolean probe(String content) throws IOException {
        return KeystoreFile.probe(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }
}
