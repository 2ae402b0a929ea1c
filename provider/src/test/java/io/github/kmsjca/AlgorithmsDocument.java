package io.github.kmsjca;

import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.provider.KeyService;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the text of docs/algorithms.md from the tables and from the provider's services. */
final class AlgorithmsDocument {
    private static final String NONE = "-";

    private static final String INTRODUCTION = """
            # Algorithms

            This page lists, for each kind of KMS key, the names that you pass to `getInstance`, and the KMS algorithm
            that the provider then uses. In these names, upper and lower case do not matter to `getInstance`. Policies
            with `kms:SigningAlgorithm` name the KMS algorithm. A key of a spec with several usages has only the usage
            that you chose when you created it.

            This page is generated from the tables in the code, and a test compares both.

            """;

    private static final String SIGNATURE_NOTES = """

            - `RSASSA-PSS` needs a `PSSParameterSpec`: MGF1 with the message's hash, a salt as long as the hash, trailer
              field 1.
            - `NONEwithRSASSA-PSS` also needs a `PSSParameterSpec`. Its input is a digest that the program made with the
              hash in the parameters, so a program can hash in one place and sign in another.
            - If no other provider has the name `SHA256withRSA/PSS` or the like, Java uses this provider for it even with
              RSA public keys that are not KMS keys. If you name this provider, each algorithm also
              verifies with public keys that are not KMS keys.
            - ECDSA uses the leftmost bits of a digest, so each hash above works with each curve. The provider cuts or
              pads the digest to the length that KMS requires. The signature is valid for the algorithm name that you
              asked for. The setting `ecdsa=strict` allows only the hash of the curve.
            - ECDSA takes no parameters, or those of the key's own curve.
            - `NONEwithECDSA` takes a digest of 1 to 64 bytes. `NONEwithRSA` takes a DigestInfo with SHA-256, SHA-384 or
              SHA-512.
            - `…inP1363Format` signatures are not in DER. They consist of two numbers of equal length: 32, 48 or 66
              bytes, depending on the curve.
            - `Ed25519` and `EdDSA` sign without prehash and context. Messages have 1 to 4,096 bytes, because KMS
              accepts only the message itself.
            - `ML-DSA` signs without prehash and context. Messages have any length, because the provider makes the
              message representative (FIPS 204 §6.2) locally.
            - `SM3withSM2` uses the usual signer identifier, `1234567812345678`. KMS has SM2 keys in China only. The JDK
              cannot read certificates of SM2 keys, so use the keys without one, for example with `-keystore NONE`.
            - Unless `verify=kms` is set, this provider verifies locally. It uses Bouncy Castle, which comes with it,
              for ECDSA on the curves above, for `NONEwithRSASSA-PSS` and, if no other provider can verify them, for
              ML-DSA and SM2.

            """;

    private static final String CIPHER_NOTES = """

            - Decrypting and unwrapping make one KMS request each. Encrypting and wrapping happen locally with the
              public key, or in KMS with the setting `encrypt=kms`.
            - MGF1 uses the hash of OAEP, as in KMS. The JDK's own `RSA/ECB/OAEPWithSHA-256AndMGF1Padding` uses SHA-1
              for MGF1 by default, and KMS cannot decrypt its ciphertexts. To encrypt for KMS, name this provider and
              use the public key from `KmsPrivateKey.publicKey()`, or give an `OAEPParameterSpec` with
              `MGF1ParameterSpec.SHA256`.
            - In encrypt mode, `RSA/ECB/PKCS1Padding` is `NONEwithRSA` by another name: it signs a DigestInfo, and
              refuses anything else. Apache POI signs documents in this way. KMS cannot decrypt with this padding.
            - The setting `services=signatures` turns off all names of `Cipher`, `KeyAgreement`, `KEM`, `Mac` and
              `KeyGenerator`.
            - The longest plaintext is the length of the modulus minus 42 bytes with SHA-1, and minus 66 bytes with
              SHA-256.

            """;

    private static final String AGREEMENT_NOTES = """

            - `ECDH` returns the x coordinate, which is as long as the field: 32, 48 or 66 bytes. `generateSecret(name)`
              makes a key. If the name is `TlsPremasterSecret` or `Generic`, the key is the whole secret. If the name is
              `AES`, the key is the first 32 bytes of the secret.
            - `ECDHwith…KDF` derives keys as CMS does (ANSI X9.63), with Bouncy Castle's `UserKeyingMaterialSpec`.

            """;

    private static final String KEM_NOTES = """

            - `KEM` needs a JDK with `javax.crypto.KEM`: Java 17 (17.0.15 or later), or Java 21 or later. Decapsulating
              is one KMS request. Encapsulating happens locally, or in KMS with the setting `encrypt=kms`.

            """;

    private static final String MAC_NOTES = """

            - Messages have 1 to 4,096 bytes, because KMS hashes them itself. With `KmsSecretKey.verifyMac`, KMS
              verifies (`VerifyMac`).

            """;

    private static final String OTHER_NOTES = """

            `SecureRandom.getInstance("AWSKMS")` returns random numbers from KMS. It is available only by name and never
            becomes the default.

            The message digests `SHA256`, `SHA384` and `SHA512` of this provider come from the first other provider
            that offers them. Bouncy Castle's builders ask for them if you name this provider.
            """;

    private AlgorithmsDocument() {}

