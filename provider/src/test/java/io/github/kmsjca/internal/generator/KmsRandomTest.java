package io.github.kmsjca.internal.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the SecureRandom that takes its bytes from KMS. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class KmsRandomTest {
    private SecureRandom random;

    @BeforeEach
    void open() throws GeneralSecurityException {
        random = SecureRandom.getInstance(KmsProvider.NAME, TestKms.provider("attempts=1"));
        TestKms.reset();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void nextBytes_smallPortions_comeFromOneRequest() {
        Set<ByteBuffer> portions = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            portions.add(ByteBuffer.wrap(bytes(16)));
        }
        assertEquals(64, portions.size());
        assertEquals(List.of("GenerateRandom"), TestKms.operations());
        bytes(1);
        assertEquals(List.of("GenerateRandom", "GenerateRandom"), TestKms.operations());
    }

    @Test
    void nextBytes_manyBytes_areRequestedByTheKilobyte() {
        byte[] bytes = bytes(5000);
        assertEquals(Collections.nCopies(5, "GenerateRandom"), TestKms.operations());
        // every part of the array has been filled
        for (int begin = 0; begin < bytes.length; begin += 500) {
            int union = 0;
            for (int i = begin; i < begin + 500; i++) {
                union |= bytes[i];
            }
            assertTrue(union != 0, "only zeros from index " + begin);
        }
    }

    @Test
    void generateSeed_afterSetSeed_comesFromKms() {
        bytes(1);
        random.setSeed(1);
        assertEquals(48, random.generateSeed(48).length);
        assertEquals(1500, random.generateSeed(1500).length);
        // one request for the byte, one for 48 bytes, and two for 1500 bytes
        assertEquals(Collections.nCopies(4, "GenerateRandom"), TestKms.operations());
    }

    @Test
    void nextBytes_kmsFails_isReportedWithoutFallback() {
        TestKms.emulator().faults().add(Fault.on("GenerateRandom").accessDenied());
        KmsException failure = assertThrows(KmsException.class, () -> bytes(1));
        assertTrue(String.valueOf(failure.getMessage()).contains("kms:GenerateRandom"), failure::toString);
        bytes(1);
    }

    @Test
    void firstInTheList_isUsedOnlyByName() throws GeneralSecurityException {
        String defaultAlgorithm = new SecureRandom().getAlgorithm();
        KmsProvider provider = TestKms.provider();
        try (InstalledProvider first = InstalledProvider.first(provider)) {
            assertEquals(defaultAlgorithm, new SecureRandom().getAlgorithm());
            assertSame(provider, SecureRandom.getInstance("awskms").getProvider());
        }
    }

    @Test
    void writeObject_random_isRefused() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(random));
        }
    }
}
