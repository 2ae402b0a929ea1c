package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.fault.AnswerFault.Kind;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSecretKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * An operation of the provider that calls KMS, for tests that disturb a KMS answer.
 *
 * @param answer the KMS answer that faults disturb
 * @param traits what is special about the operation
 * @param documented the exceptions that the operation may throw
 * @param preparation prepares the operation
 */
record FaultedOperation(
        String name,
        Answer answer,
        Set<Trait> traits,
        List<Class<? extends Exception>> documented,
        Preparation preparation) {

    /** The value of {@link Answer#result} if the answer has no member with binary data. */
    private static final String NO_RESULT = "none";

    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);
    private static final String WITH_TAGS = "certificate-tags=write";
    private static final AtomicInteger ALIAS_NUMBERS = new AtomicInteger();

    /**
     * The answer that faults disturb.
     *
     * @param kmsOperation the KMS operation
     * @param result the JSON member that has the result
     */
    record Answer(String kmsOperation, String result) {}

    /** What is special about an operation. */
    enum Trait {
        /** The provider can detect wrong bits in the result. */
        VERIFIED,
        /** The provider can detect a result of another length. */
        FIXED_LENGTH,
        /**
         * The operation uses a new key. If KMS does not know the key yet, the provider repeats the request. NewKeyTest
         * tests such answers, so the tests in this package leave them out.
         */
        NEW_KEY,
        /**
         * The right answer has no content. The provider refuses an answer with content, and does not repeat the
         * request.
         */
        NO_OUTPUT,
        /** The provider caches a right result, so each fault needs a new provider. */
        CACHED
    }

    private static final Set<Trait> ALL_DETECTED = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH);
    private static final String ENTRY = "key";
    private static final Set<Trait> NEW_KEY = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.NEW_KEY);
    private static final Set<Trait> NEW_KEY_NO_OUTPUT =
            Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.NEW_KEY, Trait.NO_OUTPUT);
    private static final Set<Trait> NO_OUTPUT = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.NO_OUTPUT);
    private static final Set<Trait> CACHED = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.CACHED);
    private static final Set<Trait> LENGTH_DETECTED = Set.of(Trait.FIXED_LENGTH);

    /** Prepares an operation, while there is no fault. */
    @FunctionalInterface
    interface Preparation {
        PreparedOperation prepare(Providers providers) throws Exception;
    }

    /** An operation that can run any number of times, with or without a fault. */
    @FunctionalInterface
    interface PreparedOperation {
        /** Runs the operation. Returns whether the result is right, as another provider or the service finds. */
        boolean run() throws Exception;
    }

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

    static Stream<FaultedOperation> otherOperations(Target target) {
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
                getKeyPair(target),
                getSecretKey(target),
                aliases(target),
                readTags(target),
                writeTags(target),
                removeTags(target),
                random(),
                createKey(),
                createAlias(),
                deleteKey(target));
    }

    private static FaultedOperation verify(Target target) {
        return new FaultedOperation(
                "verify",
                new Answer("Verify", NO_RESULT),
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
                new Answer("VerifyMac", NO_RESULT),
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

    private static FaultedOperation getKeyPair(Target target) {
        return new FaultedOperation(
                "get a key pair",
                new Answer("GetPublicKey", "PublicKey"),
                CACHED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    TargetKey key = target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    KeyStore store = withFile(provider, key.arn());
                    return () -> Arrays.equals(
                            key.publicKey().getEncoded(),
                            ((KmsPrivateKey) store.getKey(ENTRY, null))
                                    .publicKey()
                                    .getEncoded());
                });
    }

    private static FaultedOperation getSecretKey(Target target) {
        return new FaultedOperation(
                "get a secret key",
                new Answer("DescribeKey", NO_RESULT),
                CACHED,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    String arn = createHmacKey(target);
                    KeyStore store = withFile(provider, arn);
                    return () ->
                            ((KmsSecretKey) store.getKey(ENTRY, null)).keySpec().equals("HMAC_256");
                });
    }

    private static FaultedOperation aliases(Target target) {
        return new FaultedOperation(
                "list the aliases",
                new Answer("ListAliases", NO_RESULT),
                CACHED,
                List.of(KeyStoreException.class, KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    KeyStore store = discovery(provider);
                    return () -> Collections.list(store.aliases()).contains(Target.ALIASES + "ECC_NIST_P256");
                });
    }

    private static FaultedOperation readTags(Target target) {
        return new FaultedOperation(
                "read the tags",
                new Answer("ListResourceTags", NO_RESULT),
                CACHED,
                List.of(KmsException.class, IOException.class),
                providers -> {
                    Provider provider = providers.with(WITH_TAGS);
                    TargetKey key = target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    Certificate[] chain = chain(target, 1);
                    write(provider, key, chain);
                    KeyStore store = discovery(providers.with(WITH_TAGS));
                    return () -> Arrays.equals(chain, store.getCertificateChain(key.arn()));
                });
    }

    private static FaultedOperation writeTags(Target target) {
        return tags(target, "write the tags", "TagResource");
    }

    private static FaultedOperation removeTags(Target target) {
        return tags(target, "remove tags", "UntagResource");
    }

    /**
     * Writes a certificate chain to tags. To test UntagResource, writes a longer chain first, so that the provider must
     * remove tags.
     */
    private static FaultedOperation tags(Target target, String name, String kmsOperation) {
        return new FaultedOperation(
                name,
                new Answer(kmsOperation, NO_RESULT),
                NO_OUTPUT,
                List.of(IOException.class, KmsException.class),
                providers -> {
                    TargetKey key = target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    Certificate[] longer = chain(target, 3);
                    Certificate[] shorter = chain(target, 1);
                    Provider provider = providers.with(WITH_TAGS);
                    return () -> {
                        if (kmsOperation.equals("UntagResource")) {
                            write(provider, key, longer);
                        }
                        write(provider, key, shorter);
                        KeyStore store = discovery(providers.with(WITH_TAGS));
                        return Arrays.equals(shorter, store.getCertificateChain(key.arn()));
                    };
                });
    }

    private static void write(Provider provider, TargetKey key, Certificate[] chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = discovery(provider);
        store.setKeyEntry(key.arn(), store.getKey(key.arn(), null), null, chain);
        store.store(null, null);
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

    private static FaultedOperation createKey() {
        return new FaultedOperation(
                "create a key", new Answer("CreateKey", NO_RESULT), NEW_KEY, List.of(KmsException.class), providers -> {
                    Provider provider = providers.with("");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                    generator.initialize(KmsKeyGenParameterSpec.of("ECC_NIST_P256"));
                    return () -> generator.generateKeyPair().getPublic() != null;
                });
    }

    private static FaultedOperation createAlias() {
        return new FaultedOperation(
                "create an alias",
                new Answer("CreateAlias", NO_RESULT),
                NEW_KEY_NO_OUTPUT,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                    return () -> {
                        String alias = "alias/fault-" + ALIAS_NUMBERS.incrementAndGet();
                        generator.initialize(
                                KmsKeyGenParameterSpec.of("ECC_NIST_P256").withAlias(alias));
                        PrivateKey created = generator.generateKeyPair().getPrivate();
                        return created.equals(discovery(provider).getKey(alias, null));
                    };
                });
    }

    /**
     * Returns an operation that deletes a new key, because its alias exists already and a deletion window is set. The
     * right result is an exception that says that KMS deletes the key.
     */
    private static FaultedOperation deleteKey(Target target) {
        return new FaultedOperation(
                "delete a key",
                new Answer("ScheduleKeyDeletion", NO_RESULT),
                NEW_KEY,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                    generator.initialize(KmsKeyGenParameterSpec.of("ECC_NIST_P256")
                            .withAlias(Target.ALIASES + "ECC_NIST_P256")
                            .withDeletionWindow(7));
                    return () -> {
                        try {
                            generator.generateKeyPair();
                            return false;
                        } catch (KmsException e) {
                            String text = String.valueOf(e.getMessage());
                            if (text.contains("the key could not be deleted either")) {
                                throw e;
                            }
                            return text.contains("KMS deletes the key in 7 days");
                        }
                    };
                });
    }

    /**
     * Returns a chain of a given length: the certificate of the signing key, followed by copies of the CA certificate.
     */
    private static Certificate[] chain(Target target, int length) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(target.key("ECC_NIST_P256", "SIGN_VERIFY").publicKey());
        Certificate[] chain = new Certificate[length];
        TestCa ca = TestCa.named("ca");
        chain[0] = ca.issue("release", key);
        for (int index = 1; index < length; index++) {
            chain[index] = ca.certificate();
        }
        return chain;
    }

    private static String createHmacKey(Target target) {
        return target.emulator().orElseThrow().createKey("HMAC_256", "GENERATE_VERIFY_MAC");
    }

    private static KmsSecretKey secretKey(Provider provider, Target target)
            throws GeneralSecurityException, IOException {
        return (KmsSecretKey) discovery(provider).getKey(createHmacKey(target), null);
    }

    private static PrivateKey handle(Provider provider, Target target, String spec, String usage) {
        return Target.handle(provider, target.key(spec, usage).arn());
    }

    private static PublicKey jdkPublicKey(PrivateKey key, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(
                        new X509EncodedKeySpec(((KmsPrivateKey) key).publicKey().getEncoded()));
    }

    /**
     * Returns a KeyStore with a keystore file of one entry. A KeyStore with discovery would hide some faults, because
     * it has no entry for a key that KMS does not have.
     */
    private static KeyStore withFile(Provider provider, String arn) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("AWSKMS", provider);
        String text = "# AWSKMS keystore 1\n\nalias: " + ENTRY + "\nkey: " + arn + "\n";
        store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        return store;
    }

    private static KeyStore discovery(Provider provider) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("AWSKMS", provider);
        store.load(KmsLoadStoreParameter.ofDiscovery());
        return store;
    }

    /** Returns whether a fault can disturb this operation. */
    boolean isDisturbedBy(AnswerFault fault) {
        boolean hasResult = !answer.result().equals(NO_RESULT) || !fault.name().startsWith(AnswerFault.RESULT_PREFIX);
        return hasResult && !(traits.contains(Trait.NEW_KEY) && isAwaited(fault));
    }

    /** Returns whether the provider waits for the end of the fault, because KMS may not know the new key yet. */
    private boolean isAwaited(AnswerFault fault) {
        return fault.name().startsWith("NotFound")
                || fault.name().startsWith("KMSInvalidState")
                || (isOtherKey(fault) && answer.kmsOperation().equals("CreateKey"));
    }

    private static boolean isOtherKey(AnswerFault fault) {
        return fault.name().equals("other key") || fault.name().equals("other account");
    }

    /** Returns whether the provider can detect what a fault changes. */
    boolean detects(AnswerFault fault) {
        return switch (fault.kind()) {
            case TRANSPORT, CONTENT, REWRITTEN -> true;
            case LENGTH -> traits.contains(Trait.FIXED_LENGTH);
            case VALUE -> traits.contains(Trait.VERIFIED);
        };
    }

    /**
     * Returns whether the provider must refuse an answer that a fault has changed. ListAliases is an exception, because
     * a list of aliases can name any key.
     */
    boolean mustRefuse(AnswerFault fault) {
        return detects(fault) && !(isOtherKey(fault) && answer.kmsOperation().equals("ListAliases"));
    }

    /** Returns the number of requests that the operation sends during a fault. */
    int requests(AnswerFault fault) {
        // the provider does not repeat such a request, because it could create another key
        boolean mayHaveCreated = answer.kmsOperation().equals("CreateKey") && !fault.isReportedByKms();
        boolean isSentOnce = !fault.retried()
                || mayHaveCreated
                || (traits.contains(Trait.NO_OUTPUT) && fault.kind() == Kind.CONTENT);
        return isSentOnce ? 1 : AnswerFaultTest.ATTEMPTS;
    }

    @Override
    public String toString() {
        return name;
    }
}