    static String text() {
        return Stream.of(
                        lines(INTRODUCTION),
                        section(KeyUsage.SIGN_VERIFY),
                        lines(SIGNATURE_NOTES),
                        List.of(refused(), ""),
                        section(KeyUsage.ENCRYPT_DECRYPT),
                        lines(CIPHER_NOTES),
                        section(KeyUsage.KEY_AGREEMENT),
                        lines(AGREEMENT_NOTES),
                        section(KeyUsage.ENCAPSULATE_DECAPSULATE),
                        lines(KEM_NOTES),
                        section(KeyUsage.GENERATE_VERIFY_MAC),
                        lines(MAC_NOTES),
                        List.of("## Other services", "", "| Type | Names |", "|---|---|"),
                        otherServices(),
                        lines(OTHER_NOTES))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static List<String> section(KeyUsage usage) {
        return Stream.concat(
                        Stream.of("## " + usage.service() + " (key usage " + code(usage.name()) + ")"),
                        families(usage.service()).stream().flatMap(AlgorithmsDocument::familySection))
                .toList();
    }

    /** Returns the rows of a service in groups. Rows that have a key spec in common are in the same group. */
    private static List<List<KeyAlgorithm>> families(String service) {
        List<List<KeyAlgorithm>> families = new ArrayList<>();
        KeyAlgorithm.all()
                .filter(row -> row.service().equals(service) && !row.keySpecs().isEmpty())
                .forEach(row -> {
                    List<List<KeyAlgorithm>> overlapping = families.stream()
                            .filter(family -> overlaps(family, row))
                            .toList();
                    List<KeyAlgorithm> joined = new ArrayList<>();
                    overlapping.forEach(joined::addAll);
                    joined.add(row);
                    families.removeAll(overlapping);
                    families.add(joined);
                });
        return families;
    }

    private static boolean overlaps(List<KeyAlgorithm> family, KeyAlgorithm row) {
        return specs(family).anyMatch(row::fits);
    }

    private static Stream<KeySpec> specs(List<KeyAlgorithm> family) {
        return family.stream().flatMap(row -> row.keySpecs().stream()).distinct();
    }

    /**
     * Returns the section of a family: a heading that names the key specs, the KMS algorithms if they are the same for
     * all rows, and a table of the rows.
     */
    private static Stream<String> familySection(List<KeyAlgorithm> rows) {
        boolean sameKeys = areEqual(rows.stream().map(KeyAlgorithm::keySpecs));
        // all rows have the same KMS algorithms for each key spec, or one value is right for all rows and key specs
        boolean sameKms = areEqual(rows.stream().map(AlgorithmsDocument::kmsBySpec))
                || areEqual(rows.stream().flatMap(row -> kmsBySpec(row).values().stream()));
        List<String> columns = new ArrayList<>(List.of("Name", "Other names"));
        if (!sameKeys) {
            columns.add("Keys");
        }
        if (!sameKms) {
            columns.add("KMS algorithm");
        }
        Stream<String> table = Stream.concat(
                Stream.of(line(columns), "|---".repeat(columns.size()) + "|"),
                rows.stream().map(row -> line(cells(row, columns))));
        return Stream.of(
                        Stream.of("", "### " + codes(specs(rows).map(KeySpec::name)), ""),
                        sameKms ? kmsOfAll(rows.get(0)) : Stream.<String>of(),
                        table)
                .flatMap(part -> part);
    }

    private static boolean areEqual(Stream<?> values) {
        return values.distinct().count() == 1;
    }

    /** Returns the KMS algorithms that all rows of a family have: one line, or a table with one row per key spec. */
    private static Stream<String> kmsOfAll(KeyAlgorithm row) {
        Map<KeySpec, String> bySpec = kmsBySpec(row);
        if (areEqual(bySpec.values().stream())) {
            return Stream.of("KMS algorithm: " + bySpec.values().iterator().next(), "");
        }
        List<String> table = new ArrayList<>(List.of("| Key spec | KMS algorithm |", "|---|---|"));
        bySpec.forEach((spec, kmsAlgorithms) -> table.add(line(List.of(code(spec.name()), kmsAlgorithms))));
        table.add("");
        return table.stream();
    }

    private static List<String> cells(KeyAlgorithm row, List<String> columns) {
        String others = codes(Stream.concat(row.aliases().stream(), row.oid().stream()));
        // in a table with the column KMS algorithm, each row has the same KMS algorithms for all its key specs
        Map<String, String> cells = Map.of(
                "Name",
                code(row.jcaName()) + otherUsage(row),
                "Other names",
                others.isEmpty() ? NONE : others,
                "Keys",
                codes(row.keySpecs().stream().map(KeySpec::name)),
                "KMS algorithm",
                kmsBySpec(row).values().iterator().next());
        return columns.stream().map(cells::get).toList();
    }

    /** Returns the key usage of a row if it is not that of the section; otherwise an empty text. */
    private static String otherUsage(KeyAlgorithm row) {
        return row.usage().service().equals(row.service())
                ? ""
                : " (key usage " + code(row.usage().name()) + ")";
    }

    private static Map<KeySpec, String> kmsBySpec(KeyAlgorithm row) {
        Map<KeySpec, String> kms = new EnumMap<>(KeySpec.class);
        row.keySpecs().forEach(spec -> kms.put(spec, codes(row.kmsAlgorithms(spec).stream())));
        return kms;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String codes(Stream<String> texts) {
        return texts.map(AlgorithmsDocument::code).collect(Collectors.joining(", "));
    }

    /** Returns the note about the signature algorithms that no KMS key fits. */
    private static String refused() {
        return "KMS keys do not sign with these algorithms: "
                + Arrays.stream(SignatureAlgorithm.values())
                        .filter(row -> !row.isSupported())
                        .map(row -> code(row.jcaName()))
                        .collect(Collectors.joining(", "))
                + ". With a KMS key, `initSign` throws an `InvalidKeyException` that says what the key can do. (With"
                + " `SHA1withECDSAinP1363Format` and the like, you get this text only if you name this provider, or if"
                + " it comes before SunEC, as after `install()`.) Keys of other providers work with these names as"
                + " usual.";
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
