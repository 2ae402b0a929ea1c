package io.github.kmsjca.conformance.tool;

import io.github.kmsjca.conformance.SuiteExtent;
import java.util.List;
import java.util.stream.Stream;

/**
 * Key specs for tests of tools: RSA, and the curves P-256, P-384 and P-521. The tools of every supported JDK can sign
 * with them. What the tests expect of each is written here, not read from the provider.
 */
enum SigningKey {
    RSA_2048("RSA", "SHA256", "SHA384"),
    RSA_3072("RSA", "SHA256", "SHA384"),
    RSA_4096("RSA", "SHA384", "SHA384"),
    ECC_NIST_P256("EC", "SHA256", "SHA384"),
    ECC_NIST_P384("EC", "SHA384", "SHA384"),
    ECC_NIST_P521("EC", "SHA512", "SHA512");

    /** The first Java version whose tools use longer hashes by default (JDK-8267319). */
    private static final int LONGER_HASHES_SINCE = 19;

    private final String algorithm;
    private final String defaultHash;

    /**
     * Describes a key spec.
     *
     * @param algorithm the JCA name of the key algorithm
     * @param hashBefore the tools' default hash before {@link #LONGER_HASHES_SINCE}
     * @param hashSince the tools' default hash since then
     */
    SigningKey(String algorithm, String hashBefore, String hashSince) {
        this.algorithm = algorithm;
        this.defaultHash = Runtime.version().feature() < LONGER_HASHES_SINCE ? hashBefore : hashSince;
    }

    /** Returns the keys that tests of every key use. In a usual run, one RSA key and two EC keys. */
    static SigningKey[] forThisRun() {
        return SuiteExtent.isWhole() ? values() : new SigningKey[] {RSA_2048, ECC_NIST_P256, ECC_NIST_P521};
    }

    /** Returns the JCA name of the key algorithm. */
    String algorithm() {
        return algorithm;
    }

    /** Returns the signature algorithm that the tools of this JDK use for the key by default. */
    String defaultSignatureAlgorithm() {
        return withHash(defaultHash);
    }

    /** Returns the signature algorithms that the tests use with the key: those with SHA-256, SHA-384 and SHA-512. */
    List<String> signatureAlgorithms() {
        return Stream.of("SHA256", "SHA384", "SHA512").map(this::withHash).toList();
    }

    private String withHash(String hash) {
        return hash + "with" + (algorithm.equals("EC") ? "ECDSA" : algorithm);
    }

    String alias() {
        return "alias/" + name();
    }
}
