package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kmsjca.emulator.state.StateFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncapsulateResponse;

/**
 * Tests keys that the emulator restores from a state file. Restored keys work as before the restart. Keys from
 * published test vectors make or verify the published signatures. The emulator refuses a file in which the key material
 * does not fit the key spec.
 */
class RestoredKeysTest {
    // RFC 8032 §7.1, test 2
    private static final String ED25519_SECRET = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    private static final String ED25519_PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private static final String ED25519_SIGNATURE = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    // GB/T 32918.5, annex A
    private static final String SM2_SECRET = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
    private static final String SM2_PUBLIC = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private static final String SM2_DIGEST = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640";
    private static final String SM2_SIGNATURE =
            "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                    + "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    // the DER encoding of the AlgorithmIdentifier
    private static final String SM2_ALGORITHM = "301306072a8648ce3d020106082a811ccf5501822d";

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private EmulatorOptions options = EmulatorOptions.defaults();

    @BeforeEach
    void nameStateFile() {
        file = folder.resolve("state.json");
        options = EmulatorOptions.defaults().withState(file);
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_EDWARDS25519, ED25519_SHA_512, RAW",
        "ECC_NIST_EDWARDS25519, ED25519_PH_SHA_512, DIGEST",
        "ML_DSA_44, ML_DSA_SHAKE_256, RAW",
        "ML_DSA_65, ML_DSA_SHAKE_256, EXTERNAL_MU",
        "ML_DSA_87, ML_DSA_SHAKE_256, RAW",
        "SM2, SM2DSA, RAW"
    })
    void restart_signingKey_hasSamePublicKeyAndVerifiesOldAndNewSignatures(String spec, String algorithm, String type) {
        byte[] message = new byte[64];
        String key;
        byte[] publicKey;
        byte[] signature;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            key = emulator.createKey(spec);
            publicKey = publicKey(kms, key);
            signature = sign(kms, key, algorithm, type, message);
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertArrayEquals(publicKey, publicKey(kms, key));
            assertVerifies(kms, key, algorithm, type, message, signature);
            byte[] newSignature = sign(kms, key, algorithm, type, message);
            assertVerifies(kms, key, algorithm, type, message, newSignature);
        }
    }

    @Test
    void restart_mlKemKey_decapsulatesEarlierCiphertext() {
        String key;
        EncapsulateResponse encapsulated;
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            key = emulator.createKey("ML_KEM_512");
            encapsulated = kms.encapsulate(request -> request.keyId(key).encapsulationAlgorithm("ML_KEM"));
        }
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertEquals(
                    encapsulated.sharedSecret(),
                    kms.decapsulate(request -> request.keyId(key)
                                    .encapsulationAlgorithm("ML_KEM")
                                    .sharedSecretCiphertextBlob(encapsulated.sharedSecretCiphertextBlob()))
                            .sharedSecret());
        }
    }

    @Test
    void ed25519_publishedKey_makesThePublishedSignature() throws IOException {
        String key = writeState(
                "ECC_NIST_EDWARDS25519",
                "302e020100300506032b657004220420" + ED25519_SECRET,
                "302a300506032b6570032100" + ED25519_PUBLIC);
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            byte[] signature = sign(kms, key, "ED25519_SHA_512", "RAW", new byte[] {0x72});
            assertEquals(ED25519_SIGNATURE, HexFormat.of().formatHex(signature));
        }
    }

    @Test
    void sm2_publishedSignatureAndNewSignature_areValid() throws IOException {
        String key = writeState("SM2", sm2PrivateKey(), sm2PublicKey());
        byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = HexFormat.of().parseHex(SM2_SIGNATURE);
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            assertVerifies(kms, key, "SM2DSA", "RAW", message, signature);
            assertVerifies(kms, key, "SM2DSA", "DIGEST", HexFormat.of().parseHex(SM2_DIGEST), signature);
            byte[] newSignature = sign(kms, key, "SM2DSA", "RAW", message);
            assertVerifies(kms, key, "SM2DSA", "DIGEST", HexFormat.of().parseHex(SM2_DIGEST), newSignature);
        }
    }

    @Test
    void start_keyOfAnotherCurve_isRefused() throws IOException {
        String key = writeState("ECC_NIST_P256", sm2PrivateKey(), sm2PublicKey());
        assertStartRefused(key, "ECC_NIST_P256 (the key is not on the curve secp256r1); restore the file");
    }

    @Test
    void start_keyOfAnotherParameterSet_isRefused() throws IOException {
        String key;
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            key = emulator.createKey("ML_DSA_44");
        }
        JsonNode state = readState();
        ((ObjectNode) state.at("/Regions/0/Keys/0")).put("KeySpec", "ML_DSA_65");
        new ObjectMapper().writeValue(file.toFile(), state);
        assertStartRefused(key, "ML_DSA_65 (incorrect algorithm OID for key");
    }

    private void assertStartRefused(String key, String problem) {
        StateFileException refusal = assertThrows(StateFileException.class, () -> KmsEmulator.start(options));
        String message = String.valueOf(refusal.getMessage());
        String start = "state file " + file + ": key " + key + ": the Secret or the PublicKey is not a key of spec ";
        assertTrue(message.startsWith(start + problem), message);
    }

    /**
     * Writes a state file with one key and returns the key ARN.
     *
     * @param pkcs8 the PKCS #8 of the private key, in hexadecimal digits
     * @param spki the SubjectPublicKeyInfo of the public key, in hexadecimal digits
     */
    private String writeState(String spec, String pkcs8, String spki) throws IOException {
        String key;
        try (KmsEmulator emulator = KmsEmulator.start(options)) {
            key = emulator.createKey(spec);
        }
        JsonNode state = readState();
        ((ObjectNode) state.at("/Regions/0/Keys/0"))
                .put("Secret", HexFormat.of().parseHex(pkcs8))
                .put("PublicKey", HexFormat.of().parseHex(spki));
        new ObjectMapper().writeValue(file.toFile(), state);
        return key;
    }

    private JsonNode readState() throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static String sm2PrivateKey() {
        return "3041020100" + SM2_ALGORITHM + "042730250201010420" + SM2_SECRET;
    }

    private static String sm2PublicKey() {
        return "3059" + SM2_ALGORITHM + "03420004" + SM2_PUBLIC;
    }

    private static byte[] publicKey(KmsClient kms, String key) {
        return kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
    }

    private static byte[] sign(KmsClient kms, String key, String algorithm, String type, byte[] message) {
        return kms.sign(request -> request.keyId(key)
                        .signingAlgorithm(algorithm)
                        .messageType(type)
                        .message(SdkBytes.fromByteArray(message)))
                .signature()
                .asByteArray();
    }

    private static void assertVerifies(
            KmsClient kms, String key, String algorithm, String type, byte[] message, byte[] signature) {
        assertTrue(kms.verify(request -> request.keyId(key)
                        .signingAlgorithm(algorithm)
                        .messageType(type)
                        .message(SdkBytes.fromByteArray(message))
                        .signature(SdkBytes.fromByteArray(signature)))
                .signatureValid());
    }
}
