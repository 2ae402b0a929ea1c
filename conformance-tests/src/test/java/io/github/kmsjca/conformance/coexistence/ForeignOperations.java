package io.github.kmsjca.conformance.coexistence;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;

/**
 * Operations with keys of other providers, and look-ups without a key, all without a provider name. Most results name
 * the provider that the JCA chose, and say whether the operation succeeded. If an operation fails, the result names the
 * exception. The results must be the same with and without our provider; {@link ForeignKeysTest} allows one difference.
 */
final class ForeignOperations {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1);

    /** Key sizes for common generators that do not accept 2048 bits. */
    private static final Map<String, Integer> SIZES = Map.of(
            "EC", 256, "ECDSA", 256, "EDDSA", 255, "ED25519", 255, "ED448", 448, "XDH", 255, "X25519", 255, "X448",
            448);

    private static final Provider OURS = new KmsProvider();

    private static final String RSASSA_PSS = "RSASSA-PSS";

    private static final Map<String, Engine> ENGINES = Map.of(
            "KeyFactory", name -> KeyFactory.getInstance(name).getProvider(),
            "KeyStore", name -> KeyStore.getInstance(name).getProvider(),
            "MessageDigest", name -> MessageDigest.getInstance(name).getProvider(),
            "AlgorithmParameters", name -> AlgorithmParameters.getInstance(name).getProvider(),
            "Cipher", name -> Cipher.getInstance(name).getProvider(),
            "KeyGenerator", name -> KeyGenerator.getInstance(name).getProvider(),
            "SecureRandom", name -> SecureRandom.getInstance(name).getProvider());

    private final SoftwareKeys keys;
    private final List<String> signatures;
    private final List<String> generators;
    private final List<Lookup> lookups;
    private final ForeignSecrets secrets;

    /** Takes the algorithm names of the other providers from the list now, so that every run uses the same names. */
    ForeignOperations(SoftwareKeys keys) {
        this.keys = keys;
        this.signatures =
                Stream.concat(names("Signature").stream(), sharedAliases()).toList();
        this.generators = names("KeyPairGenerator");
        this.secrets = new ForeignSecrets(keys, names("Mac"), names("KeyAgreement"));
        this.lookups = ENGINES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> names(entry.getKey()).stream()
                        // without a key, the JCA may choose our Cipher, so only ForeignSecrets tests these names
                        .filter(name -> OURS.getService(entry.getKey(), name) == null
                                || !entry.getKey().equals("Cipher"))
                        .map(name -> new Lookup(entry.getKey(), name, entry.getValue())))
                .toList();
    }

    private static List<String> names(String type) {
        return Arrays.stream(Security.getProviders())
                .filter(provider -> !provider.getName().equals(KmsProvider.NAME))
                .flatMap(provider -> provider.getServices().stream())
                .filter(service -> service.getType().equals(type))
                .map(Provider.Service::getAlgorithm)
                .sorted()
                .distinct()
                .toList();
    }

    /** Returns the signature aliases that our provider shares with other providers. */
    private static Stream<String> sharedAliases() {
        String prefix = "Alg.Alias.Signature.";
        return new KmsProvider()
                .stringPropertyNames().stream()
                        .filter(key -> key.startsWith(prefix))
                        .map(key -> key.substring(prefix.length()))
                        .filter(name -> Arrays.stream(Security.getProviders())
                                .anyMatch(provider -> !provider.getName().equals(KmsProvider.NAME)
                                        && provider.getService("Signature", name) != null))
                        .sorted();
    }

    /** Creates an engine and returns its provider. */
    @FunctionalInterface
    private interface Engine {
        Provider provider(String name) throws GeneralSecurityException;
    }

    /** Finds the provider that the JCA chooses for an algorithm name without a key. */
    private record Lookup(String type, String name, Engine engine) {
        String result() {
            try {
                return type + " " + name + ": " + engine.provider(name).getName();
            } catch (GeneralSecurityException | RuntimeException e) {
                return type + " " + name + ": " + e.getClass().getName();
            }
        }
    }

    /** Runs all operations, and returns a line for each. */
    List<String> results() {
        List<String> results = new ArrayList<>();
        for (String name : signatures) {
            keys.pairs().forEach((kind, pair) -> {
                results.add("Signature " + name + " by " + kind + ": " + signature(name, pair));
            });
        }
        keys.pairs().forEach((kind, pair) -> results.add("PSS after init by " + kind + ": " + pssAfterInit(pair)));
        results.addAll(secrets.results());
        lookups.forEach(lookup -> results.add(lookup.result()));
        generators.forEach(name -> results.add("KeyPairGenerator " + name + ": " + generator(name)));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            results.add("handshake: " + handshake(protocol));
        }
        results.add("random: " + new SecureRandom().getAlgorithm());
        results.add("key store: " + KeyStore.getDefaultType());
        return results;
    }

    private static String handshake(String protocol) {
        try {
            return TlsHandshake.result(protocol);
        } catch (GeneralSecurityException | IOException e) {
            return e.getClass().getName();
        }
    }

    /**
     * Initializes a generator and returns its provider. During initialization, the JCA tries one provider after the
     * other.
     */
    private static String generator(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
            generator.initialize(SIZES.getOrDefault(generator.getAlgorithm().toUpperCase(Locale.ROOT), 2048));
            return generator.getProvider().getName();
        } catch (GeneralSecurityException | RuntimeException e) {
            return e.getClass().getName();
        }
    }

    private static String signature(String name, KeyPair pair) {
        try {
            Signature signer = engine(name);
            signer.initSign(pair.getPrivate());
            byte[] signature = sign(signer);
            Signature verifier = engine(name);
            verifier.initVerify(pair.getPublic());
            verifier.update(input(name));
            return chosen(signer) + chosen(verifier) + verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // engines throw different exceptions for keys of other kinds
            return e.getClass().getName();
        }
    }

    /**
     * Returns the name of an engine's provider and a comma, or nothing for RSASSA-PSS. Setting the RSASSA-PSS
     * parameters before the key selects the first provider that has the algorithm. That can be our provider, which then
     * delegates to another provider.
     */
    private static String chosen(Signature engine) {
        return engine.getAlgorithm().equals(RSASSA_PSS)
                ? ""
                : engine.getProvider().getName() + ", ";
    }

    private static Signature engine(String name) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(name);
        if (name.equals(RSASSA_PSS)) {
            engine.setParameter(PSS);
        }
        return engine;
    }

    private static byte[] sign(Signature signer) throws GeneralSecurityException {
        signer.update(input(signer.getAlgorithm()));
        return signer.sign();
    }

    /**
     * Returns an input of a valid length. For DSA and ECDSA without a hash, the input is as long as a SHA-1 digest. The
     * µ of ML-DSA has 64 bytes (FIPS 204 §6.2).
     */
    private static byte[] input(String name) {
        if (name.endsWith("ExtMu")) {
            return new byte[64];
        }
        return name.startsWith("NONE") ? new byte[20] : MESSAGE;
    }

    /** Signs and verifies with RSASSA-PSS parameters that are set after the key. */
    private static String pssAfterInit(KeyPair pair) {
        try {
            Signature signer = Signature.getInstance(RSASSA_PSS);
            signer.initSign(pair.getPrivate());
            signer.setParameter(PSS);
            byte[] signature = sign(signer);
            Signature verifier = Signature.getInstance(RSASSA_PSS);
            verifier.initVerify(pair.getPublic());
            verifier.setParameter(PSS);
            verifier.update(MESSAGE);
            return signer.getProvider().getName() + ", " + verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // engines throw different exceptions for keys of other kinds
            return e.getClass().getName();
        }
    }
}
