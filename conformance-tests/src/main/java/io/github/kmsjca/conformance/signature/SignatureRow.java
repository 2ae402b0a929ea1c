package io.github.kmsjca.conformance.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A signature algorithm that the services of a provider publish, with one of its key specs.
 *
 * @param parameters the parameters that the engine needs, for RSASSA-PSS only
 */
public record SignatureRow(String algorithm, Optional<PSSParameterSpec> parameters, String spec) {
    /** The longest message that KMS accepts as RAW (KMS API Sign). */
    private static final int LONGEST_RAW = 4096;

    private static final int LARGE = 1 << 20;

    /**
     * The length of the message that just fills the first block of the hash, by the beginning of the algorithm name.
     * For SM2, 32 bytes (Z) come before the message in this block. For ML-DSA, 66 bytes come before the message: the
     * hash of the public key and two more bytes. Ed25519 hashes the message twice, after different bytes, so its number
     * is simply the block length of SHA-512.
     */
    private static final Map<String, Integer> BLOCK_FILLING_LENGTHS = Map.ofEntries(
            Map.entry("SHA224", 64),
            Map.entry("SHA256", 64),
            Map.entry("SHA384", 128),
            Map.entry("SHA512", 128),
            Map.entry("SHA3-256", 136),
            Map.entry("SHA3-384", 104),
            Map.entry("SHA3-512", 72),
            Map.entry("ML-DSA", 70),
            Map.entry("SM3", 32),
            Map.entry("Ed", 128));

    /** One key spec for each way of signing. */
    private static final Set<String> REPRESENTATIVE_SPECS =
            Set.of("RSA_2048", "ECC_NIST_P256", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519", "ML_DSA_65", "SM2");

    /** The DER encodings of DigestInfo without the digest, by hash (RFC 8017 §9.2, note 1). */
    private static final Map<String, String> DIGEST_INFO_HEADS = Map.of(
            "SHA-256", "3031300d060960864801650304020105000420",
            "SHA-384", "3041300d060960864801650304020205000430",
            "SHA-512", "3051300d060960864801650304020305000440");

    /** Returns every row that the Signature services of a provider publish. */
    public static Stream<SignatureRow> of(Provider provider) {
        return provider.getServices().stream()
                .filter(service -> service.getType().equals("Signature"))
                .flatMap(service -> specs(service).flatMap(spec -> rows(service.getAlgorithm(), spec)));
    }

    /** Returns the key specs of a service. A service that only refuses KMS keys, with a helpful text, has none. */
    private static Stream<String> specs(Provider.Service service) {
        return Arrays.stream(service.getAttribute("KmsKeySpecs").split(Pattern.quote("|")))
                .filter(spec -> !spec.isEmpty());
    }

    private static Stream<SignatureRow> rows(String name, String spec) {
        return name.endsWith("RSASSA-PSS")
                ? IntStream.of(256, 384, 512)
                        .mapToObj(bits -> new SignatureRow(name, Optional.of(pss("SHA-" + bits, bits / 8)), spec))
                : Stream.of(new SignatureRow(name, Optional.empty(), spec));
    }

    /** Returns PSS parameters that use one hash for the message and for MGF1. */
    public static PSSParameterSpec pss(String digest, int saltLength) {
        return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltLength, 1);
    }

    /** Returns the KeyFactory algorithm for keys of a key spec. */
    static String keyAlgorithm(String spec) {
        if (spec.startsWith("RSA")) {
            return "RSA";
        }
        if (spec.startsWith("ML_DSA")) {
            return "ML-DSA";
        }
        return spec.equals("ECC_NIST_EDWARDS25519") ? "Ed25519" : "EC";
    }

    /** Returns a provider's engine for this row, with the parameters and without a key. */
    public Signature engine(Provider provider) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm, provider);
        if (parameters.isPresent()) {
            engine.setParameter(parameters.get());
        }
        return engine;
    }

    /**
     * Returns messages of several lengths: 0 and 1 byte, around the length that fills the first block of the hash,
     * around the longest RAW message, and 1 MiB. If the algorithm takes a digest instead of a message, returns digests,
     * and for NONEwithRSA the DigestInfo of each.
     */
    public List<byte[]> inputs() {
        if (takesDigest()) {
            return digests();
        }
        int block = blockFillingLength();
        return messages(0, 1, block - 1, block, block + 1, LONGEST_RAW - 1, LONGEST_RAW, LONGEST_RAW + 1, LARGE);
    }

    /**
     * Returns some of the {@link #inputs}: the empty message, a message that fills the first block of the hash, and a
     * message that is too long for RAW. If the algorithm takes a digest instead of a message, returns all inputs.
     */
    public List<byte[]> someInputs() {
        return takesDigest() ? digests() : messages(0, blockFillingLength(), LONGEST_RAW + 1);
    }

    private boolean takesDigest() {
        return algorithm.startsWith("NONEwith");
    }

    private static List<byte[]> messages(int... lengths) {
        return IntStream.of(lengths).mapToObj(SignatureRow::message).toList();
    }

    private List<byte[]> digests() {
        if (parameters.isPresent()) {
            // the salt is as long as the digest
            return messages(parameters.get().getSaltLength());
        }
        return algorithm.endsWith("RSA")
                ? DIGEST_INFO_HEADS.keySet().stream()
                        .sorted()
                        .map(hash -> digestInfo(hash, message(100)))
                        .toList()
                : messages(20, 28, 32, 48, 64);
    }

    private int blockFillingLength() {
        String hash =
                parameters.map(pss -> pss.getDigestAlgorithm().replace("-", "")).orElse(algorithm);
        return BLOCK_FILLING_LENGTHS.entrySet().stream()
                .filter(entry -> hash.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("add " + this + " to BLOCK_FILLING_LENGTHS"));
    }

    /**
     * Returns the input of the engine for a message: the message itself or, if the algorithm takes a digest, its digest
     * (for NONEwithRSA, its DigestInfo).
     */
    public byte[] input(byte[] message) {
        if (!takesDigest()) {
            return message;
        }
        if (parameters.isPresent()) {
            return digest(parameters.get().getDigestAlgorithm(), message);
        }
        return algorithm.endsWith("RSA") ? digestInfo("SHA-256", message) : digest("SHA-256", message);
    }

    /** Returns whether KMS can sign the input. For Ed25519, KMS needs the whole message: 1 to 4096 bytes. */
    public boolean takes(byte[] input) {
        return !spec.equals("ECC_NIST_EDWARDS25519") || (input.length > 0 && input.length <= LONGEST_RAW);
    }

    /** Returns whether this key spec stands for all key specs that sign in the same way. */
    public boolean isRepresentative() {
        return REPRESENTATIVE_SPECS.contains(spec);
    }

    /** Returns whether the signatures are DER sequences of two numbers. */
    public boolean isDer() {
        return keyAlgorithm(spec).equals("EC") && !algorithm.endsWith("inP1363Format");
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        return message;
    }

    /** Returns the DigestInfo of a message, as PKCS #1 signs it. */
    private static byte[] digestInfo(String hash, byte[] message) {
        return org.bouncycastle.util.Arrays.concatenate(
                HexFormat.of().parseHex(DIGEST_INFO_HEADS.get(hash)), digest(hash, message));
    }

    private static byte[] digest(String hash, byte[] message) {
        try {
            return MessageDigest.getInstance(hash).digest(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return algorithm + parameters.map(pss -> " " + pss.getDigestAlgorithm()).orElse("") + " " + spec;
    }
}
