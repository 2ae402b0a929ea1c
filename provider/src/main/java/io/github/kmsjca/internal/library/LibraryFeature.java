package io.github.kmsjca.internal.library;

import java.security.InvalidKeyException;

/** Features that only later versions of a library have. Each row names a class that only these versions contain. */
public enum LibraryFeature {
    /** The KMS operation that uses the private key of an ML-KEM key pair. */
    DECAPSULATE(
            Library.AWS_SDK,
            MinimumVersions.AWS_SDK_KEM,
            "the KMS operation Decapsulate",
            "software.amazon.awssdk.services.kms.model.DecapsulateRequest"),
    /** The KMS operation that uses the public key of an ML-KEM key pair. */
    ENCAPSULATE(
            Library.AWS_SDK,
            MinimumVersions.AWS_SDK_KEM,
            "the KMS operation Encapsulate",
            "software.amazon.awssdk.services.kms.model.EncapsulateRequest"),
    /** Signatures of FIPS 204. */
    ML_DSA(
            Library.BOUNCY_CASTLE,
            MinimumVersions.BOUNCY_CASTLE_PQC,
            "ML-DSA",
            "org.bouncycastle.crypto.signers.MLDSASigner"),
    /** Key encapsulation of FIPS 203. */
    ML_KEM(
            Library.BOUNCY_CASTLE,
            MinimumVersions.BOUNCY_CASTLE_PQC,
            "ML-KEM",
            "org.bouncycastle.crypto.kems.MLKEMGenerator");

    private final Library library;
    private final String minimum;
    private final String displayName;
    private final boolean isPresent;

    LibraryFeature(Library library, String minimum, String displayName, String className) {
        this.library = library;
        this.minimum = minimum;
        this.displayName = displayName;
        this.isPresent = LoadedJar.of(className).isPresent();
    }

    /**
     * Checks that the library has the feature.
     *
     * @throws InvalidKeyException if it does not; the text names the version found and the minimum
     */
    public void require() throws InvalidKeyException {
        if (!isPresent) {
            throw new InvalidKeyException(
                    library.found() + " does not know " + displayName + "; " + library.remedy(minimum));
        }
    }
}
