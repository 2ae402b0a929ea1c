package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.fault.FaultedOperation.Answer;
import io.github.kmsjca.conformance.fault.FaultedOperation.Trait;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSecretKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The operations of a KeyStore that call KMS. */
final class KeyStoreOperations {
    private static final String ENTRY = "key";
    private static final String WITH_TAGS = "certificate-tags=write";
    private static final Set<Trait> CACHED = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.CACHED);
    private static final Set<Trait> NO_OUTPUT = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.NO_OUTPUT);

    private KeyStoreOperations() {}

    static Stream<FaultedOperation> all(Target target) {
        return Stream.of(
                getKeyPair(target),
                getSecretKey(target),
                aliases(target),
                readTags(target),
                writeTags(target),
                removeTags(target));
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
                Answer.withoutResult("DescribeKey"),
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
                Answer.withoutResult("ListAliases"),
                CACHED,
                List.of(KeyStoreException.class, KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    KeyStore store = discovery(provider);
                    return () -> Collections.list(store.aliases()).contains(Target.ALIAS_PREFIX + "ECC_NIST_P256");
                });
    }

    private static FaultedOperation readTags(Target target) {
        return new FaultedOperation(
                "read the tags",
                Answer.withoutResult("ListResourceTags"),
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
     * Returns an operation that writes a certificate chain to tags. To cause UntagResource, the operation first writes
     * a longer chain, so that the provider must remove tags.
     */
    private static FaultedOperation tags(Target target, String name, String kmsOperation) {
        return new FaultedOperation(
                name,
                Answer.withoutResult(kmsOperation),
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

    /** Writes a certificate chain to the tags of a key. */
    private static void write(Provider provider, TargetKey key, Certificate[] chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = discovery(provider);
        store.setKeyEntry(key.arn(), store.getKey(key.arn(), null), null, chain);
        store.store(null, null);
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

    /** Creates an HMAC key, and returns its ARN. */
    static String createHmacKey(Target target) {
        return target.emulator().orElseThrow().createKey("HMAC_256", "GENERATE_VERIFY_MAC");
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

    /** Returns a KeyStore that finds keys by discovery. */
    static KeyStore discovery(Provider provider) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("AWSKMS", provider);
        store.load(KmsLoadStoreParameter.ofDiscovery());
        return store;
    }
}
