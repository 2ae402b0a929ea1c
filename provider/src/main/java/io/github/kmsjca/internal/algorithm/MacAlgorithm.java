package io.github.kmsjca.internal.algorithm;

import static io.github.kmsjca.internal.algorithm.AlgorithmNames.named;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The Mac algorithms of the provider, one row each: HMAC, RFC 2104. Each key works with exactly one of them. */
public enum MacAlgorithm implements KeyAlgorithm {
    HMAC_SHA_224(KeySpec.HMAC_224, named("HmacSHA224").withOid("1.2.840.113549.2.8")),
    HMAC_SHA_256(KeySpec.HMAC_256, named("HmacSHA256").withOid("1.2.840.113549.2.9")),
    HMAC_SHA_384(KeySpec.HMAC_384, named("HmacSHA384").withOid("1.2.840.113549.2.10")),
    HMAC_SHA_512(KeySpec.HMAC_512, named("HmacSHA512").withOid("1.2.840.113549.2.11"));

    private final KeySpec spec;

    // a record of strings is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final AlgorithmNames names;

    MacAlgorithm(KeySpec spec, AlgorithmNames names) {
        this.spec = spec;
        this.names = names;
    }

    /** Returns the algorithm for keys of the given spec; empty if they are not HMAC keys. */
    public static Optional<MacAlgorithm> of(KeySpec spec) {
        return Arrays.stream(values()).filter(row -> row.spec == spec).findFirst();
    }

    /** Returns the only key spec that the row accepts. */
    public KeySpec keySpec() {
        return spec;
    }

    /** Returns the length of a MAC in bytes, which is also the length of a key. */
    public int length() {
        return spec.byteLength();
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
        return KeyUsage.GENERATE_VERIFY_MAC;
    }

    @Override
    public boolean fits(KeySpec keySpec) {
        return keySpec == spec;
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec keySpec) {
        return List.of(name());
    }
}
