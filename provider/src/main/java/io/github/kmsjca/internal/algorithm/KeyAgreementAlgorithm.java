package io.github.kmsjca.internal.algorithm;

import java.util.List;
import java.util.Optional;

/**
 * The KeyAgreement algorithms of the provider, one row each: ECDH (NIST SP 800-56A §5.7.1.2), of which KMS gives the x
 * coordinate, as it is or with the key derivation of CMS put on it here (RFC 5753 §7.1.4 and ANSI X9.63).
 */
public enum KeyAgreementAlgorithm implements KeyAlgorithm {
    ECDH("ECDH"),
    ECDH_SHA_1(Digest.SHA_1, "ECDHwithSHA1KDF", "1.3.133.16.840.63.0.2"),
    ECDH_SHA_224(Digest.SHA_224, "ECDHwithSHA224KDF", "1.3.132.1.11.0"),
    ECDH_SHA_256(Digest.SHA_256, "ECDHwithSHA256KDF", "1.3.132.1.11.1"),
    ECDH_SHA_384(Digest.SHA_384, "ECDHwithSHA384KDF", "1.3.132.1.11.2"),
    ECDH_SHA_512(Digest.SHA_512, "ECDHwithSHA512KDF", "1.3.132.1.11.3");

    private final String jcaName;
    private final Optional<Digest> derivation;
    private final Optional<String> oid;

    KeyAgreementAlgorithm(String jcaName) {
        this.jcaName = jcaName;
        this.derivation = Optional.empty();
        this.oid = Optional.empty();
    }

    KeyAgreementAlgorithm(Digest derivation, String jcaName, String oid) {
        this.jcaName = jcaName;
        this.derivation = Optional.of(derivation);
        this.oid = Optional.of(oid);
    }

    /** Returns the hash of the key derivation, or empty where the secret is given as it is. */
    public Optional<Digest> derivation() {
        return derivation;
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
        return KeyUsage.KEY_AGREEMENT;
    }

    /** KMS agrees on the curves of NIST, and on SM2 by a protocol that the JCA has no name for. */
    @Override
    public boolean fits(KeySpec spec) {
        return spec.family() == KeyFamily.EC && spec != KeySpec.ECC_SECG_P256K1;
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return List.of("ECDH");
    }
}
