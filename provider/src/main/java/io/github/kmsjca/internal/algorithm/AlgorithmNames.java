package io.github.kmsjca.internal.algorithm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a table is called.
 *
 * @param jcaName the name under which the provider publishes the row
 * @param oid the object identifier in messages and certificates, in dotted form; null where there is none
 * @param aliases the other names
 */
record AlgorithmNames(String jcaName, @Nullable String oid, List<String> aliases) {

    /** Returns one name, with which a row may be all that it is called. */
    static AlgorithmNames named(String jcaName) {
        return new AlgorithmNames(jcaName, null, List.of());
    }

    /** Returns the name of a kind of key. */
    static AlgorithmNames of(KeyFamily family) {
        return named(family.jcaName());
    }

    /** Returns the name and object identifier of the parameters of a key spec, by which algorithms of theirs are called. */
    static AlgorithmNames of(KeySpec spec) {
        AlgorithmNames name = named(spec.parameters().orElseThrow());
        return spec.oid().map(name::withOid).orElse(name);
    }

    AlgorithmNames withOid(String dotted) {
        return new AlgorithmNames(jcaName, dotted, aliases);
    }

    AlgorithmNames withAliases(String... more) {
        return new AlgorithmNames(jcaName, oid, List.of(more));
    }

    Optional<String> findOid() {
        return Optional.ofNullable(oid);
    }
}
