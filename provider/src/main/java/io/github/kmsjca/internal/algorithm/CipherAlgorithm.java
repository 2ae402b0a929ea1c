package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The Cipher transformations of the provider, one row each: RSAES-OAEP (RFC 8017 §7.1) with MGF1 over the same hash
 * and an empty label, which is all that KMS offers.
 */
public enum CipherAlgorithm implements KeyAlgorithm {
    OAEP_SHA_1(
            OaepScheme.RSAES_OAEP_SHA_1,
            "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
            "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
            "RSA/None/OAEPWithSHA-1AndMGF1Padding",
            "RSA/None/OAEPWithSHA1AndMGF1Padding"),
    OAEP_SHA_256(
            OaepScheme.RSAES_OAEP_SHA_256,
            "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
            "RSA/ECB/OAEPWithSHA256AndMGF1Padding",
            "RSA/None/OAEPWithSHA-256AndMGF1Padding",
            "RSA/None/OAEPWithSHA256AndMGF1Padding"),

    /** OAEP with the hash that the parameters name, and without any with SHA-1, as RFC 8017 has it (§A.2.1). */
    OAEP("RSA/ECB/OAEPPadding", "RSA/None/OAEPPadding");

    private final Optional<OaepScheme> scheme;
    private final String jcaName;

    // made by List.of, which is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> aliases;

    CipherAlgorithm(OaepScheme scheme, String jcaName, String... aliases) {
        this.scheme = Optional.of(scheme);
        this.jcaName = jcaName;
        this.aliases = List.of(aliases);
    }

    CipherAlgorithm(String jcaName, String... aliases) {
        this.scheme = Optional.empty();
        this.jcaName = jcaName;
        this.aliases = List.of(aliases);
    }

    /** Returns the way of encrypting where the name of the transformation says it. */
    public Optional<OaepScheme> scheme() {
        return scheme;
    }

    @Override
    public String jcaName() {
        return jcaName;
    }

    @Override
    public List<String> aliases() {
        return aliases;
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.ENCRYPT_DECRYPT;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return spec.family() == KeyFamily.RSA;
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return (scheme.isPresent() ? scheme.stream() : Arrays.stream(OaepScheme.values()))
                .map(OaepScheme::name)
                .toList();
    }
}
