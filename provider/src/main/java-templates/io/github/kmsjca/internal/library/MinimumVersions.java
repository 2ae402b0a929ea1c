package io.github.kmsjca.internal.library;

/**
 * The oldest versions of the AWS SDK and of Bouncy Castle that the provider accepts, and the name of the jar that
 * contains both libraries. The build fills them in from the properties of the POM.
 */
final class MinimumVersions {
    static final String AWS_SDK = "${aws.minimum}";

    /** The first version with the KMS operations Encapsulate and Decapsulate. */
    static final String AWS_SDK_KEM = "${aws.minimum.kem}";

    static final String BOUNCY_CASTLE = "${bouncycastle.minimum}";

    /** The first version with ML-DSA and ML-KEM in the package {@code org.bouncycastle.crypto}. */
    static final String BOUNCY_CASTLE_PQC = "${bouncycastle.minimum.pqc}";

    /** The file name of the one-file jar, which contains both libraries. */
    static final String ONE_FILE_JAR = "kms-jca-${project.version}.jar";

    private MinimumVersions() {}
}
