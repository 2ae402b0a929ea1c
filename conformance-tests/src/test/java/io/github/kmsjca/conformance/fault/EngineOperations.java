package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.fault.FaultedOperation.Answer;
import io.github.kmsjca.conformance.fault.FaultedOperation.Trait;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** The operations of Signature, Cipher, KeyAgreement, Mac, KmsSecretKey, KEM and SecureRandom that call KMS. */
final class EngineOperations {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);
    private static final Set<Trait> ALL_DETECTED = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH);
    private static final Set<Trait> LENGTH_DETECTED = Set.of(Trait.FIXED_LENGTH);

    private EngineOperations() {}

    /** Returns an operation for each trial: to sign with the row and the key of the trial. */
    static Stream<FaultedOperation> signatures(Stream<Trial> trials) {
        return trials.map(trial -> new FaultedOperation(
                "sign with " + trial,
                new Answer("Sign", "Signature"),
                ALL_DETECTED,
                List.of(SignatureException.class),
                providers -> {
                    Provider provider = providers.with("");
                    Signature engine = trial.row().engine(provider);
                    engine.initSign(Target.handle(provider, trial.key().arn()));
                    return () -> {
                        engine.update(trial.message());
                        return trial.accepts(trial.message(), engine.sign());
                    };
                }));
    }

    /** Returns all operations except signing. */
    static Stream<FaultedOperation> others(Target target) {
        return Stream.of(
                verify(target),
                decrypt(target),
                encrypt(target),
                agree(target),
                mac(target),
                verifyMac(target),
                decapsulate(target),
                encapsulate(target, "SharedSecret"),
                encapsulate(target, "SharedSecretCiphertextBlob"),
                random());
    }

    private static FaultedOperation verify(Target target) {
        return new FaultedOperation(
                "verify",
                Answer.withoutResult("Verify"),
                ALL_DETECTED,
                List.of(SignatureException.class),
                providers -> {
                    Provider provider = providers.with("verify=kms");
                    PrivateKey key = handle(provider, target, "ECC_NIST_P256", "SIGN_VERIFY");
                    Signature engine = Signature.getInstance("SHA256withECDSA", provider);
                    engine.initSign(key);
                    engine.update(MESSAGE);
                    byte[] signature = engine.sign();
                    engine.initVerify(((KmsPrivateKey) key).publicKey());
                    return () -> {
                        engine.update(MESSAGE);
                        return engine.verify(signature);
                    };
                });
    }

    private static FaultedOperation decrypt(Target target) {
        return new FaultedOperation(
                "decrypt",
                new Answer("Decrypt", "Plaintext"),
                Set.of(),
                List.of(BadPaddingException.class, KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    PrivateKey key = handle(provider, target, "RSA_2048", "ENCRYPT_DECRYPT");
                    String name = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
                    Cipher encryption = Cipher.getInstance(name, "SunJCE");
                    encryption.init(Cipher.ENCRYPT_MODE, jdkPublicKey(key, "RSA"));
                    byte[] ciphertext = encryption.doFinal(MESSAGE);
                    Cipher engine = Cipher.getInstance(name, provider);
                    engine.init(Cipher.DECRYPT_MODE, key);
                    return () -> Arrays.equals(MESSAGE, engine.doFinal(ciphertext));
                });
    }

    private static FaultedOperation encrypt(Target target) {
        return new FaultedOperation(
                "encrypt",
                new Answer("Encrypt", "CiphertextBlob"),
                LENGTH_DETECTED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("encrypt=kms");
                    TargetKey key = target.key("RSA_2048", "ENCRYPT_DECRYPT");
                    PublicKey publicKey = ((KmsPrivateKey) Target.handle(provider, key.arn())).publicKey();
                    Cipher engine = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", provider);
                    engine.init(Cipher.ENCRYPT_MODE, publicKey);
                    return () -> {
                        SdkBytes ciphertext = SdkBytes.fromByteArray(engine.doFinal(MESSAGE));
                        try {
                            DecryptResponse answer = target.client()
                                    .decrypt(request -> request.keyId(key.arn())
                                            .encryptionAlgorithm("RSAES_OAEP_SHA_1")
                                            .ciphertextBlob(ciphertext));
                            return Arrays.equals(MESSAGE, answer.plaintext().asByteArray());
                        } catch (InvalidCiphertextException wrong) {
                            return false;
                        }
                    };
                });
    }

    private static FaultedOperation agree(Target target) {
        return new FaultedOperation(
                "agree",
                new Answer("DeriveSharedSecret", "SharedSecret"),
                LENGTH_DETECTED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    PrivateKey key = handle(provider, target, "ECC_NIST_P256", "KEY_AGREEMENT");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    KeyPair peer = generator.generateKeyPair();
                    KeyAgreement other = KeyAgreement.getInstance("ECDH", "SunEC");
                    other.init(peer.getPrivate());
                    other.doPhase(jdkPublicKey(key, "EC"), true);
                    byte[] secret = other.generateSecret();
                    KeyAgreement engine = KeyAgreement.getInstance("ECDH", provider);
                    engine.init(key);
                    return () -> {
                        engine.doPhase(peer.getPublic(), true);
                        return Arrays.equals(secret, engine.generateSecret());
                    };
                });
    }

    private static FaultedOperation mac(Target target) {
        return new FaultedOperation(
                "mac", new Answer("GenerateMac", "Mac"), LENGTH_DETECTED, List.of(KmsException.class), providers -> {
                    Provider provider = providers.with("");
                    KmsSecretKey key = secretKey(provider, target);
                    Mac engine = Mac.getInstance("HmacSHA256", provider);
                    engine.init(key);
                    return () -> key.verifyMac(MESSAGE, engine.doFinal(MESSAGE));
                });
    }

    private static FaultedOperation verifyMac(Target target) {
        return new FaultedOperation(
                "verify a MAC",
                Answer.withoutResult("VerifyMac"),
                ALL_DETECTED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    KmsSecretKey key = secretKey(provider, target);
                    Mac engine = Mac.getInstance("HmacSHA256", provider);
                    engine.init(key);
                    byte[] mac = engine.doFinal(MESSAGE);
                    return () -> key.verifyMac(MESSAGE, mac);
                });
    }

    private static FaultedOperation decapsulate(Target target) {
        return new FaultedOperation(
                "decapsulate",
                new Answer("Decapsulate", "SharedSecret"),
                LENGTH_DETECTED,
                List.of(DecapsulateException.class, KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    PrivateKey key = handle(provider, target, "ML_KEM_768", "ENCAPSULATE_DECAPSULATE");
                    KEM.Encapsulated encapsulated = KEM.getInstance("ML-KEM", provider)
                            .newEncapsulator(((KmsPrivateKey) key).publicKey())
                            .encapsulate();
                    KEM.Decapsulator engine =
                            KEM.getInstance("ML-KEM", provider).newDecapsulator(key);
                    return () -> Arrays.equals(
                            encapsulated.key().getEncoded(),
                            engine.decapsulate(encapsulated.encapsulation()).getEncoded());
                });
    }

    private static FaultedOperation encapsulate(Target target, String result) {
        return new FaultedOperation(
                "encapsulate, " + result,
                new Answer("Encapsulate", result),
                LENGTH_DETECTED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("encrypt=kms");
                    PrivateKey key = handle(provider, target, "ML_KEM_768", "ENCAPSULATE_DECAPSULATE");
                    KEM.Encapsulator engine =
                            KEM.getInstance("ML-KEM", provider).newEncapsulator(((KmsPrivateKey) key).publicKey());
                    KEM.Decapsulator check = KEM.getInstance("ML-KEM", provider).newDecapsulator(key);
                    return () -> {
                        KEM.Encapsulated encapsulated = engine.encapsulate();
                        return Arrays.equals(
                                encapsulated.key().getEncoded(),
                                check.decapsulate(encapsulated.encapsulation()).getEncoded());
                    };
                });
    }

    private static FaultedOperation random() {
        return new FaultedOperation(
                "random bytes",
                new Answer("GenerateRandom", "Plaintext"),
                LENGTH_DETECTED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    SecureRandom random = SecureRandom.getInstance("AWSKMS", provider);
                    return () -> {
                        byte[] bytes = new byte[1024];
                        random.nextBytes(bytes);
                        return !Arrays.equals(bytes, new byte[1024]);
                    };
                });
    }

    private static KmsSecretKey secretKey(Provider provider, Target target)
            throws GeneralSecurityException, IOException {
        String arn = KeyStoreOperations.createHmacKey(target);
        return (KmsSecretKey) KeyStoreOperations.discovery(provider).getKey(arn, null);
    }

    private static PrivateKey handle(Provider provider, Target target, String spec, String usage) {
        return Target.handle(provider, target.key(spec, usage).arn());
    }

    private static PublicKey jdkPublicKey(PrivateKey key, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(
                        new X509EncodedKeySpec(((KmsPrivateKey) key).publicKey().getEncoded()));
    }
}
