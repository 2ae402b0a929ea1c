package io.github.kmsjca.testing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.util.Arrays;

/** A name under which the provider signs, as its services publish it, the parameters it needs, and a key that fits. */
public record SignatureRow(String algorithm, Optional<PSSParameterSpec> parameters, String spec) {
    private static final String GENERAL_PSS = "RSASSA-PSS";
    private static final String BY_CALLER = "NONEwith";
    private static final Set<String> ONE_OF_EACH_FAMILY =
            Set.of("RSA_2048", "ECC_NIST_P256", "ECC_NIST_EDWARDS25519", "ML_DSA_65", "SM2");

    /** RFC 8017 §9.2, note 1. */
    private static final Map<String, String> DIGEST_INFO_HEADS = Map.of(
            "SHA-1", "3021300906052b0e03021a05000414",
            "SHA-256", "3031300d060960864801650304020105000420",
            "SHA-384", "3041300d060960864801650304020205000430",
            "SHA-512", "3051300d060960864801650304020305000440");

    /** Returns every name with every key. */
    public static Stream<SignatureRow> all() {
        return services().flatMap(service -> specs(service).stream().flatMap(spec -> rows(service, spec)));
    }

    /** Returns every name with one key. */
    public static Stream<SignatureRow> withOneKey() {
        return all().filter(row -> ONE_OF_EACH_FAMILY.contains(row.spec));
    }

    /** Returns the Signature services. */
    public static Stream<Provider.Service> services() {
        return TestKms.sharedProvider().getServices().stream()
                .filter(service -> service.getType().equals("Signature"));
    }

    /** Returns the key specs that a service publishes. */
    public static List<String> specs(Provider.Service service) {
        return List.of(service.getAttribute("KmsKeySpecs").split(Pattern.quote("|")));
    }

    private static Stream<SignatureRow> rows(Provider.Service service, String spec) {
        String name = service.getAlgorithm();
        return name.equals(GENERAL_PSS)
                ? Stream.of(256, 384, 512)
                        .map(bits -> new SignatureRow(name, Optional.of(Referee.pss("SHA-" + bits, bits / 8)), spec))
                : Stream.of(new SignatureRow(name, Optional.empty(), spec));
    }

    /** Returns an engine of the shared provider, ready for a message. */
    public Signature signer() throws GeneralSecurityException {
        Signature engine = engine(TestKms.sharedProvider());
        engine.initSign(TestKms.key(spec));
        return engine;
    }

    /** Returns an engine of a provider without a key. */
    public Signature engine(Provider provider) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm, provider);
        if (parameters.isPresent()) {
            engine.setParameter(parameters.get());
        }
        return engine;
    }

    /** Returns the signature that KMS makes of a message by the shared provider. */
    public byte[] sign(byte[] message) throws GeneralSecurityException {
        return TestKms.sign(engine(TestKms.sharedProvider()), TestKms.key(spec), input(message));
    }

    /** Returns a provider's handle to the shared key. */
    public PrivateKey key(Provider provider) {
        return TestKms.key(provider, TestKms.arn(spec));
    }

    /** Returns the public key of the shared key. */
    public PublicKey publicKey() {
        return TestKms.publicKey(spec);
    }

    /** Returns whether others take a signature for one of the message. */
    public boolean isSignatureOf(byte[] message, byte[] signature) throws GeneralSecurityException {
        return Referee.accepts(algorithm, parameters.orElse(null), publicKey(), input(message), signature);
    }

    /** Returns whether the engine hashes the message; else its input is what {@link #input} makes of it. */
    public boolean takesMessages() {
        return !algorithm.startsWith(BY_CALLER);
    }

    /** KMS takes the message itself for Ed25519, and then neither an empty nor a long one. */
    public boolean takes(int length) {
        return !isEd25519() || (length > 0 && length <= 4096);
    }

    public boolean isEd25519() {
        return spec.equals("ECC_NIST_EDWARDS25519");
    }

    /** Returns whether signatures are DER, which comes in several lengths. */
    public boolean isDer() {
        return !algorithm.endsWith("inP1363Format") && (spec.startsWith("ECC_NIST_P") || spec.equals("SM2"));
    }

    /** Returns what the engine is given for a message. */
    public byte[] input(byte[] message) throws GeneralSecurityException {
        if (takesMessages()) {
            return message;
        }
        return spec.startsWith("RSA")
                ? digestInfo("SHA-256", message)
                : MessageDigest.getInstance("SHA-256").digest(message);
    }

    /** Returns the DigestInfo of a message, as PKCS #1 signs it. */
    public static byte[] digestInfo(String hash, byte[] message) throws GeneralSecurityException {
        return Arrays.concatenate(
                HexFormat.of().parseHex(DIGEST_INFO_HEADS.get(hash)),
                MessageDigest.getInstance(hash).digest(message));
    }

    @Override
    public String toString() {
        return algorithm + parameters.map(it -> " " + it.getDigestAlgorithm()).orElse("") + " " + spec;
    }
}
