package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/** Tests two KMS keys with the same imported RSA key. One signs, and the other decrypts. */
class SameMaterialTest {
    @TempDir
    private Path folder;

    @Test
    void certificates_twoKeysOfOneMaterial_areChosenByKeyUsage() throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient client = KmsClient.builder()
                        .endpointOverride(emulator.endpoint())
                        .region(Region.of(emulator.region()))
                        .build()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair material = generator.generateKeyPair();
            // the decrypting key comes first in every list
            createKey(client, material, KeyUsageType.ENCRYPT_DECRYPT, "alias/a-decrypts");
            createKey(client, material, KeyUsageType.SIGN_VERIFY, "alias/b-signs");
            X509Certificate signing = TestCertificates.withKeyUsage(KeyUsage.digitalSignature, material.getPublic());
            X509Certificate encrypting = TestCertificates.withKeyUsage(KeyUsage.keyEncipherment, material.getPublic());
            Files.writeString(folder.resolve("signing.pem"), TestCertificates.pem(signing));
            Files.writeString(folder.resolve("encrypting.pem"), TestCertificates.pem(encrypting));
            Account account = new Account(emulator);
            KeyStore keys = account.discovery("certificates=" + folder);

            assertEquals(2, keys.size());
            assertEquals(signing, keys.getCertificateChain("alias/b-signs")[0]);
            assertEquals(encrypting, keys.getCertificateChain("alias/a-decrypts")[0]);
            assertEquals("alias/b-signs", keys.getCertificateAlias(signing));
            assertEquals("alias/a-decrypts", keys.getCertificateAlias(encrypting));

            // without a certificate for encryption, both keys get the certificate for signing; getCertificateAlias
            // then prefers the signing key
            Files.delete(folder.resolve("encrypting.pem"));
            KeyStore withOneCertificate = account.discovery("certificates=" + folder);
            assertEquals(2, withOneCertificate.size());
            assertEquals(signing, withOneCertificate.getCertificateChain("alias/a-decrypts")[0]);
            assertEquals(signing, withOneCertificate.getCertificateChain("alias/b-signs")[0]);
            assertEquals("alias/b-signs", withOneCertificate.getCertificateAlias(signing));
            assertTrue(
                    withOneCertificate.getKey("alias/b-signs", null).toString().endsWith("(RSA_2048)"));
        }
    }

    private static void createKey(KmsClient client, KeyPair material, KeyUsageType usage, String alias)
            throws Exception {
        String id = client.createKey(
                        request -> request.keySpec("RSA_2048").keyUsage(usage).origin(OriginType.EXTERNAL))
                .keyMetadata()
                .keyId();
        GetParametersForImportResponse parameters = client.getParametersForImport(request -> request.keyId(id)
                .wrappingAlgorithm(AlgorithmSpec.RSA_AES_KEY_WRAP_SHA_256)
                .wrappingKeySpec(WrappingKeySpec.RSA_3072));
        byte[] wrapped = wrap(parameters.publicKey().asByteArray(), material);
        client.importKeyMaterial(request -> request.keyId(id)
                .importToken(parameters.importToken())
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                .encryptedKeyMaterial(SdkBytes.fromByteArray(wrapped)));
        client.createAlias(request -> request.aliasName(alias).targetKeyId(id));
    }

    /**
     * Returns the key material for the import: an AES key that is encrypted with the RSA public key, followed by the
     * private key that is wrapped with the AES key (RFC 5649).
     */
    private static byte[] wrap(byte[] publicKey, KeyPair material) throws Exception {
        BouncyCastleProvider bouncyCastle = new BouncyCastleProvider();
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        SecretKey aes = generator.generateKey();
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.WRAP_MODE,
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey)),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        Cipher wrapping = Cipher.getInstance("AESKWP", bouncyCastle);
        wrapping.init(Cipher.WRAP_MODE, aes);
        byte[] wrappedAes = rsa.wrap(aes);
        byte[] wrappedKey = wrapping.wrap(material.getPrivate());
        byte[] all = Arrays.copyOf(wrappedAes, wrappedAes.length + wrappedKey.length);
        System.arraycopy(wrappedKey, 0, all, wrappedAes.length, wrappedKey.length);
        return all;
    }
}
