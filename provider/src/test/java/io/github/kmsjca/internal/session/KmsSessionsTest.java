package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.testing.TestKms;
import io.github.kmsjca.testing.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests which sessions a provider keeps. */
class KmsSessionsTest {
    /** The number of sessions that are kept. */
    private static final int KEPT = 100;

    @AutoClose
    private final KmsSessions sessions = new KmsSessions();

    private static KmsSettings withToken(int number) {
        return new Configuration(
                        Map.of(
                                "endpoint", TestKms.emulator().endpoint().toString(),
                                "region", TestKms.emulator().region(),
                                "grant-tokens", "token" + number),
                        false)
                .settings();
    }

    @Test
    void of_thousandGrantTokens_keepsTheSessionsThatWereUsedLast() {
        KmsSession often = sessions.of(withToken(0));
        List<WeakReference<KmsSession>> others = new ArrayList<>();
        for (int number = 1; number <= 1000; number++) {
            others.add(new WeakReference<>(sessions.of(withToken(number))));
            assertSame(often, sessions.of(withToken(0)));
        }
        assertTrue(Waiting.leftAfterCollection(others, KEPT - 1) <= KEPT - 1);
        assertSame(others.get(others.size() - 1).get(), sessions.of(withToken(1000)));
    }

    @Test
    void of_sessionInUse_worksAfterItWasForgotten() {
        KmsSession used = sessions.of(withToken(0));
        for (int number = 1; number <= KEPT; number++) {
            sessions.of(withToken(number));
        }
        assertNotSame(used, sessions.of(withToken(0)));
        String arn = TestKms.arn("ECC_NIST_P256");
        TestKms.reset();
        assertEquals(arn, used.keys().handle(KeyId.parse(arn)).keyId());
        String parameters = TestKms.requests("GetPublicKey").get(0).parameters();
        assertTrue(parameters.contains("\"GrantTokens\":[\"token0\"]"), parameters);
    }
}
