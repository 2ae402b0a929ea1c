package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.client.KmsCalls;
import io.github.kmsjca.client.PublicKeyAnswer;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What all keys of one configuration share: the settings, the connection to KMS, and the keys used so far. It lives as
 * long as the provider, so that loading a KeyStore again costs no call. Thread-safe.
 */
public final class KmsSession {
    private final KmsSettings settings;
    private final KmsCalls calls;
    private final Map<KeyId, Single<KmsPrivateKey>> asked = new ConcurrentHashMap<>();
    private final Map<Certified, KmsPrivateKey> certified = new ConcurrentHashMap<>();

    public KmsSession(KmsSettings settings) {
        this.settings = settings;
        this.calls = new KmsCalls(settings);
    }

    private record Certified(KeyId id, PublicKey publicKey) {}

    public KmsSettings settings() {
        return settings;
    }

    public KmsCalls calls() {
        return calls;
    }

    /**
     * Returns the handle to a key of which only the identifier is known: one request the first time, shared by all
     * who ask meanwhile, and none after. The handle names the key by its ARN, so that an alias which is moved to
     * another key does not change the key under a certificate.
     *
     * @throws ProviderException if KMS refuses, or the key is none that can sign
     */
    public KmsPrivateKey key(KeyId id) {
        return asked.computeIfAbsent(id, missing -> new Single<>(() -> ask(missing))).get();
    }

    /** Returns the handle to a key if an earlier {@link #key(KeyId)} has learned its public key; never calls KMS. */
    public Optional<KmsPrivateKey> known(KeyId id) {
        return Optional.ofNullable(asked.get(id)).flatMap(Single::value);
    }

    /**
     * Returns the handle to a key whose public key a certificate tells; never calls KMS. That the two belong together
     * is seen with the first signature.
     *
     * @throws ProviderException if KMS has no keys like the public key
     */
    public KmsPrivateKey key(KeyId id, PublicKey publicKey) {
        return certified.computeIfAbsent(new Certified(id, publicKey), it -> {
            KeySpec spec = PublicKeys.spec(publicKey)
                    .orElseThrow(() -> new ProviderException("the certificate of key " + id + " is for a "
                            + publicKey.getAlgorithm() + " key of a kind that KMS does not have; "
                            + "give the entry the certificate of its own key"));
            return handle(id, spec, publicKey);
        });
    }

    /** Returns the key used so far that a public key belongs to. */
    Optional<KmsPrivateKey> owner(PublicKey publicKey) {
        return Stream.concat(
                        asked.values().stream().flatMap(key -> key.value().stream()), certified.values().stream())
                .filter(key -> key.publicKey().equals(publicKey))
                .findFirst();
    }

    private KmsPrivateKey ask(KeyId id) {
        PublicKeyAnswer answer = calls.publicKey(id);
        if (!answer.keyUsage().equals("SIGN_VERIFY")) {
            throw new ProviderException("key " + id + " is for " + answer.keyUsage()
                    + " and cannot sign; name a key whose key usage is SIGN_VERIFY");
        }
        KeySpec spec = KeySpec.named(answer.keySpec())
                .orElseThrow(() -> new ProviderException(
                        "key " + id + " has key spec " + answer.keySpec() + ", which this version does not know"));
        try {
            return handle(KeyId.parse(answer.arn()), spec, PublicKeys.parse(spec, answer.publicKey()));
        } catch (GeneralSecurityException e) {
            throw new ProviderException("the public key that KMS gave for key " + id + " cannot be read", e);
        }
    }

    private KmsPrivateKey handle(KeyId id, KeySpec spec, PublicKey publicKey) {
        return switch (spec.family()) {
            case RSA -> new RsaHandle(id, spec, (RSAPublicKey) publicKey, this);
            case EC -> new EcHandle(id, spec, (ECPublicKey) publicKey, this);
        };
    }
}
