package io.github.kmsjca.internal.handle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerBoundsTest {
    // tags
    private static final int BIT_STRING = 3;
    private static final int OCTET_STRING = 4;
    private static final int SEQUENCE = 0x30;

    private static final String TOO_DEEP = "its values are nested more than 64 levels deep";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Returns a value of definite length. Two bytes contain the length. */
    private static byte[] value(int tag, byte[] content) {
        int length = content.length;
        return join(new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length}, content);
    }

    /** Returns a NULL value inside this many values with this tag. */
    private static byte[] nested(int tag, int depth) {
        byte[] encoding = {5, 0};
        for (int i = 0; i < depth; i++) {
            encoding = value(tag, encoding);
        }
        return encoding;
    }

    private static String refusal(byte[] encoding) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> DerBounds.requireShallow(encoding))
                .getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x30, 0x31, 0x24, 0xA0})
    void requireShallow_moreThan64Levels_areRefused(int tag) {
        assertDoesNotThrow(() -> DerBounds.requireShallow(nested(tag, 64)));
        assertEquals(TOO_DEEP, refusal(nested(tag, 65)));
    }

    /** In each unit, one value of indefinite length begins that does not end, so each unit adds a level. */
    @ParameterizedTest
    @ValueSource(
            strings = {"30 80", "24 80", "04 80", "A0 80", "30 80 02 01 00", "30 80 04 02 30 80", "30 80 00 00 30 80"})
    void requireShallow_manyValuesOfIndefiniteLength_areRefused(String unit) {
        assertEquals(TOO_DEEP, refusal(hex(unit.repeat(100))));
        assertEquals(TOO_DEEP, refusal(join(hex("30 80"), hex(unit.repeat(100)))));
    }

    /** The JDK also parses the content of strings: extensions, keys, and the parts of a PKCS #12 file. */
    @ParameterizedTest
    @ValueSource(strings = {"30 80", "24 80", "04 80", "30 80 30 04 04 7F 00 00", "30 80 1F 01 00"})
    void requireShallow_nestedInStrings_isRefused(String unit) {
        byte[] deep = hex(unit.repeat(100));
        assertEquals(TOO_DEEP, refusal(value(OCTET_STRING, deep)));
        assertEquals(TOO_DEEP, refusal(value(BIT_STRING, join(new byte[1], deep))));
        byte[] inTwoStrings = value(OCTET_STRING, value(SEQUENCE, value(OCTET_STRING, deep)));
        assertEquals(TOO_DEEP, refusal(value(SEQUENCE, inTwoStrings)));
        assertEquals(TOO_DEEP, refusal(value(OCTET_STRING, nested(SEQUENCE, 65))));
    }

    @Test
    void requireShallow_tagOfSeveralBytes_isRefused() {
        String reason = "it has an ASN.1 tag of more than one byte, which no key or certificate has";
        assertEquals(reason, refusal(hex("30 05 1F 01 84 04 00")));
        assertEquals(reason, refusal(hex("3F 01 00")));
    }

    /** The bytes of a key or a signature in a string may look like nested values, but must be accepted. */
    @Property(tries = 2000)
    void requireShallow_randomBytesInAString_areAccepted(@ForAll("strings") byte[] content) {
        DerBounds.requireShallow(value(SEQUENCE, value(OCTET_STRING, content)));
        DerBounds.requireShallow(value(SEQUENCE, value(BIT_STRING, join(new byte[1], content))));
    }

    @Provide
    Arbitrary<byte[]> strings() {
        Arbitrary<byte[]> prefixes =
                Arbitraries.of("", "30 80", "24 80", "04 80", "A0 82 02 00").map(DerBoundsTest::hex);
        Arbitrary<byte[]> rest =
                Arbitraries.bytes().array(byte[].class).ofMinSize(64).ofMaxSize(1024);
        return Combinators.combine(prefixes, rest).as(DerBoundsTest::join);
    }

    @Property(tries = 2000)
    void requireShallow_anyBytes_returnsOrThrowsIllegalArgumentException(@ForAll byte[] bytes) {
        try {
            DerBounds.requireShallow(bytes);
        } catch (IllegalArgumentException refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("it"), refused::toString);
        }
    }
}
