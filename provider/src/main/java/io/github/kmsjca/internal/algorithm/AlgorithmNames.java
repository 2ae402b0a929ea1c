package io.github.kmsjca.internal.algorithm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JCA names and the object identifier of a row of an algorithm table ({@link KeyAlgorithm}).
 *
 * @param jcaName the name under which the provider publishes the row
 * @param oid the object identifier in CMS messages and certificates, in dotted form; null if there is none
 * @param aliases the other names
 */
record AlgorithmNames(String jcaName, @Nullable String oid, List<String> aliases) {

    /** Returns names that consist only of a JCA name. */
    static AlgorithmNames named(String jcaName) {
        return new AlgorithmNames(jcaName, null, List.of());
    }

    /** Returns the name of an algorithm that is named for a key family, such as ML-DSA. */
    static AlgorithmNames of(KeyFamily family) {
        return named(family.jcaName());
    }

    /** Returns the names of an algorithm that is named for the parameters of a key spec, such as ML-DSA-44. */
    static AlgorithmNames of(KeySpec spec) {
        AlgorithmNames names = named(spec.parameters().orElseThrow());
        return spec.oid().map(names::withOid).orElse(names);
    }

    AlgorithmNames withOid(String dotted) {
        return new AlgorithmNames(jcaName, dotted, aliases);
    }

    AlgorithmNames withAliases(String... otherNames) {
        return new AlgorithmNames(jcaName, oid, List.of(otherNames));
    }

    Optional<String> findOid() {
        return Optional.ofNullable(oid);
    }
}
