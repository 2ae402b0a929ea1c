package io.github.kmsjca.conformance.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.secret.Subject.Row;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsSecretKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;

/**
 * Tests HMAC (RFC 2104). KMS, the JDK and Bouncy Castle compute the same MAC with the same key. KMS also accepts a MAC
 * that another provider computed. To have the same key everywhere, the test imports key material into KMS (KMS API
 * ImportKeyMaterial).
 */
class MacSuiteTest {
    private static final List<Provider> OTHERS = List.of(Security.getProvider("SunJCE"), Subject.BOUNCY_CASTLE);
    private static final int[] LENGTHS = {1, 2, 63, 64, 65, 127, 128, 129, 4095, 4096};
    private static final Map<String, ImportedKey> KEYS = new ConcurrentHashMap<>();

    /** A KMS key, and a key in memory with the same key material. */
    private record ImportedKey(KmsSecretKey handle, SecretKey inMemory) {}

    static Stream<Row> rows() {
        return Subject.rows("Mac");
    }

    private static ImportedKey key(Row row) {
        return KEYS.computeIfAbsent(row.spec(), spec -> importKey(row));
    }

    private static ImportedKey importKey(Row row) {
        if (Subject.TARGET.emulator().isEmpty()) {
            throw new TestAbortedException(
                    "NOT TESTED: this test imports key material, so it runs only with the emulator");
        }
        KmsClient client = Subject.TARGET.client();
        try {
            byte[] material =
                    new byte[Mac.getInstance(row.algorithm(), "SunJCE").getMacLength()];
            Arrays.fill(material, (byte) 0x5a);
            String arn = client.createKey(request -> request.keySpec(row.spec())
                            .keyUsage("GENERATE_VERIFY_MAC")
                            .origin("EXTERNAL"))
                    .keyMetadata()
                    .arn();
            var parameters = client.getParametersForImport(request ->
                    request.keyId(arn).wrappingAlgorithm("RSAES_OAEP_SHA_256").wrappingKeySpec("RSA_2048"));
            Cipher wrapping = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
            wrapping.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new X509EncodedKeySpec(
                                    parameters.publicKey().asByteArray())),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            SdkBytes wrapped = SdkBytes.fromByteArray(wrapping.doFinal(material));
            client.importKeyMaterial(request -> request.keyId(arn)
                    .importToken(parameters.importToken())
                    .encryptedKeyMaterial(wrapped)
                    .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));
            return new ImportedKey(handle(arn), new SecretKeySpec(material, row.algorithm()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KmsSecretKey handle(String arn) throws Exception {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, Subject.OURS);
        store.load(null, null);
        return (KmsSecretKey) store.getKey(arn, null);
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) length);
        return message;
    }

    private static Mac mac(Row row, Provider provider, SecretKey key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(row.algorithm(), provider);
        mac.init(key);
        return mac;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doFinal_anyLength_equalsTheMacOfOthersAndMakesOneRequest(Row row) throws GeneralSecurityException {
        ImportedKey key = key(row);
        Mac ours = mac(row, Subject.OURS, key.handle());
        assertEquals(ours.getMacLength(), ours.doFinal(message(1)).length);
        for (int length : LENGTHS) {
            Subject.forgetRequests();
            byte[] mac = ours.doFinal(message(length));
            Subject.assertRequests("GenerateMac");
            for (Provider other : OTHERS) {
                assertArrayEquals(mac(row, other, key.inMemory()).doFinal(message(length)), mac, other + " " + length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verifyMac_macsOfAnotherProvider_onlyTheRightMacIsTrue(Row row) throws GeneralSecurityException {
        ImportedKey key = key(row);
        byte[] theirs = mac(row, Subject.BOUNCY_CASTLE, key.inMemory()).doFinal(message(9));
        Subject.forgetRequests();
        assertTrue(key.handle().verifyMac(message(9), theirs));
        assertFalse(key.handle().verifyMac(message(8), theirs));
        // a MAC of the wrong length causes no request
        assertFalse(key.handle().verifyMac(message(9), Arrays.copyOf(theirs, theirs.length - 1)));
        Subject.assertRequests("VerifyMac", "VerifyMac");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void update_inputInPartsOrAfterResetOrInit_givesTheSameMac(Row row) throws GeneralSecurityException {
        ImportedKey key = key(row);
        byte[] whole = mac(row, OTHERS.get(0), key.inMemory()).doFinal(message(300));
        Mac ours = mac(row, Subject.OURS, key.handle());
        for (byte b : message(300)) {
            ours.update(b);
        }
        assertArrayEquals(whole, ours.doFinal());
        ours.update(message(7));
        ours.reset();
        ours.update(message(300), 0, 100);
        ours.update(ByteBuffer.wrap(message(300), 100, 100));
        ours.update(ByteBuffer.allocateDirect(100).put(message(300), 0, 100).flip());
        byte[] output = new byte[100];
        ours.doFinal(output, 3);
        assertArrayEquals(whole, Arrays.copyOfRange(output, 3, 3 + whole.length));
        ours.update(message(7));
        ours.init(key.handle());
        assertArrayEquals(whole, ours.doFinal(message(300)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doFinal_emptyOrTooLongMessage_isRefusedBeforeAnyCallAndStartsFresh(Row row) throws GeneralSecurityException {
        ImportedKey key = key(row);
        Mac ours = mac(row, Subject.OURS, key.handle());
        KmsEmulator emulator = Subject.emulator();
        for (int length : new int[] {0, 4097, 100_000}) {
            assertEquals(
                    "KMS accepts messages of 1 to 4096 bytes for a MAC, because it hashes them itself; the message for "
                            + key.handle() + " has " + length + " bytes"
                            + (length == 0 ? "" : "; compute the MAC of a digest of the message instead"),
                    Subject.text(assertThrows(ProviderException.class, () -> ours.doFinal(message(length)))));
        }
        assertEquals(List.of(), Subject.operations(emulator));
        byte[] theirs = mac(row, OTHERS.get(0), key.inMemory()).doFinal(message(5));
        assertArrayEquals(theirs, ours.doFinal(message(5)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doFinal_kmsFails_namesThePermissionAndStartsFresh(Row row) throws GeneralSecurityException {
        ImportedKey key = key(row);
        Mac ours = mac(row, Subject.OURS, key.handle());
        byte[] theirs = mac(row, OTHERS.get(0), key.inMemory()).doFinal(message(5));
        Subject.emulator().faults().add(Fault.on("GenerateMac").accessDenied());
        assertTrue(Subject.text(assertThrows(ProviderException.class, () -> ours.doFinal(message(6))))
                .contains("allow kms:GenerateMac"));
        assertArrayEquals(theirs, ours.doFinal(message(5)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void init_unfitKeyOrAnyParameters_isRefusedBeforeAnyCall(Row row) throws GeneralSecurityException {
        ImportedKey key = key(row);
        Subject.forgetRequests();
        for (Row other : rows().toList()) {
            if (!other.spec().equals(row.spec())) {
                Mac mac = Mac.getInstance(other.algorithm(), Subject.OURS);
                assertThrows(InvalidKeyException.class, () -> mac.init(key.handle()));
                assertThrows(IllegalStateException.class, () -> mac.update((byte) 1));
            }
        }
        Mac mac = Mac.getInstance(row.algorithm(), Subject.OURS);
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> mac.init(key.handle(), new AlgorithmParameterSpec() {}));
        assertThrows(
                InvalidKeyException.class,
                () -> mac.init(
                        KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic()));
        Subject.assertNoRequests();
    }

    @Test
    void doFinal_keyOfAnotherProvider_isDelegated() throws GeneralSecurityException {
        for (Row row : rows().toList()) {
            ImportedKey key = key(row);
            Mac ours = mac(row, Subject.OURS, key.inMemory());
            ours.update(message(5000));
            assertArrayEquals(mac(row, OTHERS.get(0), key.inMemory()).doFinal(message(5000)), ours.doFinal());
        }
    }
}
