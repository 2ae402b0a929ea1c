package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that the log has the text of the exception once if a KMS call fails: before the request, with a KMS error, or
 * because of a wrong answer. Also tests that the log has nothing if KMS does not know a new key yet.
 */
class FailedCallLogTest {
    private static final String P256 = "ECC_NIST_P256";

    /** A field, because java.util.logging forgets loggers to which there is no reference. */
    private static final Logger LOGGER = Logger.getLogger(LogTopic.CALLS.loggerName());

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        TestKms.reset();
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(handler);
    }

    /** Signs, which must fail, and returns the text of the exception. */
    private static String failedSign(Provider provider) throws GeneralSecurityException {
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        return String.valueOf(assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, new byte[] {1}))
                .getMessage());
    }

    @Test
    void sign_kmsError_isLogged() throws GeneralSecurityException {
        TestKms.emulator().faults().add(Fault.on("Sign").accessDenied());
        assertEquals(failedSign(TestKms.provider()), onlyLogged());
    }

    @Test
    void sign_malformedSignature_isLogged() throws GeneralSecurityException {
        TestKms.emulator()
                .faults()
                .add(Fault.on("Sign")
                        .rewrite(body -> body.replaceFirst("\"Signature\":\"[^\"]*\"", "\"Signature\":\"AQID\"")));
        assertEquals(failedSign(TestKms.provider()), onlyLogged());
    }

    @Test
    void getKey_noRegionKnown_isLogged() {
        Provider provider =
                new KmsProvider().configure("endpoint=" + TestKms.emulator().endpoint());
        KmsException failure = assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.id(P256)));
        assertEquals(failure.getMessage(), onlyLogged());
    }

    @Test
    void createAlias_kmsDoesNotKnowTheNewKeyYet_isNotLogged() throws GeneralSecurityException {
        TestKms.emulator().faults().add(Fault.on("CreateAlias").error("NotFoundException", 400, null));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", TestKms.provider("create=true"));
        generator.initialize(KmsKeyGenParameterSpec.of(P256).withAlias("alias/new-for-the-log"));
        generator.generateKeyPair();
        assertEquals(List.of(), List.copyOf(logged));
    }

    private String onlyLogged() {
        assertEquals(1, logged.size(), logged::toString);
        return logged.element();
    }
}
