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

/** The text of docs/algorithms.md, made from the table and from the services of the provider. */
final class AlgorithmsDocument {
    private static final String NONE = "-";

    private static final String INTRODUCTION = """
            # Algorithms

            Written from the tables in the code; a test compares. The names are those of the JCA, case does not matter.
            """;

    private static final String SIGNATURE_NOTES = """

            - `RSASSA-PSS` needs a `PSSParameterSpec`: MGF1 with the hash of the message, a salt of its length, trailer 1.
            - ECDSA takes the leftmost bits of a digest, so any hash goes with any curve. KMS is sent the digest cut or padded to the
              length that it wants, and the signature verifies under the name that was asked for. The setting `ecdsa=strict` allows only
              the hash of the curve.
            - `NONEwithECDSA` takes a digest of 1 to 64 bytes, `NONEwithRSA` a DigestInfo of one of the hashes of KMS.
            - `…inP1363Format` is both numbers one after the other, each as long as the order of the curve, instead of DER.
            - `Ed25519` and `EdDSA` are without prehash and context, of messages of 1 to 4,096 bytes: KMS takes the message itself.
            - `ML-DSA` is without prehash and context, of messages of any length: the message representative (FIPS 204 §6.2) is made here.
            - `SM3withSM2` is with the usual identifier of the signer, `1234567812345678`. KMS has such keys in China only. The JDK reads no
              certificates of them, so they are for `-keystore NONE` and its like.
            - secp256k1 (`ECC_SECG_P256K1`), ML-DSA and SM2 are verified by Bouncy Castle, which comes with the provider, where the
              JDK cannot.

            """;

    private static final String CIPHER_NOTES = """

            - Decryption and `unwrap` are one request of KMS. Encryption and `wrap` are done here with the public key, or by KMS with the setting
              `encrypt=kms`.
            - MGF1 is over the hash of OAEP, as in KMS. The JDK's own `RSA/ECB/OAEPWithSHA-256AndMGF1Padding` has MGF1 over SHA-1 unless it is told
              otherwise, and KMS cannot decrypt that: who encrypts names this provider, or gives an `OAEPParameterSpec`.
            - Room: the length of the modulus less 42 bytes with SHA-1 and 66 with SHA-256.

            """;

    private static final String AGREEMENT_NOTES = """

            - `ECDH` gives the x coordinate, as long as the field: 32, 48 or 66 bytes. `generateSecret(name)` makes a `TlsPremasterSecret` or `Generic`
              key of all of it, and AES keys of its first bytes.
            - `ECDHwith…KDF` derives keys as CMS does (ANSI X9.63), with Bouncy Castle's `UserKeyingMaterialSpec`.

            """;

    private static final String KEM_NOTES = """

            - Where the JDK has `javax.crypto.KEM`: from Java 21, and in updates of Java 17. Decapsulation is one request of KMS;
              encapsulation is done here, on any JDK, or by KMS with the setting `encrypt=kms`.

            """;

    private static final String MAC_NOTES = """

            - Messages have 1 to 4,096 bytes: KMS hashes them itself. `KmsSecretKey.verifyMac` has KMS verify (`VerifyMac`).

            """;

    private static final String OTHER_NOTES = """

            `SecureRandom.getInstance("AWSKMS")` gives random numbers of KMS; it is found by this name only, and never the default.
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
                                "| Name | Other names | Keys | Algorithm of KMS |",
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
