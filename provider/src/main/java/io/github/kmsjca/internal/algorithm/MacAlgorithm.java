package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The Mac algorithms of the provider, one row each: HMAC, RFC 2104. A key is for one of them. */
public enum MacAlgorithm implements KeyAlgorithm {
    HMAC_SHA_224(KeySpec.HMAC_224, "HmacSHA224", "1.2.840.113549.2.8"),
    HMAC_SHA_256(KeySpec.HMAC_256, "HmacSHA256", "1.2.840.113549.2.9"),
    HMAC_SHA_384(KeySpec.HMAC_384, "HmacSHA384", "1.2.840.113549.2.10"),
    HMAC_SHA_512(KeySpec.HMAC_512, "HmacSHA512", "1.2.840.113549.2.11");

    private final KeySpec spec;
    private final String jcaName;
    private final String oid;

    MacAlgorithm(KeySpec spec, String jcaName, String oid) {
        this.spec = spec;
        this.jcaName = jcaName;
        this.oid = oid;
    }

    /** Returns the algorithm of keys of a spec, or empty if they are for none. */
    public static Optional<MacAlgorithm> of(KeySpec spec) {
        return Arrays.stream(values()).filter(row -> row.spec == spec).findFirst();
    }

    /** Returns the key spec of its keys. */
    public KeySpec keySpec() {
        return spec;
    }

    /** Returns the length of a MAC, and of a key, in bytes. */
    public int length() {
        return spec.bits().orElseThrow() / Byte.SIZE;
    }

    @Override
    public String jcaName() {
        return jcaName;
    }

    @Override
    public Optional<String> oid() {
        return Optional.of(oid);
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.GENERATE_VERIFY_MAC;
    }

    @Override
    public boolean fits(KeySpec other) {
        return other == spec;
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec any) {
        return List.of(name());
    }
}
