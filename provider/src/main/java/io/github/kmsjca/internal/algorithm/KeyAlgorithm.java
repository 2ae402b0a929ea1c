package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of one of the algorithm tables: a JCA algorithm and the KMS keys that it accepts. */
public sealed interface KeyAlgorithm
        permits SignatureAlgorithm, CipherAlgorithm, KeyAgreementAlgorithm, KemAlgorithm, MacAlgorithm {

    /** Returns the rows of all tables. Their order decides the default usage of a key spec. */
    static Stream<KeyAlgorithm> all() {
        return Stream.<KeyAlgorithm[]>of(
                        SignatureAlgorithm.values(),
                        CipherAlgorithm.values(),
                        KeyAgreementAlgorithm.values(),
                        KemAlgorithm.values(),
                        MacAlgorithm.values())
                .flatMap(Arrays::stream);
    }

    /**
     * Returns the names of all rows that accept keys of the given spec and usage, separated by commas, for error texts.
     * For the usage SIGN_VERIFY, returns only Signature names, not the Cipher that signs.
     */
    static String namesFor(KeySpec spec, KeyUsage usage) {
        return all().filter(row -> row.usage() == usage && row.service().equals(usage.service()) && row.fits(spec))
                .map(KeyAlgorithm::jcaName)
                .collect(Collectors.joining(", "));
    }

    /** Returns the usages of a key spec for which the provider has algorithms. The first one is the default. */
    static List<KeyUsage> usages(KeySpec spec) {
        return all().filter(row -> row.fits(spec))
                .map(KeyAlgorithm::usage)
                .distinct()
                .toList();
    }

    /** Returns the name under which the provider publishes the row. */
    String jcaName();

    /** Returns the other names of the row, without the object identifier. */
    default List<String> aliases() {
        return List.of();
    }

    /** Returns the row's object identifier in CMS messages and certificates, in dotted form; empty if there is none. */
    default Optional<String> oid() {
        return Optional.empty();
    }

    /** Returns the key usage that the row requires. */
    KeyUsage usage();

    /** Returns the type of the JCA service that the row belongs to. */
    default String service() {
        return usage().service();
    }

    /** Returns whether the row accepts keys of the given spec. */
    boolean fits(KeySpec spec);

    /**
     * Returns the KMS algorithms for a key spec that {@link #fits}. There are several if the parameters or the caller's
     * digest determine the KMS algorithm.
     */
    List<String> kmsAlgorithms(KeySpec spec);

    /** Returns the key specs that the row accepts. */
    default List<KeySpec> keySpecs() {
        return Arrays.stream(KeySpec.values()).filter(this::fits).toList();
    }
}
