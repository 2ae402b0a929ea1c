package io.github.kmsjca.internal.algorithm;

import static io.github.kmsjca.internal.algorithm.AlgorithmNames.named;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The KeyAgreement algorithms of the provider, one row each: ECDH (NIST SP 800-56A §5.7.1.2). KMS returns the x
 * coordinate of the shared point. The provider returns this secret unchanged, or applies the key derivation of CMS to
 * it (RFC 5753 §7.1.4 and ANSI X9.63).
 */
public enum KeyAgreementAlgorithm implements KeyAlgorithm {
    ECDH(null, named("ECDH")),
    ECDH_SHA_1(Digest.SHA_1, named("ECDHwithSHA1KDF").withOid("1.3.133.16.840.63.0.2")),
    ECDH_SHA_224(Digest.SHA_224, named("ECDHwithSHA224KDF").withOid("1.3.132.1.11.0")),
    ECDH_SHA_256(Digest.SHA_256, named("ECDHwithSHA256KDF").withOid("1.3.132.1.11.1")),
    ECDH_SHA_384(Digest.SHA_384, named("ECDHwithSHA384KDF").withOid("1.3.132.1.11.2")),
    ECDH_SHA_512(Digest.SHA_512, named("ECDHwithSHA512KDF").withOid("1.3.132.1.11.3"));

    private final @Nullable Digest derivationDigest;

    // a record of strings is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final AlgorithmNames names;

    KeyAgreementAlgorithm(@Nullable Digest derivationDigest, AlgorithmNames names) {
        this.derivationDigest = derivationDigest;
        this.names = names;
    }

    /** Returns the hash of the key derivation; empty if the secret is returned unchanged. */
    public Optional<Digest> derivationDigest() {
        return Optional.ofNullable(derivationDigest);
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
        return KeyUsage.KEY_AGREEMENT;
    }

    /** Returns true for the NIST curves only. KMS also has a key agreement for SM2, but the JCA has no name for it. */
    @Override
    public boolean fits(KeySpec spec) {
        return spec.family() == KeyFamily.EC && spec != KeySpec.ECC_SECG_P256K1;
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return List.of("ECDH");
    }
}
