package io.github.kmsjca.internal.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.testing.ChildJvm;
import io.github.kmsjca.testing.OaepProgram;
import io.github.kmsjca.testing.TestKms;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/**
 * Tests that OAEP with a plain public key always uses the JDK's default, SHA-1 for MGF1, even in a JVM that has used a
 * KMS key.
 */
class OaepInEveryJvmTest {
    private static final String NAME = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";

    @Test
    void encrypt_plainPublicKey_usesTheDefaultOfTheJdkInEveryJvm() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String publicKey = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        String arn = TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
        List<String> fresh = ChildJvm.run(OaepProgram.class, List.of(), publicKey);
        List<String> used = ChildJvm.run(OaepProgram.class, List.of(), publicKey, arn, TestKms.settings());
        assertEquals(2, fresh.size());
        assertEquals(2, used.size());
        for (List<String> ciphertexts : List.of(fresh, used)) {
            for (String ciphertext : ciphertexts) {
                Cipher jdk = Cipher.getInstance(NAME, "SunJCE");
                jdk.init(Cipher.DECRYPT_MODE, keys.getPrivate());
                assertArrayEquals(OaepProgram.text(), jdk.doFinal(HexFormat.of().parseHex(ciphertext)));
            }
        }
    }

    /** The plain key has the same value as the public key of a KMS key, but this makes no difference. */
    @Test
    void encrypt_plainKeyWithTheValueOfAKmsKey_usesTheDefaultOfTheJdkInEveryJvm() throws Exception {
        String arn = TestKms.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
        PrivateKey handle = TestKms.key(TestKms.sharedProvider(), arn);
        String publicKey =
                Base64.getEncoder().encodeToString(TestKms.publicKey(handle).getEncoded());
        for (List<String> ciphertexts : List.of(
                ChildJvm.run(OaepProgram.class, List.of(), publicKey),
                ChildJvm.run(OaepProgram.class, List.of(), publicKey, arn, TestKms.settings()))) {
            assertEquals(2, ciphertexts.size());
            for (String ciphertext : ciphertexts) {
                // KMS cannot decrypt, because it uses SHA-256 for MGF1, and the JDK's default is SHA-1
                Cipher ours = Cipher.getInstance(NAME, TestKms.sharedProvider());
                ours.init(Cipher.DECRYPT_MODE, handle);
                assertThrows(
                        BadPaddingException.class,
                        () -> ours.doFinal(HexFormat.of().parseHex(ciphertext)));
            }
        }
    }
}
