package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.Referee;
import io.github.kmsjca.testing.TestKms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the provider, as its services publish it, with every key that fits, checked by other providers. */
class SignatureTableTest {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);
    private static final String GENERAL_PSS = "RSASSA-PSS";
    private static final int[] LENGTHS = {0, 1, 55, 63, 64, 65, 111, 127, 128, 129, 4095, 4096, 4097, 100_000};
    private static final Set<String> ONE_OF_EACH_FAMILY =
            Set.of("RSA_2048", "ECC_NIST_P256", "ECC_NIST_EDWARDS25519", "ML_DSA_65", "SM2");

    /** Rows whose input is a digest have tests of their own. */
    private static final String DIGEST_FROM_CALLER = "NONEwith";

    /** A name, the parameters it needs, and a key. */
    record Row(String algorithm, Optional<PSSParameterSpec> parameters, String spec) {
        Signature signer() throws GeneralSecurityException {
            Signature engine = engine();
            engine.initSign(TestKms.key(spec));
            return engine;
        }

        Signature engine() throws GeneralSecurityException {
            Signature engine = Signature.getInstance(algorithm, TestKms.sharedProvider());
            if (parameters.isPresent()) {
                engine.setParameter(parameters.get());
            }
            return engine;
        }

        boolean isSignatureOf(byte[] message, byte[] signature) throws GeneralSecurityException {
            return Referee.accepts(algorithm, parameters.orElse(null), TestKms.publicKey(spec), message, signature);
        }

        /** KMS takes the message itself for Ed25519, and then neither an empty nor a long one. */
        boolean takes(int length) {
            return !spec.equals("ECC_NIST_EDWARDS25519") || (length > 0 && length <= 4096);
        }

        @Override
        public String toString() {
            return algorithm
                    + parameters.map(it -> " " + it.getDigestAlgorithm()).orElse("") + " " + spec;
        }
    }

    static Stream<Row> rows() {
        return services()
                .filter(service -> !service.getAlgorithm().startsWith(DIGEST_FROM_CALLER))
                .flatMap(service -> specs(service).stream().flatMap(spec -> rows(service, spec)));
    }

    static Stream<Row> rowsOfOneKey() {
        return rows().filter(row -> ONE_OF_EACH_FAMILY.contains(row.spec));
    }

    private static Stream<Row> rows(Provider.Service service, String spec) {
        String name = service.getAlgorithm();
        return name.equals(GENERAL_PSS)
                ? Stream.of(256, 384, 512)
                        .map(bits -> new Row(name, Optional.of(Referee.pss("SHA-" + bits, bits / 8)), spec))
                : Stream.of(new Row(name, Optional.empty(), spec));
    }

    private static Stream<Provider.Service> services() {
        return TestKms.sharedProvider().getServices().stream()
                .filter(service -> service.getType().equals("Signature"));
    }

    static Stream<Row> rowsThatTakeEveryLength() {
        return rowsOfOneKey().filter(row -> row.takes(0));
    }

    private static List<String> specs(Provider.Service service) {
        return List.of(service.getAttribute("KmsKeySpecs").split(Pattern.quote("|")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sign_everyRowAndKey_isAcceptedByOthersUnderTheNameAskedFor(Row row) throws GeneralSecurityException {
        Signature signer = row.signer();
        signer.update(MESSAGE);
        assertTrue(row.isSignatureOf(MESSAGE, signer.sign()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sign_everyRowAndKey_usesAnAlgorithmThatTheServicePublishes(Row row) throws GeneralSecurityException {
        TestKms.reset();
        Signature signer = row.signer();
        signer.update(MESSAGE);
        signer.sign();
        String sent = TestKms.requests("Sign").get(0).parameters();
        Provider.Service service = TestKms.sharedProvider().getService("Signature", row.algorithm);
        assertTrue(
                Arrays.stream(service.getAttribute("KmsAlgorithm").split(Pattern.quote("|")))
                        .anyMatch(algorithm -> sent.contains('"' + algorithm + '"')),
                sent);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_everyRowAndKey_tellsGoodFromBad(Row row) throws GeneralSecurityException {
        Signature engine = row.signer();
        engine.update(MESSAGE);
        byte[] signature = engine.sign();
        engine.initVerify(TestKms.publicKey(row.spec));
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
        engine.update((byte) 0);
        assertFalse(engine.verify(signature));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void sign_everyLength_isAccepted(Row row) throws GeneralSecurityException {
        Signature signer = row.signer();
        for (int length : LENGTHS) {
            byte[] message = message(length);
            signer.update(message);
            if (row.takes(length)) {
                assertTrue(row.isSignatureOf(message, signer.sign()), () -> length + " bytes");
            } else {
                assertThrows(SignatureException.class, signer::sign, () -> length + " bytes");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void update_byteByByte_isTheSameMessage(Row row) throws GeneralSecurityException {
        byte[] message = message(129);
        Signature signer = row.signer();
        for (byte b : message) {
            signer.update(b);
        }
        assertTrue(row.isSignatureOf(message, signer.sign()));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void update_slicesOfALargerArray_isTheSameMessage(Row row) throws GeneralSecurityException {
        byte[] message = message(4001);
        byte[] larger = new byte[message.length + 20];
        System.arraycopy(message, 0, larger, 7, message.length);
        Signature signer = row.signer();
        for (int done = 0; done < message.length; done += 100) {
            signer.update(larger, 7 + done, Math.min(100, message.length - done));
        }
        assertTrue(row.isSignatureOf(message, signer.sign()));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void update_byteBuffers_areReadFromPositionToLimit(Row row) throws GeneralSecurityException {
        byte[] message = message(300);
        ByteBuffer heap = ByteBuffer.wrap(message, 0, 100);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(100).put(message, 100, 100).flip();
        ByteBuffer readOnly = ByteBuffer.wrap(message, 200, 100).asReadOnlyBuffer();
        Signature signer = row.signer();
        for (ByteBuffer buffer : List.of(heap, direct, readOnly)) {
            signer.update(buffer);
            assertEquals(0, buffer.remaining());
        }
        assertTrue(row.isSignatureOf(message, signer.sign()));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void sign_intoABuffer_returnsTheLength(Row row) throws GeneralSecurityException {
        byte[] out = new byte[4000];
        Signature signer = row.signer();
        signer.update(MESSAGE);
        int length = signer.sign(out, 11, 3989);
        assertTrue(row.isSignatureOf(MESSAGE, Arrays.copyOfRange(out, 11, 11 + length)));
    }

    @ParameterizedTest
    @MethodSource("rowsThatTakeEveryLength")
    void sign_reusedWithoutInit_signsEachMessageForItself(Row row) throws GeneralSecurityException {
        Signature signer = row.signer();
        for (int length : new int[] {10, 0, 20}) {
            byte[] message = message(length);
            signer.update(message);
            assertTrue(row.isSignatureOf(message, signer.sign()));
        }
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void initSign_inTheMiddleOfAMessage_startsFresh(Row row) throws GeneralSecurityException {
        Signature signer = row.signer();
        signer.update(message(50));
        signer.initSign(TestKms.key(row.spec));
        signer.update(MESSAGE);
        assertTrue(row.isSignatureOf(MESSAGE, signer.sign()));
    }

    @Test
    void services_specsOfAllRows_areAllSigningSpecsOfKms() {
        Set<String> specs = new TreeSet<>();
        services().forEach(service -> specs.addAll(specs(service)));
        assertEquals(
                Set.of(
                        "RSA_2048",
                        "RSA_3072",
                        "RSA_4096",
                        "ECC_NIST_P256",
                        "ECC_NIST_P384",
                        "ECC_NIST_P521",
                        "ECC_SECG_P256K1",
                        "ECC_NIST_EDWARDS25519",
                        "ML_DSA_44",
                        "ML_DSA_65",
                        "ML_DSA_87",
                        "SM2"),
                specs);
    }

    @ParameterizedTest
    @MethodSource("rowsThatTakeEveryLength")
    void verify_withoutUpdate_isTheEmptyMessage(Row row) throws GeneralSecurityException {
        Signature engine = row.signer();
        byte[] signature = engine.sign();
        engine.initVerify(TestKms.publicKey(row.spec));
        assertTrue(engine.verify(signature));
        assertTrue(row.isSignatureOf(new byte[0], signature));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void verify_garbage_isFalseOrSignatureException(Row row) throws GeneralSecurityException {
        Signature engine = row.engine();
        engine.initVerify(TestKms.publicKey(row.spec));
        assertFalse(isAccepted(engine, new byte[] {1, 2, 3}));
        assertFalse(isAccepted(engine, new byte[256]));
    }

    /** Both are allowed by the contract, and engines of the JDK do either. */
    private static boolean isAccepted(Signature engine, byte[] signature) {
        try {
            return engine.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        }
    }

    @Test
    void aliases_ofEveryRow_resolveToIt() throws GeneralSecurityException {
        Map<String, String> names = Map.of(
                "1.2.840.113549.1.1.11", "SHA256withRSA",
                "OID.1.2.840.113549.1.1.12", "SHA384withRSA",
                "1.2.840.113549.1.1.10", "RSASSA-PSS",
                "SHA256withRSAandMGF1", "SHA256withRSA/PSS",
                "SHA384withRSASSA-PSS", "SHA384withRSA/PSS",
                "RSASSA-PSS/SHA512", "SHA512withRSA/PSS",
                "OID.1.2.840.10045.4.3.2", "SHA256withECDSA",
                "1.2.840.10045.4.3.4", "SHA512withECDSA",
                "sha256WITHrsa", "SHA256withRSA");
        for (Map.Entry<String, String> name : names.entrySet()) {
            assertEquals(
                    name.getValue(),
                    TestKms.sharedProvider()
                            .getService("Signature", name.getKey())
                            .getAlgorithm());
        }
        PrivateKey key = TestKms.key("ECC_NIST_P256");
        Signature byOid = Signature.getInstance("OID.1.2.840.10045.4.3.2", TestKms.sharedProvider());
        assertTrue(
                Referee.accepts("SHA256withECDSA", TestKms.publicKey(key), MESSAGE, TestKms.sign(byOid, key, MESSAGE)));
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        return message;
    }
}
