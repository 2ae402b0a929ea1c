package io.github.kmsjca.internal.algorithm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The KEM algorithms of the provider (ML-KEM, FIPS 203), one row each. */
public enum KemAlgorithm implements KeyAlgorithm {
    ML_KEM(null, AlgorithmNames.of(KeyFamily.ML_KEM)),
    ML_KEM_512(KeySpec.ML_KEM_512),
    ML_KEM_768(KeySpec.ML_KEM_768),
    ML_KEM_1024(KeySpec.ML_KEM_1024);

    /** The only key spec that the row accepts; null if it accepts every ML-KEM key spec. */
    private final @Nullable KeySpec onlySpec;

    // a record of strings is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final AlgorithmNames names;

    /** Creates a row for one parameter set, with the name of that set. */
    KemAlgorithm(KeySpec onlySpec) {
        this(onlySpec, AlgorithmNames.of(onlySpec));
    }

    KemAlgorithm(@Nullable KeySpec onlySpec, AlgorithmNames names) {
        this.onlySpec = onlySpec;
        this.names = names;
    }

    @Override
    public String jcaName() {
        return names.jcaName();
    }

    @Override
    public Optional<String> oid() {
        return names.findOid();
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.ENCAPSULATE_DECAPSULATE;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return spec.family() == KeyFamily.ML_KEM && (onlySpec == null || onlySpec == spec);
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return List.of("ML_KEM");
    }
}
