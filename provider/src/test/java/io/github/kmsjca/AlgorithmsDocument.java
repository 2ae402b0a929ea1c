package io.github.kmsjca;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.SignatureAlgorithm;
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

    private AlgorithmsDocument() {}

    static String text() {
        return Stream.of(
                        List.of(
                                "# Algorithms",
                                "",
                                "Written from the table in the code; a test compares. The names are those of the JCA,"
                                        + " case does not matter.",
                                "",
                                "## Signature",
                                "",
                                "| Name | Other names | Keys | KMS signs with |",
                                "|---|---|---|---|"),
                        Arrays.stream(SignatureAlgorithm.values())
                                .map(AlgorithmsDocument::row)
                                .toList(),
                        List.of(
                                "",
                                "- `RSASSA-PSS` needs a `PSSParameterSpec`: MGF1 with the hash of the message, a salt of"
                                        + " its length, trailer 1.",
                                "- ECDSA takes the leftmost bits of a digest, so any hash goes with any curve. KMS is"
                                        + " sent the digest cut or padded to the",
                                "  length that it wants, and the signature verifies under the name that was asked for."
                                        + " The setting `ecdsa=strict` allows only",
                                "  the hash of the curve.",
                                "- `NONEwithECDSA` takes a digest of 1 to 64 bytes, `NONEwithRSA` a DigestInfo of one"
                                        + " of the hashes of KMS.",
                                "- `…inP1363Format` is both numbers one after the other, each as long as the order of"
                                        + " the curve, instead of DER.",
                                "- `Ed25519` and `EdDSA` are without prehash and context, of messages of 1 to 4,096"
                                        + " bytes: KMS takes the message itself.",
                                "- `ML-DSA` is without prehash and context, of messages of any length: the message"
                                        + " representative (FIPS 204 §6.2) is made here.",
                                "- `SM3withSM2` is with the usual identifier of the signer, `1234567812345678`. KMS has"
                                        + " such keys in China only. The JDK reads no",
                                "  certificates of them, so they are for `-keystore NONE` and its like.",
                                "- secp256k1 (`ECC_SECG_P256K1`), ML-DSA and SM2 are verified by Bouncy Castle, which"
                                        + " comes with the provider, where the",
                                "  JDK cannot.",
                                "",
                                "## By key",
                                "",
                                "| Key spec | Signs with |",
                                "|---|---|"),
                        Arrays.stream(KeySpec.values())
                                .map(spec -> "| `" + spec + "` | " + SignatureAlgorithm.namesFor(spec) + " |")
                                .toList(),
                        List.of("", "## Other services", "", "| Type | Names |", "|---|---|"),
                        otherServices(),
                        List.of(
                                "",
                                "`SecureRandom.getInstance(\"AWSKMS\")` gives random numbers of KMS; it is found by this"
                                        + " name only, and never the default."))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(SignatureAlgorithm row) {
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

    private static String kmsAlgorithms(SignatureAlgorithm row, KeySpec spec) {
        return SignatureService.digests(row)
                .map(digest -> code(row.scheme().kmsAlgorithm(spec, digest)))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> otherServices() {
        Map<String, String> names = new KmsProvider()
                .getServices().stream()
                        .filter(service -> !service.getType().equals("Signature"))
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
