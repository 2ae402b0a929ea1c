package io.github.kmsjca.internal.algorithm;

import java.util.List;
import java.util.Optional;

/** The KEM algorithms of the provider, one row each: ML-KEM, FIPS 203. */
public enum KemAlgorithm implements KeyAlgorithm {
    ML_KEM("ML-KEM"),
    ML_KEM_512(KeySpec.ML_KEM_512),
    ML_KEM_768(KeySpec.ML_KEM_768),
    ML_KEM_1024(KeySpec.ML_KEM_1024);

    private final Optional<KeySpec> only;
    private final String jcaName;
    private final Optional<String> oid;

    KemAlgorithm(String jcaName) {
        this.only = Optional.empty();
        this.jcaName = jcaName;
        this.oid = Optional.empty();
    }

    /** Makes a row for one parameter set, which is called as the parameters are. */
    KemAlgorithm(KeySpec only) {
        this.only = Optional.of(only);
        this.jcaName = only.parameters().orElseThrow();
        this.oid = only.oid();
    }

    @Override
    public String jcaName() {
        return jcaName;
    }

    @Override
    public Optional<String> oid() {
        return oid;
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.ENCAPSULATE_DECAPSULATE;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return spec.family() == KeyFamily.ML_KEM
                && only.filter(it -> it != spec).isEmpty();
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return List.of("ML_KEM");
    }
}
