package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of one of the tables: an algorithm of the JCA, and the keys in KMS that it is for. */
public sealed interface KeyAlgorithm
        permits SignatureAlgorithm, CipherAlgorithm, KeyAgreementAlgorithm, KemAlgorithm, MacAlgorithm {

    /** Returns the rows of all tables. */
    static Stream<KeyAlgorithm> all() {
        return Stream.<KeyAlgorithm[]>of(
                        SignatureAlgorithm.values(),
                        CipherAlgorithm.values(),
                        KeyAgreementAlgorithm.values(),
                        KemAlgorithm.values(),
                        MacAlgorithm.values())
                .flatMap(Arrays::stream);
    }

    /** Returns the names of the rows that keys of a spec and a usage are for, separated by commas, for error texts. */
    static String namesFor(KeySpec spec, KeyUsage usage) {
        return all().filter(row -> row.usage() == usage && row.fits(spec))
                .map(KeyAlgorithm::jcaName)
                .collect(Collectors.joining(", "));
    }

    /** Returns what keys of a spec can be made for: first what they are made for when nothing is said. */
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

    /** Returns the object identifier that stands for the row in messages and certificates, in dotted form, if any. */
    default Optional<String> oid() {
        return Optional.empty();
    }

    /** Returns what a key must have been made for. */
    KeyUsage usage();

    /** Returns whether the row is for keys of a spec. */
    boolean fits(KeySpec spec);

    /** Returns the names that KMS has for what the row does with a key of a spec that fits: several where it depends. */
    List<String> kmsAlgorithms(KeySpec spec);

    /** Returns the key specs that the row is for. */
    default List<KeySpec> keySpecs() {
        return Arrays.stream(KeySpec.values()).filter(this::fits).toList();
    }
}
