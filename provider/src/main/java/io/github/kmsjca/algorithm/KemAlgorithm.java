package io.github.kmsjca.algorithm;

import java.util.List;
import java.util.Optional;

/** The KEM algorithms of the provider, one row each: ML-KEM, FIPS 203. */
public enum KemAlgorithm implements KeyAlgorithm {
    ML_KEM("ML-KEM"),
    ML_KEM_512(KeySpec.ML_KEM_512, "ML-KEM-512", "2.16.840.1.101.3.4.4.1"),
    ML_KEM_768(KeySpec.ML_KEM_768, "ML-KEM-768", "2.16.840.1.101.3.4.4.2"),
    ML_KEM_1024(KeySpec.ML_KEM_1024, "ML-KEM-1024", "2.16.840.1.101.3.4.4.3");

    private final Optional<KeySpec> only;
    private final String jcaName;
    private final Optional<String> oid;

    KemAlgorithm(String jcaName) {
        this.only = Optional.empty();
        this.jcaName = jcaName;
        this.oid = Optional.empty();
    }

    KemAlgorithm(KeySpec only, String jcaName, String oid) {
        this.only = Optional.of(only);
        this.jcaName = jcaName;
        this.oid = Optional.of(oid);
    }

    @Override
    public String jcaName() {
        return jcaName;
    }

    @Override
    public List<String> aliases() {
        return List.of();
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
