package io.github.kmsjca.internal.algorithm;

import static io.github.kmsjca.internal.algorithm.AlgorithmNames.named;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Cipher transformations of the provider, one row each. To encrypt and decrypt with RSA, KMS offers only RSAES-OAEP
 * (RFC 8017 §7.1) with MGF1 over the same hash and an empty label.
 */
public enum CipherAlgorithm implements KeyAlgorithm {
    OAEP_SHA_1(
            OaepScheme.RSAES_OAEP_SHA_1,
            named("RSA/ECB/OAEPWithSHA-1AndMGF1Padding")
                    .withAliases(
                            "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
                            "RSA/None/OAEPWithSHA-1AndMGF1Padding",
                            "RSA/None/OAEPWithSHA1AndMGF1Padding")),
    OAEP_SHA_256(
            OaepScheme.RSAES_OAEP_SHA_256,
            named("RSA/ECB/OAEPWithSHA-256AndMGF1Padding")
                    .withAliases(
                            "RSA/ECB/OAEPWithSHA256AndMGF1Padding",
                            "RSA/None/OAEPWithSHA-256AndMGF1Padding",
                            "RSA/None/OAEPWithSHA256AndMGF1Padding")),

    /** OAEP with the hash from the parameters. Without parameters the hash is SHA-1 (RFC 8017 §A.2.1). */
    OAEP(null, named("RSA/ECB/OAEPPadding").withAliases("RSA/None/OAEPPadding")),

    /**
     * Signs as NONEwithRSA does, and never decrypts. Some programs sign by encrypting a DigestInfo with the private key
     * (RFC 8017 §8.2.1 and §9.2).
     */
    SIGNING(null, named("RSA/ECB/PKCS1Padding"));

    private final @Nullable OaepScheme scheme;

    // a record of strings is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final AlgorithmNames names;

    CipherAlgorithm(@Nullable OaepScheme scheme, AlgorithmNames names) {
        this.scheme = scheme;
        this.names = names;
    }

    /** Returns whether "encrypting" with the private key signs a DigestInfo. */
    public boolean signs() {
        return this == SIGNING;
    }

    /** Returns the OAEP scheme; empty if the parameters choose it, or if the row signs. */
    public Optional<OaepScheme> scheme() {
        return Optional.ofNullable(scheme);
    }

    @Override
    public String jcaName() {
        return names.jcaName();
    }

    @Override
    public List<String> aliases() {
        return names.aliases();
    }

    @Override
    public KeyUsage usage() {
        return signs() ? KeyUsage.SIGN_VERIFY : KeyUsage.ENCRYPT_DECRYPT;
    }

    /** Returns Cipher for every row. Without this method, the row that signs would belong to the service Signature. */
    @Override
    public String service() {
        return KeyUsage.ENCRYPT_DECRYPT.service();
    }

    @Override
    public boolean fits(KeySpec spec) {
        return spec.family() == KeyFamily.RSA;
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        if (signs()) {
            return SignatureAlgorithm.NONE_RSA.kmsAlgorithms(spec);
        }
        return (scheme == null ? Arrays.stream(OaepScheme.values()) : Stream.of(scheme))
                .map(OaepScheme::name)
                .toList();
    }
}
