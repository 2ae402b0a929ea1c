package io.github.kmsjca;

import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.provider.KeyService;
import java.security.Provider;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of docs/algorithms.md, generated from the tables and the services of the provider. */
final class AlgorithmsDocument {
    private static final String NONE = "-";

    private static final String INTRODUCTION = """
            # Algorithms

            A test compares this page with the tables in the code. The names are JCA names, and their case does not matter.
            """;

    private static final String SIGNATURE_NOTES = """

            - `RSASSA-PSS` needs a `PSSParameterSpec`: MGF1 with the hash of the message, a salt as long as the hash, and trailer 1.
            - ECDSA signs the leftmost bits of a digest, so you can use any hash with any curve. The provider cuts or pads the digest to the
              length that KMS requires. The signature verifies under the algorithm name that you requested. The setting `ecdsa=strict` allows
              only the hash that KMS pairs with the curve.
            - `NONEwithECDSA` signs a digest of 1 to 64 bytes. `NONEwithRSA` signs a DigestInfo with a hash that KMS supports.
            - `…inP1363Format` returns the two numbers one after the other, each as long as the order of the curve, instead of DER.
            - `Ed25519` and `EdDSA` sign messages of 1 to 4,096 bytes, because KMS needs the whole message. Prehash and context are not available.
            - `ML-DSA` signs messages of any length, because the provider computes the message representative (FIPS 204 §6.2). Prehash and context
              are not available.
            - `SM3withSM2` uses the default identifier of the signer, `1234567812345678`. KMS has SM2 keys only in China. The JDK cannot read
              certificates for SM2 keys, so use them without certificates, for example with `-keystore NONE`.
            - Where the JDK cannot verify secp256k1 (`ECC_SECG_P256K1`), ML-DSA or SM2, the provider verifies with Bouncy Castle, which comes
              with it.

            """;

    private static final String CIPHER_NOTES = """

            - Decryption and `unwrap` make one KMS call. Encryption and `wrap` use the public key locally, or call KMS with the setting
              `encrypt=kms`.
            - MGF1 uses the same hash as OAEP, as in KMS. The JDK's own `RSA/ECB/OAEPWithSHA-256AndMGF1Padding` uses SHA-1 for MGF1 by default, and
              KMS cannot decrypt the result. To encrypt for KMS, name this provider or pass an `OAEPParameterSpec`.
            - The maximum length of a plaintext is the length of the modulus minus 42 bytes with SHA-1, or minus 66 bytes with SHA-256.

            """;

    private static final String AGREEMENT_NOTES = """

            - `ECDH` returns the x coordinate, as long as the field: 32, 48 or 66 bytes. `generateSecret(name)` uses all bytes for a
              `TlsPremasterSecret` or `Generic` key, and the first bytes for an AES key.
            - `ECDHwith…KDF` derives keys as CMS does (ANSI X9.63), with Bouncy Castle's `UserKeyingMaterialSpec`.

            """;

    private static final String KEM_NOTES = """

            - KEM is available where the JDK has `javax.crypto.KEM`: from Java 21, and in updates of Java 17. Decapsulation makes one KMS call.
              Encapsulation is local on any JDK, or calls KMS with the setting `encrypt=kms`.

            """;

    private static final String MAC_NOTES = """

            - Messages have 1 to 4,096 bytes, because KMS hashes them itself. `KmsSecretKey.verifyMac` verifies a MAC in KMS (`VerifyMac`).

            """;

    private static final String OTHER_NOTES = """

            `SecureRandom.getInstance("AWSKMS")` returns random numbers from KMS. It is available only by this name and is never the default.
            """;

    private AlgorithmsDocument() {}

    static String text() {
        return Stream.of(
                        lines(INTRODUCTION),
                        table(KeyUsage.SIGN_VERIFY),
                        lines(SIGNATURE_NOTES),
                        table(KeyUsage.ENCRYPT_DECRYPT),
                        lines(CIPHER_NOTES),
                        table(KeyUsage.KEY_AGREEMENT),
                        lines(AGREEMENT_NOTES),
                        table(KeyUsage.ENCAPSULATE_DECAPSULATE),
                        lines(KEM_NOTES),
                        table(KeyUsage.GENERATE_VERIFY_MAC),
                        lines(MAC_NOTES),
                        byKey(),
                        List.of("", "## Other services", "", "| Type | Names |", "|---|---|"),
                        otherServices(),
                        lines(OTHER_NOTES))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static List<String> table(KeyUsage usage) {
        return Stream.concat(
                        Stream.of(
                                "## " + usage.service(),
                                "",
                                "| Name | Other names | Keys | KMS algorithm |",
                                "|---|---|---|---|"),
                        KeyAlgorithm.all().filter(row -> row.usage() == usage).map(AlgorithmsDocument::row))
                .toList();
    }

    private static List<String> byKey() {
        return Stream.concat(
                        Stream.of("## By key", "", "| Key spec | Key usage | Names |", "|---|---|---|"),
                        Arrays.stream(KeySpec.values())
                                .flatMap(spec -> KeyAlgorithm.usages(spec).stream()
                                        .map(usage -> "| `" + spec + "` | `" + usage + "` | "
                                                + KeyAlgorithm.namesFor(spec, usage) + " |")))
                .toList();
    }

    private static String row(KeyAlgorithm row) {
        String others = Stream.concat(row.aliases().stream(), row.oid().stream())
                .map(AlgorithmsDocument::code)
                .collect(Collectors.joining(", "));
        Map<String, List<KeySpec>> keys = row.keySpecs().stream()
                .collect(Collectors.groupingBy(spec -> kmsAlgorithms(row, spec), TreeMap::new, Collectors.toList()));
        String kms = keys.size() == 1
                ? keys.keySet().iterator().next()
                : row.keySpecs().stream()
                        .map(spec -> code(spec.name()) + ": " + kmsAlgorithms(row, spec))
                        .collect(Collectors.joining("<br>"));
        String specs = row.keySpecs().stream().map(spec -> code(spec.name())).collect(Collectors.joining(", "));
        return "| " + String.join(" | ", code(row.jcaName()), others.isEmpty() ? NONE : others, specs, kms) + " |";
    }

    private static String kmsAlgorithms(KeyAlgorithm row, KeySpec spec) {
        return row.kmsAlgorithms(spec).stream().map(AlgorithmsDocument::code).collect(Collectors.joining(", "));
    }

    private static List<String> otherServices() {
        Map<String, String> names = new KmsProvider()
                .getServices().stream()
                        .filter(service -> !(service instanceof KeyService))
                        .sorted(Comparator.comparing(Provider.Service::getAlgorithm))
                        .collect(Collectors.groupingBy(
                                Provider.Service::getType,
                                TreeMap::new,
                                Collectors.mapping(service -> code(service.getAlgorithm()), Collectors.joining(", "))));
        return names.entrySet().stream()
                .map(type -> "| " + type.getKey() + " | " + type.getValue() + " |")
                .toList();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
