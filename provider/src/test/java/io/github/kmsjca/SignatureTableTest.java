package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.Referee;
import io.github.kmsjca.testing.SignatureRow;
import io.github.kmsjca.testing.TestKms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    private static final int[] LENGTHS = {0, 1, 55, 63, 64, 65, 111, 127, 128, 129, 4095, 4096, 4097, 100_000};

    static Stream<SignatureRow> rows() {
        return SignatureRow.all().filter(SignatureRow::takesMessages);
    }

    static Stream<SignatureRow> rowsOfOneKey() {
        return SignatureRow.withOneKey().filter(SignatureRow::takesMessages);
    }

    /** The JDK reads no certificate of an SM2 key. */
    static Stream<SignatureRow> rowsWithCertificates() {
        return rowsOfOneKey().filter(row -> !row.spec().equals("SM2"));
    }

    static Stream<SignatureRow> rowsThatTakeEveryLength() {
        return rowsOfOneKey().filter(row -> row.takes(0));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sign_everyRowAndKey_isAcceptedByOthersUnderTheNameAskedFor(SignatureRow row) throws GeneralSecurityException {
        Signature signer = row.signer();
        signer.update(MESSAGE);
        assertTrue(row.isSignatureOf(MESSAGE, signer.sign()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sign_everyRowAndKey_usesAnAlgorithmThatTheServicePublishes(SignatureRow row) throws GeneralSecurityException {
        TestKms.reset();
        Signature signer = row.signer();
        signer.update(MESSAGE);
        signer.sign();
        String sent = TestKms.requests("Sign").get(0).parameters();
        Provider.Service service = TestKms.sharedProvider().getService("Signature", row.algorithm());
        assertTrue(
                Arrays.stream(service.getAttribute("KmsAlgorithm").split(Pattern.quote("|")))
                        .anyMatch(algorithm -> sent.contains('"' + algorithm + '"')),
                sent);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verify_everyRowAndKey_tellsGoodFromBad(SignatureRow row) throws GeneralSecurityException {
        Signature engine = row.signer();
        engine.update(MESSAGE);
        byte[] signature = engine.sign();
        engine.initVerify(row.publicKey());
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
        engine.update((byte) 0);
        assertFalse(engine.verify(signature));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void sign_everyLength_isAccepted(SignatureRow row) throws GeneralSecurityException {
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
    void update_byteByByte_isTheSameMessage(SignatureRow row) throws GeneralSecurityException {
        byte[] message = message(129);
        Signature signer = row.signer();
        for (byte b : message) {
            signer.update(b);
        }
        assertTrue(row.isSignatureOf(message, signer.sign()));
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void update_slicesOfALargerArray_isTheSameMessage(SignatureRow row) throws GeneralSecurityException {
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
    void update_byteBuffers_areReadFromPositionToLimit(SignatureRow row) throws GeneralSecurityException {
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
    void sign_intoABuffer_returnsTheLength(SignatureRow row) throws GeneralSecurityException {
        byte[] out = new byte[4000];
        Signature signer = row.signer();
        signer.update(MESSAGE);
        int length = signer.sign(out, 11, 3989);
        assertTrue(row.isSignatureOf(MESSAGE, Arrays.copyOfRange(out, 11, 11 + length)));
    }

    @ParameterizedTest
    @MethodSource("rowsThatTakeEveryLength")
    void sign_reusedWithoutInit_signsEachMessageForItself(SignatureRow row) throws GeneralSecurityException {
        Signature signer = row.signer();
        for (int length : new int[] {10, 0, 20}) {
            byte[] message = message(length);
            signer.update(message);
            assertTrue(row.isSignatureOf(message, signer.sign()));
        }
    }

    @ParameterizedTest
    @MethodSource("rowsOfOneKey")
    void initSign_inTheMiddleOfAMessage_startsFresh(SignatureRow row) throws GeneralSecurityException {
        Signature signer = row.signer();
        signer.update(message(50));
        signer.initSign(TestKms.key(row.spec()));
        signer.update(MESSAGE);
        assertTrue(row.isSignatureOf(MESSAGE, signer.sign()));
    }

    /** The public key is then the one that the JDK makes of the certificate, or cannot make. */
    @ParameterizedTest
    @MethodSource("rowsWithCertificates")
    void sign_keyOfAKeystoreFile_isAccepted(SignatureRow row) throws GeneralSecurityException {
        KeyStore store = TestKms.file(
                TestKms.sharedProvider(),
                TestKms.entry("release", TestKms.arn(row.spec()), TestKms.certificate(row.publicKey())));
        PrivateKey key = (PrivateKey) store.getKey("release", null);
        assertEquals(store.getCertificate("release").getPublicKey().getAlgorithm(), key.getAlgorithm());
        byte[] signature = TestKms.sign(row.engine(TestKms.sharedProvider()), key, MESSAGE);
        assertTrue(row.isSignatureOf(MESSAGE, signature));
        Signature verifier = row.engine(TestKms.sharedProvider());
        verifier.initVerify(store.getCertificate("release"));
        verifier.update(MESSAGE);
        assertTrue(verifier.verify(signature));
    }

    @Test
    void services_specsOfAllRows_areAllSigningSpecsOfKms() {
        Set<String> specs = new TreeSet<>();
        SignatureRow.services().forEach(service -> specs.addAll(SignatureRow.specs(service)));
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
    void verify_withoutUpdate_isTheEmptyMessage(SignatureRow row) throws GeneralSecurityException {
        Signature engine = row.signer();
        byte[] signature = engine.sign();
        engine.initVerify(row.publicKey());
        assertTrue(engine.verify(signature));
        assertTrue(row.isSignatureOf(new byte[0], signature));
    }

    @Test
    void aliases_ofEveryRow_resolveToIt() throws GeneralSecurityException {
        Map<String, String> names = Map.ofEntries(
                Map.entry("1.2.840.113549.1.1.11", "SHA256withRSA"),
                Map.entry("OID.1.2.840.113549.1.1.12", "SHA384withRSA"),
                Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
                Map.entry("SHA256withRSAandMGF1", "SHA256withRSA/PSS"),
                Map.entry("SHA384withRSASSA-PSS", "SHA384withRSA/PSS"),
                Map.entry("RSASSA-PSS/SHA512", "SHA512withRSA/PSS"),
                Map.entry("1.2.840.10045.4.3.1", "SHA224withECDSA"),
                Map.entry("OID.1.2.840.10045.4.3.2", "SHA256withECDSA"),
                Map.entry("1.2.840.10045.4.3.4", "SHA512withECDSA"),
                Map.entry("2.16.840.1.101.3.4.3.10", "SHA3-256withECDSA"),
                Map.entry("2.16.840.1.101.3.4.3.11", "SHA3-384withECDSA"),
                Map.entry("2.16.840.1.101.3.4.3.12", "SHA3-512withECDSA"),
                Map.entry("1.3.101.112", "Ed25519"),
                Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
                Map.entry("OID.2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
                Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
                Map.entry("1.2.156.10197.1.501", "SM3withSM2"),
                Map.entry("sha256WITHrsa", "SHA256withRSA"));
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
