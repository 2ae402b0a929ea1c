package io.github.kmsjca.conformance.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.secret.Subject.Row;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Tests ML-KEM (FIPS 203). Our provider decapsulates with KMS what other providers encapsulate, and KMS decapsulates
 * what our provider encapsulates.
 */
@Tag("newer-libraries")
class KemSuiteTest {
    private static final Map<String, Integer> ENCAPSULATION_LENGTHS =
            Map.of("ML_KEM_512", 768, "ML_KEM_768", 1088, "ML_KEM_1024", 1568);

    static Stream<Row> rows() {
        return Subject.rows("KEM");
    }

    /** Returns Bouncy Castle, and the JDK if it has ML-KEM. */
    private static List<Provider> others() {
        Provider jdk = Security.getProvider("SunJCE");
        return jdk.getService("KEM", "ML-KEM") == null
                ? List.of(Subject.BOUNCY_CASTLE)
                : List.of(jdk, Subject.BOUNCY_CASTLE);
    }

    private static KEM ours(Row row) throws NoSuchAlgorithmException {
        return KEM.getInstance(row.algorithm(), Subject.OURS);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decapsulate_ciphertextOfOthers_returnsTheirSecretWithOneRequest(Row row) throws GeneralSecurityException {
        TargetKey key = row.key();
        KEM.Decapsulator decapsulator = ours(row).newDecapsulator(key.handle());
        assertEquals(ENCAPSULATION_LENGTHS.get(row.spec()), decapsulator.encapsulationSize());
        for (Provider other : others()) {
            KEM.Encapsulated encapsulated = KEM.getInstance("ML-KEM", other)
                    .newEncapsulator(Subject.publicKey(key, "ML-KEM", other))
                    .encapsulate();
            Subject.forgetRequests();
            assertArrayEquals(
                    encapsulated.key().getEncoded(),
                    decapsulator.decapsulate(encapsulated.encapsulation()).getEncoded());
            Subject.assertRequests("Decapsulate");
            assertArrayEquals(
                    Arrays.copyOfRange(encapsulated.key().getEncoded(), 8, 24),
                    decapsulator
                            .decapsulate(encapsulated.encapsulation(), 8, 24, "AES")
                            .getEncoded());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void encapsulate_anyRow_makesNoRequestAndIsDecapsulatedByKms(Row row) throws GeneralSecurityException {
        TargetKey key = row.key();
        Subject.forgetRequests();
        PublicKey publicKey = ((KmsPrivateKey) key.handle()).publicKey();
        KEM.Encapsulated encapsulated = ours(row).newEncapsulator(publicKey).encapsulate(0, 32, "AES");
        Subject.assertNoRequests();
        assertEquals("AES", encapsulated.key().getAlgorithm());
        assertArrayEquals(encapsulated.key().getEncoded(), decapsulateByKms(key, encapsulated.encapsulation()));
    }

    private static byte[] decapsulateByKms(TargetKey key, byte[] encapsulation) {
        return Subject.TARGET
                .client()
                .decapsulate(request -> request.keyId(key.arn())
                        .encapsulationAlgorithm("ML_KEM")
                        .sharedSecretCiphertextBlob(SdkBytes.fromByteArray(encapsulation)))
                .sharedSecret()
                .asByteArray();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void encapsulate_settingEncryptKms_makesOneRequestAndIsDecapsulated(Row row) throws GeneralSecurityException {
        Provider provider = Subject.TARGET.provider("encrypt=kms");
        PrivateKey handle = Target.handle(provider, row.key().arn());
        Subject.forgetRequests();
        KEM kem = KEM.getInstance(row.algorithm(), provider);
        KEM.Encapsulated encapsulated =
                kem.newEncapsulator(((KmsPrivateKey) handle).publicKey()).encapsulate();
        Subject.assertRequests("Encapsulate");
        assertArrayEquals(
                encapsulated.key().getEncoded(),
                kem.newDecapsulator(handle)
                        .decapsulate(encapsulated.encapsulation())
                        .getEncoded());
    }

    /** The fault removes 8 characters of Base64, which are 6 bytes. */
    @Test
    void encapsulate_shortenedAnswer_errorNamesKeyAndLengths() throws GeneralSecurityException {
        Provider provider = Subject.TARGET.provider("encrypt=kms");
        String arn = Subject.TARGET.key("ML_KEM_768", "ENCAPSULATE_DECAPSULATE").arn();
        PrivateKey handle = Target.handle(provider, arn);
        KEM.Encapsulator encapsulator =
                KEM.getInstance("ML-KEM", provider).newEncapsulator(((KmsPrivateKey) handle).publicKey());
        String beginning = "(\"SharedSecretCiphertextBlob\":\").{8}";
        Subject.emulator().faults().add(Fault.on("Encapsulate").rewrite(body -> body.replaceFirst(beginning, "$1")));
        assertEquals(
                "the encapsulation that KMS returned for " + handle + " has 1082 bytes instead of 1088, so it was"
                        + " rejected; try again, and check the endpoint and the proxies on the way to it",
                Subject.text(assertThrows(KmsException.class, encapsulator::encapsulate)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decapsulate_wrongLengthOrRange_isRefusedWithoutRequest(Row row) throws GeneralSecurityException {
        KEM.Decapsulator decapsulator = ours(row).newDecapsulator(row.key().handle());
        KmsEmulator emulator = Subject.emulator();
        assertThrows(DecapsulateException.class, () -> decapsulator.decapsulate(new byte[100]));
        byte[] whole = new byte[ENCAPSULATION_LENGTHS.get(row.spec())];
        assertThrows(IndexOutOfBoundsException.class, () -> decapsulator.decapsulate(whole, 0, 33, "AES"));
        assertThrows(IndexOutOfBoundsException.class, () -> decapsulator.decapsulate(whole, -1, 3, "AES"));
        assertEquals(List.of(), Subject.operations(emulator));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decapsulate_kmsFails_namesThePermission(Row row) throws GeneralSecurityException {
        KEM.Decapsulator decapsulator = ours(row).newDecapsulator(row.key().handle());
        Subject.emulator().faults().add(Fault.on("Decapsulate").accessDenied());
        assertTrue(Subject.text(assertThrows(
                        ProviderException.class,
                        () -> decapsulator.decapsulate(new byte[ENCAPSULATION_LENGTHS.get(row.spec())])))
                .contains("allow kms:Decapsulate"));
    }

    /** For each key, the JCA tries one provider after the other, so our provider only has to refuse the key. */
    @Test
    void init_keysOfAnotherParameterSet_areRefused() throws GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("ML-KEM-768", Subject.BOUNCY_CASTLE)
                .generateKeyPair();
        KEM kem = KEM.getInstance("ML-KEM-512", Subject.OURS);
        assertThrows(InvalidKeyException.class, () -> kem.newDecapsulator(other.getPrivate()));
        assertThrows(InvalidKeyException.class, () -> kem.newEncapsulator(other.getPublic()));
        PrivateKey larger =
                Subject.TARGET.key("ML_KEM_768", "ENCAPSULATE_DECAPSULATE").handle();
        assertThrows(InvalidKeyException.class, () -> kem.newDecapsulator(larger));
        assertFalse(Subject.OURS.getService("KEM", "ML-KEM-512").supportsParameter(larger));
    }

    @Test
    void init_nullKey_isRefused() throws GeneralSecurityException {
        KEM kem = KEM.getInstance("ML-KEM-512", Subject.OURS);
        assertEquals(
                "the key is null",
                assertThrows(InvalidKeyException.class, () -> kem.newDecapsulator(null))
                        .getMessage());
        assertEquals(
                "the key is null",
                assertThrows(InvalidKeyException.class, () -> kem.newEncapsulator(null))
                        .getMessage());
    }

    @Test
    void encapsulate_publicKeyOfAnotherProvider_isDecapsulatedByThatProvider() throws GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("ML-KEM-768", Subject.BOUNCY_CASTLE)
                .generateKeyPair();
        KEM.Encapsulated encapsulated = KEM.getInstance("ML-KEM-768", Subject.OURS)
                .newEncapsulator(other.getPublic())
                .encapsulate();
        assertArrayEquals(
                encapsulated.key().getEncoded(),
                KEM.getInstance("ML-KEM", Subject.BOUNCY_CASTLE)
                        .newDecapsulator(other.getPrivate())
                        .decapsulate(encapsulated.encapsulation())
                        .getEncoded());
    }
}
